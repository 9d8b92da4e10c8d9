import type { KerasDocument } from '../document/kerasdocument';
import {
  asKerasError,
  type KernelClient,
  type KernelEvent
} from '../kernel/kernelclient';
import type { IKerasError } from '../protocol';
import type { DocumentKernel } from '../session/documentkernel';
import type { DocumentRun } from '../session/documentrun';
import { FollowingStore } from '../session/followingstore';
import { pauseAfter } from './insidelooks';
import type { Inside } from './lookinside';
import type { ShownMoment } from './shownmoment';

/** What an answer depends on. */
export interface IAskedAbout {
  readonly document: KerasDocument;
  readonly kernel: DocumentKernel;
  readonly run: DocumentRun;
  readonly inside: Inside;
  readonly moment: ShownMoment;
}

/** What there is of an answer. */
export interface ILongAnswer {
  error: IKerasError | null;
  /** Whether the kernel is at it. */
  isAsking: boolean;
  /** How far it is, from 0 to 1; null where nobody knows. */
  share: number | null;
}

/** An answer about what is drawn and trained that can take long: asked again when that changes, while somebody looks. */
export abstract class LongAnswer<
  T extends ILongAnswer
> extends FollowingStore<T> {
  /**
   * @param about - What the answer depends on.
   * @param _type - Of the request; the kernel says by events of this type how far it is.
   * @param _nothing - What there is while nobody looks.
   */
  constructor(
    protected readonly about: IAskedAbout,
    private readonly _type: 'why' | 'embedding',
    private readonly _nothing: T
  ) {
    super(_nothing);
    about.inside.changed.connect(this._onInside, this);
    about.document.changed.connect(this._onChanged, this);
    about.moment.changed.connect(this._onChanged, this);
    about.run.changed.connect(this._onRun, this);
    about.kernel.attached.connect(this._onAttached, this);
  }

  /** Asks no longer. */
  close(): void {
    if (this._isFollowed) {
      clearTimeout(this.timer);
      this.timer = undefined;
      this.stop();
      this._asked++;
      this.set(this._nothing);
    }
  }

  /** Ends what takes long; what was answered before stays. */
  stop(): void {
    if (this.value.isAsking) {
      const { client } = this.about.kernel;
      const type = `end_${this._type}` as const;
      client?.request(type, {}).catch(() => undefined);
    }
  }

  /** Asks the kernel; rejects with a `KernelError`. Gives what is new, and the seconds of the thread that trains. */
  protected abstract ask(): Promise<{ found: Partial<T>; seconds: number }>;

  /** What is left of the answer before where there is an error. */
  protected readonly afterError: Partial<T> = {};

  /**
   * Something else is drawn, trained or looked at.
   *
   * @param wait - Milliseconds until the kernel can be asked again; 0 where it does not train.
   */
  protected abstract follow(wait: number): void;

  /** Asks after some time; what is asked at once ends what is being asked. */
  protected askAgain(wait: number): void {
    if (!this._isFollowed || (wait > 0 && this.timer !== undefined)) {
      return; // soon
    }
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this._askNow(), wait);
  }

  /** Follows what has changed once there is an answer. */
  protected followLater(): void {
    this._isStale = true;
  }

  /** What else is answered when one of these is another. */
  protected get subjects(): unknown[] {
    return [this.about.document.model, this.about.moment.value.at];
  }

  private async _askNow(): Promise<void> {
    this.timer = undefined;
    const asked = ++this._asked;
    this._isStale = false;
    this._subjects = this.subjects;
    this.set({ ...this.value, isAsking: true, share: null });
    let found: Partial<T>;
    try {
      const answer = await this.ask();
      this._wait = pauseAfter(answer.seconds);
      found = { ...answer.found, error: null };
    } catch (reason) {
      const error = asKerasError(reason);
      found = error.code === 'overtaken' ? {} : { ...this.afterError, error };
    }
    if (asked === this._asked && !this.isDisposed) {
      this.set({ ...this.value, ...found, isAsking: false, share: null });
      if (this._isStale) {
        this.follow(this._pause);
      }
    }
  }

  private _onInside({ value: { isOpen } }: Inside): void {
    if (isOpen) {
      this._onChanged();
    } else {
      this.close();
    }
  }

  private _onChanged(): void {
    const { subjects } = this;
    if (subjects.some((part, index) => part !== this._subjects[index])) {
      this._subjects = subjects;
      if (this._isFollowed) {
        this.follow(0);
      }
    }
  }

  /** A batch was trained, or a run has begun or ended. */
  private _onRun(): void {
    const place = this.about.run.history?.place ?? '';
    if (place !== this._place && !this.about.moment.value.at) {
      this._place = place;
      if (this._isFollowed) {
        this.follow(this._pause);
      }
    }
  }

  private _onAttached(_: DocumentKernel, client: KernelClient | null): void {
    client?.event.connect(this._onEvent, this);
  }

  private _onEvent(_: KernelClient, event: KernelEvent): void {
    if (
      (event.event === 'why' || event.event === 'embedding') &&
      event.event === this._type &&
      this.value.isAsking
    ) {
      this.set({ ...this.value, share: event.payload.share });
    }
  }

  /** Whether somebody looks. */
  private get _isFollowed(): boolean {
    return this.value !== this._nothing;
  }

  /** Milliseconds until the kernel is asked again, so that the run loses little by it. */
  private get _pause(): number {
    const isTraining = this.about.run.history?.isActive;
    return isTraining && !this.about.moment.value.at ? this._wait : 0;
  }

  private _asked = 0;
  private _isStale = false;
  private _wait = pauseAfter(0);
  private _place = '';
  private _subjects: readonly unknown[] = [];
}
