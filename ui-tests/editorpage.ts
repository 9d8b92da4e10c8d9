import { expect, type Locator, type Page } from '@playwright/test';

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
    const from = this.node(source).locator('.react-flow__handle.source').first();
    const to = this.node(target).locator('.react-flow__handle.target').first();
    await from.hover();
    await this.page.mouse.down();
    const end = (await to.boundingBox())!;
    await this.page.mouse.move(
      end.x + end.width / 2,
      end.y + end.height / 2,
      { steps: 8 }
    );
    await this.page.mouse.up();
    await expect(
      this.root.locator(`.react-flow__edge[data-id^="${source}"]`)
    ).not.toHaveCount(0);
  }

  /** Batch points that the chart of a metric shows. */
  async points(metric: string): Promise<number> {
    return Number(await this.chart(metric).getAttribute('data-points'));
  }
}
