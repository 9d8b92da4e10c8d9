import type { JupyterFrontEnd } from '@jupyterlab/application';
import type { IJupyterLabPageFixture } from '@jupyterlab/galata';
import { expect, type Locator, type Page } from '@playwright/test';

declare global {
  // The browser's own name, to which JupyterLab adds itself in tests.
  // eslint-disable-next-line @typescript-eslint/naming-convention
  interface Window {
    jupyterapp: JupyterFrontEnd;
  }
}

/** The editor as a person meets it: what can be seen and done in one canvas with its palette and forms. */
export class EditorPage {
  /**
   * @param page - The page of the browser.
   * @param root - What holds the canvas: a document's tab, or an output of a notebook.
   */
  constructor(
    readonly page: Page,
    readonly root: Locator
  ) {}

  /** Writes a text into a file, where there is one, and opens the file as a double click does. */
  static async open(
    page: IJupyterLabPageFixture,
    file: string,
    text?: string
  ): Promise<EditorPage> {
    if (text !== undefined) {
      await page.contents.uploadContent(text, 'text', file);
    }
    await page.filebrowser.open(file);
    return EditorPage.front(page);
  }

  /** The document that is in front. */
  static front(page: Page): EditorPage {
    return new EditorPage(page, page.locator('.jp-kerasviz-Document:visible'));
  }

  node(id: string): Locator {
    return this.root.locator(`.react-flow__node[data-id="${id}"]`);
  }

  shape(id: string): Locator {
    return this.node(id).locator('.jp-kerasviz-LayerNode-shape');
  }

  error(id: string): Locator {
    return this.node(id).locator('.jp-kerasviz-LayerNode-error');
  }

  chart(metric: string): Locator {
    return this.root.locator(`.jp-kerasviz-Chart[data-metric="${metric}"]`);
  }

  get panel(): Locator {
    return this.root.locator('.jp-kerasviz-TrainPanel');
  }

  /** The button of a command of the run: train, stop, pause, resume. */
  button(command: string): Locator {
    return this.root.locator(`button[data-command="${command}"]`).first();
  }

  /** Finds a layer in the palette and drags it to a place on the canvas, in pixels from its corner. */
  async drop(layerClass: string, x: number, y: number): Promise<void> {
    const search = this.page.locator('.jp-kerasviz-Palette input:visible');
    await search.fill(layerClass);
    const entry = this.page.locator(
      `.jp-kerasviz-Palette-entry[data-layer-class="${layerClass}"]:visible`
    );
    await entry.dragTo(this.root.locator('.react-flow__pane'), {
      targetPosition: { x, y }
    });
  }

  /** Draws a line from the lower port of one node to the upper port of another. */
  async connect(source: string, target: string): Promise<void> {
    const from = this.node(source)
      .locator('.react-flow__handle.source')
      .first();
    const to = this.node(target).locator('.react-flow__handle.target').first();
    await from.hover();
    await this.page.mouse.down();
    const end = (await to.boundingBox())!;
    await this.page.mouse.move(end.x + end.width / 2, end.y + end.height / 2, {
      steps: 8
    });
    await this.page.mouse.up();
    await expect(
      this.root.locator(`.react-flow__edge[data-id^="${source}"]`)
    ).not.toHaveCount(0);
  }

  /** Selects a layer and sets one of its arguments in the form. */
  async set(node: string, argument: string, value: string): Promise<void> {
    await this.node(node).click();
    await this.page.getByRole('tab', { name: 'Layer', exact: true }).click();
    await this.setArgument(argument, value);
  }

  /** Makes a document in a folder, by the launcher, and shows its Train tab. */
  static async create(
    page: IJupyterLabPageFixture,
    folder: string
  ): Promise<EditorPage> {
    await page.filebrowser.openDirectory(folder);
    await page
      .locator('.jp-LauncherCard', { hasText: 'Keras Model' })
      .first()
      .click();
    await page.getByRole('tab', { name: 'Train', exact: true }).click();
    return EditorPage.front(page);
  }

  /** The Train tab. */
  get form(): Locator {
    return this.page.locator('.jp-kerasviz-TrainForm:visible');
  }

