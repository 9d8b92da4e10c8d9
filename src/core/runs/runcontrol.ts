/** Begins and steers the runs of one document, and keeps why the last attempt failed. */
import { asKerasError, type KernelClient } from '../kernel/kernelclient';
import type {
  IControlPayload,
  IKerasError,
  ITakenName,
  ITrainPayload,
  TrainStart
} from '../protocol';

/** What to steer, at the moment: the host of a `RunControl` says it. */
export interface IRunSubject {
  /** Starts a kernel where it can, and tells it with the text of the model; throws a `KernelError` where there is none. */
  ready(): Promise<{ kernel: KernelClient; document: string }>;
  /** The kernel that runs, and the id of its last run; null where there is none. */
  running(): { kernel: KernelClient; run: string } | null;
  /** Called when `error` or `taken` is another one. */
  onChange(): void;
}

/** How a run begins. */
export type IBeginning = Pick<ITrainPayload, 'replace' | 'until'>;

/** What the variable for the trained model holds, and what the user was about to do. */
export interface INameQuestion extends ITakenName {
  start: TrainStart;
  until: IBeginning['until'];
}

/** The buttons of the training. */
export class RunControl {
  constructor(private readonly _subject: IRunSubject) {}

  /** Why the last attempt failed. */
  get error(): IKerasError | null {
    return this._error;
  }

  /** The run that the last attempt began; null where it began none. */
  get begun(): string | null {
    return this._begun;
  }

  /** Asked before the variable of the trained model is set; null while there is nothing to ask. */
  get question(): INameQuestion | null {
    return this._question;
  }

  /**
   * Trains. One run begins at a time: asking again while a kernel starts changes nothing.
   *
   * @param how - `replace` is the variable that the user lets the trained model replace, `until` where it holds at first.
   */
  train(start: TrainStart, how: IBeginning = {}): Promise<void> {
    this._beginning ??= this._begin(start, how).finally(() => {
      this._beginning = null;
    });
    return this._beginning;
  }

  /** Takes the question back: nothing is trained. */
  cancel(): void {
    this._question = null;
    this._subject.onChange();
  }

  private _begin(start: TrainStart, how: IBeginning): Promise<void> {
    this._begun = null;
    return this._attempt(async () => {
      const { kernel, document } = await this._subject.ready();
      const { run, taken } = await kernel.request('train', {
        document,
        start,
        ...how
      });
      this._begun = run;
      this._question = taken && { ...taken, start, until: how.until };
    });
  }

  /**
   * Begins the sweep that stands in the document; its trials are told as runs.
   *
   * @param goOn - Whether trials of the last sweep that were trained are taken as they are.
   */
  sweep(goOn: boolean): Promise<void> {
    this._begun = null;
    return this._attempt(async () => {
      const { kernel, document } = await this._subject.ready();
      await kernel.request('sweep', { document, go_on: goOn });
    });
  }

  /** Stops, pauses or resumes the run, has it go on for a batch or an epoch, or changes a number. */
  steer(control: Omit<IControlPayload, 'run'>): Promise<void> {
    return this._attempt(async () => {
      const running = this._subject.running();
      await running?.kernel.control({ run: running.run, ...control });
    });
  }

  private async _attempt(action: () => Promise<void>): Promise<void> {
    this._error = this._question = null;
    this._subject.onChange();
    try {
      await action();
    } catch (error) {
      this._error = asKerasError(error);
    }
    this._subject.onChange();
  }

  private _beginning: Promise<void> | null = null;
  private _begun: string | null = null;
  private _error: IKerasError | null = null;
  private _question: INameQuestion | null = null;
}
