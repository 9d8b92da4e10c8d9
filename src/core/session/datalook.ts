import { JSONExt } from '@lumino/coreutils';
import { Signal, type ISignal } from '@lumino/signaling';
import type { KerasDocument } from '../document/kerasdocument';
import type { IChosenJSON } from '../keras';
import {
  asKerasError,
  type KernelClient,
  type KernelEvent
} from '../kernel/kernelclient';
import type { IKerasError, INamedPart, IPreview } from '../protocol';
import { trainingOf } from '../runs/plan';
import type { ICatalog } from '../catalog/catalog';
import { namesColumns } from '../catalog/columnarguments';
import type { DocumentKernel } from './documentkernel';
import type { IStore } from './store';

/** What a person saw of the data, when they asked to look at it. */
export interface ILook {
  preview: IPreview | null;
  error: IKerasError | null;
  /** How far a look is, from 0 to 1; null while nobody looks. */
  share: number | null;
  /** The columns or arrays that the data is made of; null before a person asked. */
  parts: readonly INamedPart[] | null;
}

/** What is asked of the kernel about the document as it stands; each rejects with a `KernelError`. */
export interface IDataQuestions {
  preview(): Promise<IPreview>;
  parts(): Promise<readonly INamedPart[]>;
}

const NOTHING: ILook = { preview: null, error: null, share: null, parts: null };

/** The last look at the data that the document is trained on. It is taken only when a person asks for it. */
export class DataLook implements IStore {
  constructor(
    private readonly _document: KerasDocument,
    kernel: DocumentKernel,
    private readonly _ask: IDataQuestions,
    private readonly _catalog: () => ICatalog
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

  /** Looks at the data that is chosen; a newer look takes the place of one that is not done. */
  async look(): Promise<void> {
    if (this._columnArguments().length > 0 && !this._value.parts) {
      await this.findParts();
    }
    const about = (this._about = { source: this._chosen() });
    this._set({ ...this._value, error: null, share: 0 });
    let seen: Partial<ILook>;
    try {
      seen = { preview: await this._ask.preview() };
    } catch (reason) {
      seen = { error: asKerasError(reason) };
    }
    if (about === this._about) {
      this._set({ ...NOTHING, parts: this._value.parts, ...seen });
    }
  }

  /** Finds the columns or arrays that the data is made of. */
  async findParts(): Promise<void> {
    const from = (this._from = this._source());
    let found: Partial<ILook>;
    try {
      found = { parts: await this._ask.parts(), error: null };
    } catch (reason) {
      found = { error: asKerasError(reason) };
    }
    if (from === this._from) {
      this._set({ ...this._value, ...found });
    }
  }

  private _onDocumentChanged(): void {
    if (this._from !== null && this._from !== this._source()) {
      this._from = null;
      this._set({ ...this._value, parts: null });
    }
    const chosen = this._chosen();
    if (this._about === null || this._about.source === chosen) {
      return;
    }
    if (this._isProposed(this._about.source, chosen)) {
      this._about.source = chosen; // what was looked at is what is said now
      return;
    }
    this._about = null;
    this._set({ ...NOTHING, parts: this._value.parts });
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

  /** Where the data comes from, as text: without what is taken of it. */
  private _source(): string {
    const data = this._document.model && trainingOf(this._document.model).data;
    const taken = this._columnArguments();
    // Of a source that cuts a table, that is where its columns are.
    const table = data?.config.table;
    const config = Object.entries(
      table ? { table } : (data?.config ?? {})
    ).filter(([name]) => !taken.includes(name));
    return JSON.stringify([data?.class_name, config]);
  }

  /** The arguments of the source that name columns, or arrays in a file. */
  private _columnArguments(): string[] {
    const { model } = this._document;
    const name = model && trainingOf(model).data?.class_name;
    const source = this._catalog().data.find(
      ({ class_name }) => class_name === name
    );
    return Object.entries(source?.schema.properties ?? {}).flatMap(
      ([argument, schema]) => (namesColumns(schema) ? [argument] : [])
    );
  }

  private readonly _changed = new Signal<this, void>(this);
  private _value: ILook = NOTHING;
  /** The last look that was asked for, and the source that it is about, as text; null before. */
  private _about: { source: string } | null = null;
  /** Where the parts that are known were found, as text; null before. */
  private _from: string | null = null;
  private _training: unknown = null;
  private _text = '';
}
