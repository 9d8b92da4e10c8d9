/** Begins and steers the runs of one document, and keeps why the last attempt failed. */
import { asKerasError, type KernelClient } from '../kernel/kernelclient';
import type { IControlPayload, IKerasError, TrainStart } from '../protocol';

/** What to steer, at the moment: the host of a `RunControl` says it. */
export interface IRunSubject {
  /** Starts a kernel where it can, and tells it with the text of the model; throws a `KernelError` where there is none. */
  ready(): Promise<{ kernel: KernelClient; document: string }>;
  /** The kernel that runs, and the id of its last run; null where there is none. */
  running(): { kernel: KernelClient; run: string } | null;
  /** Called when `error` is another one. */
  onError(): void;
}

/** The buttons of the training. */
export class RunControl {
  constructor(private readonly _subject: IRunSubject) {}

  /** Why the last attempt failed. */
  get error(): IKerasError | null {
    return this._error;
  }

  /** Trains. One run begins at a time: asking again while a kernel starts changes nothing. */
  train(start: TrainStart): Promise<void> {
    this._beginning ??= this._begin(start).finally(() => {
      this._beginning = null;
    });
    return this._beginning;
  }

  private _begin(start: TrainStart): Promise<void> {
    return this._attempt(async () => {
      const { kernel, document } = await this._subject.ready();
      await kernel.request('train', { document, start });
    });
  }

  /** Stops, pauses or resumes the run, or changes its learning rate. */
  steer(control: Omit<IControlPayload, 'run'>): Promise<void> {
    return this._attempt(async () => {
      const running = this._subject.running();
      await running?.kernel.control({ run: running.run, ...control });
    });
  }

  private async _attempt(action: () => Promise<void>): Promise<void> {
    let failure: IKerasError | null = null;
    this._setError(null);
    try {
      await action();
    } catch (error) {
      failure = asKerasError(error);
    }
    this._setError(failure);
  }

  private _setError(error: IKerasError | null): void {
    if (error !== this._error) {
      this._error = error;
      this._subject.onError();
    }
  }

  private _beginning: Promise<void> | null = null;
  private _error: IKerasError | null = null;
}
