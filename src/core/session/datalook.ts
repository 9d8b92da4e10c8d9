import { JSONExt } from '@lumino/coreutils';
import { Signal, type ISignal } from '@lumino/signaling';
import type { KerasDocument } from '../document/kerasdocument';
import type { IChosenJSON } from '../keras';
import {
  asKerasError,
  type KernelClient,
  type KernelEvent
} from '../kernel/kernelclient';
import type { IKerasError, IPreview } from '../protocol';
import { trainingOf } from '../runs/plan';
import type { DocumentKernel } from './documentkernel';
import type { IStore } from './store';

/** What a person saw of the data, when they asked to look at it. */
export interface ILook {
  preview: IPreview | null;
  error: IKerasError | null;
  /** How far a look is, from 0 to 1; null while nobody looks. */
  share: number | null;
}

const NOTHING: ILook = { preview: null, error: null, share: null };

/** The last look at the data that the document is trained on. It is taken only when a person asks for it. */
export class DataLook implements IStore {
  /**
   * @param ask - Asks the kernel about the document as it stands; rejects with a `KernelError`.
   */
  constructor(
    private readonly _document: KerasDocument,
    kernel: DocumentKernel,
    private readonly _ask: () => Promise<IPreview>
  ) {
    _document.changed.connect(this._onDocumentChanged, this);
    kernel.attached.connect(this._onAttached, this);
  }

  /** What is known of the data that is chosen now. */
  get value(): ILook {
    return this._value;
  }

  /** Emits when `value` is another one. */
  get changed(): ISignal<this, void> {
    return this._changed;
  }

  /** Looks at the data that is chosen. */
  async look(): Promise<void> {
    const about = (this._about = this._chosen());
    this._set({ ...this._value, error: null, share: 0 });
    let seen: ILook;
    try {
      seen = { ...NOTHING, preview: await this._ask() };
    } catch (reason) {
      seen = { ...NOTHING, error: asKerasError(reason) };
    }
    if (about === this._about) {
      this._set(seen);
    }
  }

  private _onDocumentChanged(): void {
    const chosen = this._chosen();
    if (this._about === null || this._about === chosen) {
      return;
    }
    if (this._isProposed(this._about, chosen)) {
      this._about = chosen; // what was looked at is what is said now
      return;
    }
    this._about = null;
    this._set(NOTHING);
  }

  /** Whether a source differs only by the arguments that were proposed for it, which the look has taken. */
  private _isProposed(before: string, after: string): boolean {
    const { preview, share } = this._value;
    const source = JSON.parse(before) as IChosenJSON | null;
    if (!preview?.proposed.data || !source || share !== null) {
      return false;
    }
    const config = { ...source.config, ...preview.proposed.data };
    return JSONExt.deepEqual({ ...source, config }, JSON.parse(after));
  }

  private _onAttached(_: DocumentKernel, client: KernelClient | null): void {
    client?.event.connect(this._onEvent, this);
  }

  private _onEvent(_: KernelClient, event: KernelEvent): void {
    if (event.event === 'preview' && this._value.share !== null) {
      this._set({ ...this._value, share: event.payload.share });
    }
  }

  private _set(value: ILook): void {
    this._value = value;
    this._changed.emit();
  }

  /** The data source as text: the same object while nothing of the plan was edited. */
  private _chosen(): string {
    const { model } = this._document;
    const training = model?.kerasviz?.training;
    if (!model || training !== this._training) {
      this._training = training;
      this._text = model ? JSON.stringify(trainingOf(model).data ?? null) : '';
    }
    return this._text;
  }

  private readonly _changed = new Signal<this, void>(this);
  private _value: ILook = NOTHING;
  /** The source that was looked at, as text; null before. */
  private _about: string | null = null;
  private _training: unknown = null;
  private _text = '';
}