  /** Chooses a file to train on, in JupyterLab's own dialog. */
  async chooseFile(source: string, file: string): Promise<void> {
    await this.form
      .locator('[data-argument="data"] select')
      .first()
      .selectOption({ label: source });
    await this.form.getByText('Choose a File…').click();
    const dialog = this.page.locator('.jp-Dialog');
    await dialog.getByText(file).click();
    await dialog.locator('button.jp-mod-accept').click();
  }

  /** Looks at the data, and waits for what there is. */
  async look(): Promise<void> {
    await this.form.locator('[data-command="look"]').click();
    await expect(
      this.form.locator('.jp-kerasviz-DataLook[data-state="seen"]')
    ).toBeVisible();
  }

  /** What a column of the data is, and is for, after a look. */
  column(name: string): Locator {
    return this.form.locator(`.jp-kerasviz-Columns [data-column="${name}"]`);
  }

  /** Trains until the run has ended. */
  async train(): Promise<void> {
    await this.form.locator('[data-command="train"]').click();
    await expect(this.panel).toHaveAttribute('data-state', 'training');
    await expect(this.panel).toHaveAttribute('data-state', 'finished');
  }

  /** Makes the run repeatable, on the Train tab. */
  async setSeed(seed: number): Promise<void> {
    const fit = this.page.locator('[data-section="fit"]:visible');
    const more = fit.locator('details').filter({
      has: this.page.locator('[data-argument="seed"]')
    });
    if ((await more.getAttribute('open')) === null) {
      await more.locator('summary').first().click();
    }
    await this.setArgument('seed', String(seed), fit); // data may have one, too
  }

  /** Sets an argument in the form that is shown: of the selected layer, or on the Train tab. */
  async setArgument(
    argument: string,
    value: string,
    form: Locator | Page = this.page
  ): Promise<void> {
    const control = form
      .locator(
        `.jp-kerasviz-Field[data-argument="${argument}"]:visible :is(input, select)`
      )
      .first();
    if ((await control.evaluate(e => e.tagName)) === 'SELECT') {
      await control.selectOption(value);
    } else {
      await control.fill(value);
      await control.press('Enter');
    }
  }

  /** Presses a button of the document's toolbar, by its command. */
  async command(name: string): Promise<void> {
    await this.root.locator(`[data-command="kerasviz:${name}"]`).click();
  }

  /** Saves by the toolbar. */
  async save(): Promise<void> {
    await this.root.locator('[data-command="docmanager:save"]').click();
  }

  /** Saves what was changed and returns what lies on disk when that is done. */
  async saved(file: string): Promise<string> {
    await this.save();
    // The server empties a file before it writes it.
    await expect(
      this.page.locator('#jp-main-dock-panel .lm-mod-current.jp-mod-dirty')
    ).toHaveCount(0);
    return (await this.page.request.get(`/files/${file}`)).text();
  }

  /** Starts a kernel from the toolbar, as for a notebook. */
  async startKernel(kernel = 'Python 3 (ipykernel)'): Promise<void> {
    await this.root.getByText('No Kernel', { exact: true }).click();
    const dialog = this.page.locator('.jp-Dialog');
    await dialog.locator('select').selectOption({ label: kernel });
    await dialog.locator('button.jp-mod-accept').click();
  }

  /** Runs Python in the kernel of a document or notebook and returns what it printed. */
  async python(path: string, source: string): Promise<string> {
    return this.page.evaluate(
      async ([path, source]) => {
        const { serviceManager } = window.jupyterapp;
        await serviceManager.sessions.refreshRunning();
        const session = [...serviceManager.sessions.running()].find(
          ({ path: running }) => running === path
        );
        const kernel = serviceManager.kernels.connectTo({
          model: session!.kernel!,
          handleComms: false
        });
        let printed = '';
        const future = kernel.requestExecute({ code: source });
        future.onIOPub = message => {
          const content = message.content as {
            text?: string;
            traceback?: string[];
          };
          printed += content.text ?? content.traceback?.join('') ?? '';
        };
        await future.done;
        kernel.dispose();
        return printed.trim();
      },
      [path, source] as const
    );
  }

  /** Batch points that the chart of a metric shows. */
  async points(metric: string): Promise<number> {
    return Number(await this.chart(metric).getAttribute('data-points'));
  }
}
