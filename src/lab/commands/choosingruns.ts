/** Which runs a command is about: those that it was given, that were pointed at, that are checked, or that the user chooses. */
import type { JupyterFrontEnd } from '@jupyterlab/application';
import { InputDialog } from '@jupyterlab/apputils';
import type { TranslationBundle } from '@jupyterlab/translation';
import type { ReadonlyPartialJSONObject } from '@lumino/coreutils';
import type { EditorModel, IRunSummary } from '../../core';
import { runLabel } from '../../core/runs/runlabel';

/** Finds the runs of a document for commands. */
export class RunChoice {
  constructor(
    private readonly _app: JupyterFrontEnd,
    private readonly _trans: TranslationBundle
  ) {}

  /** One run, or null where the user chose none. */
  async one(
    { runs }: EditorModel,
    args: ReadonlyPartialJSONObject,
    title: string
  ): Promise<IRunSummary | null> {
    const list = await this._list(runs);
    const id = args.pointed ? this.pointed() : args.run;
    if (id !== undefined) {
      return list.find(run => run.id === id) ?? null;
    }
    const labels = list.map(runLabel);
    const { button, value } = await InputDialog.getItem({
      title,
      label: this._trans.__('Run'),
      items: labels
    });
    const chosen = value === null ? -1 : labels.indexOf(value);
    return button.accept ? (list[chosen] ?? null) : null;
  }

  /**
   * Several runs; none where the user chose none.
   *
   * @param suffices - How many checked runs need no question.
   */
  async several(
    { runs }: EditorModel,
    args: ReadonlyPartialJSONObject,
    title: string,
    suffices: (count: number) => boolean
  ): Promise<string[]> {
    const list = await this._list(runs);
    const ids = list.map(({ id }) => id);
    if (Array.isArray(args.runs)) {
      return ids.filter(id => (args.runs as unknown[]).includes(id));
    }
    const checked = ids.filter(id => runs.shown.has(id));
    if (suffices(checked.length)) {
      return checked;
    }
    const labels = list.map(runLabel);
    const { button, value } = await InputDialog.getMultipleItems({
      title,
      items: labels,
      defaults: labels.filter((_, i) => runs.shown.has(ids[i]))
    });
    return button.accept
      ? ids.filter((_, i) => value?.includes(labels[i]))
      : [];
  }

  /** The run at which the context menu was opened. */
  pointed(): string | undefined {
    return this._app.contextMenuHitTest(({ dataset }) => 'run' in dataset)
      ?.dataset.run;
  }

  /** Throws why there is no list. */
  private async _list(runs: EditorModel['runs']): Promise<IRunSummary[]> {
    await runs.follow(true);
    if (!runs.list?.runs.length) {
      const { say } = await import('../../core');
      throw new Error(
        runs.error
          ? say(runs.error.message)
          : this._trans.__('There are no runs of this document yet.')
      );
    }
    return runs.list.runs;
  }
}
