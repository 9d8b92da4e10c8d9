/** The state that the views of a document share. */
import type { IDisposable } from '@lumino/disposable';
import { Signal, type ISignal } from '@lumino/signaling';
import { Analysis, type IAnalysis } from '../analysis/analysis';
import type { CatalogIndex } from '../catalog/catalogindex';
import type { KerasDocument } from '../document/kerasdocument';
import type { ModelPath } from '../document/nested';
import type { IKerasDocumentChange, Point } from '../document/edittypes';
import { applyFix, type FixSubject } from '../analysis/fixes';
import { nodeId, parseNodeId } from '../graph/layers';
import type { IModelJSON } from '../keras';
import { refusal, type KernelClient } from '../kernel/kernelclient';
import {
  type IKernelStatus,
  KernelLink,
  type KernelLinkChange,
  NO_KERNEL
} from '../kernel/kernellink';
import type {
  IBackup,
  IFix,
  IKerasError,
  IRequests,
  Question
} from '../protocol';
import { RunControl, type TrainFrom } from '../runs/runcontrol';
import type { RunHistory } from '../runs/runhistory';
import { trans } from '../translation';

/** What in an `EditorModel` changed. */
export type EditorModelChange =
  | 'document'
  | 'selection'
  | 'analysis'
  | 'kernel'
  | 'run'
  | 'catalog'
  | 'layout';

/** What the views of one document share: the only state beside the document. */
export class EditorModel implements IDisposable {
  constructor({ document, catalog, path }: EditorModel.IOptions) {
    this.document = document;
    this.path = path;
    this._catalog = document.catalog = catalog;
    this._analysis = new Analysis(document);
    this._analysis.changed.connect(() => this._emit('analysis'));
    document.changed.connect(this._onDocumentChanged, this);
  }

  readonly document: KerasDocument;

  /** The document's path, as `hello` sends it. */
  path: string;

  get changed(): ISignal<this, EditorModelChange> {
    return this._changed;
  }

  /** Replaced when the kernel has another one. */
  get catalog(): CatalogIndex {
    return this._catalog;
  }

  /** Attaching says hello, fetches the catalogue where it is another, and analyses. Its owner disposes of it. */
  get kernel(): KernelClient | null {
    return this._kernel;
  }
  set kernel(kernel: KernelClient | null) {
    if (kernel === this._kernel) {
      return;
    }
    this._kernel = kernel;
    this._link?.dispose();
    this._link = null;
    if (kernel) {
      this._link = new KernelLink(kernel, this.path, this._catalog);
      this._link.changed.connect(this._onLinkChanged, this);
      this._kernelStatus = this._link.status;
    } else {
      this._run?.lose();
      this._emit('run');
    }
    this._analysis.attach(kernel);
    this._emit('kernel');
  }

  get kernelStatus(): IKernelStatus {
    return this._kernelStatus;
  }
  setKernelStatus(status: IKernelStatus): void {
    this._kernelStatus = status;
    this._emit('kernel');
  }

  /** Ids of the selected nodes and edges. */
  get selection(): ReadonlySet<string> {
    return this._selection;
  }
  select(ids: Iterable<string>): void {
    const next = new Set(ids);
    const isSame =
      next.size === this._selection.size &&
      [...next].every(id => this._selection.has(id));
    if (!isSame) {
      this._selection = next;
      this._emit('selection');
    }
  }

  /** Shows a model inside the document's, or comes back from one, to the layer that it is. */
  show(path: ModelPath): void {
    const left = this.document.path[path.length];
    this.document.show(path);
    if (left !== undefined) {
      this.select([nodeId(left, 0)]);
    }
  }

  /** Shows the model that the layer of a node is. */
  enter(node: string): void {
    this.show([...this.document.path, parseNodeId(node)[0]]);
  }

  /** What the kernel knows about the model that is shown, as it stands. */
  get analysis(): IAnalysis {
    return this._analysis.value;
  }

  /** The last run of this document. */
  get run(): RunHistory | null {
    return this._run;
  }

  /** Why the last attempt to train, or to steer a run, failed. */
  get trainError(): IKerasError | null {
    return this._control.error;
  }

  /** Where nodes stand that have no position in the document. */
  get layout(): ReadonlyMap<string, Point> {
    return this._layout;
  }
  setLayout(layout: ReadonlyMap<string, Point>): void {
    this._layout = layout;
    this._emit('layout');
  }

  /** What a kernel that died has left of the last run. */
  get backup(): IBackup | null {
    return this._link?.backup ?? null;
  }

  /** Trains. Starts a kernel where it can. */
  train(from: TrainFrom): Promise<void> {
    return this._control.train(from);
  }

  stop(): Promise<void> {
    return this._control.steer('stop');
  }
  pause(): Promise<void> {
    return this._control.steer('pause');
  }
  resume(): Promise<void> {
    return this._control.steer('resume');
  }

  /** Asks about the document as it stands; rejects with a `KernelError`. Starts a kernel where it can. */
  async ask<K extends Question>(
    type: K,
    parameters: Omit<IRequests[K]['payload'], 'document'>
  ): Promise<IRequests[K]['result']> {
    const { kernel, document } = await this._started();
    const payload = { ...parameters, document } as IRequests[K]['payload'];
    return kernel.request(type, payload);
  }

  /** Mends the model that an error is about, as one undo step; rejects with a `KernelError`. */
  async applyFix(fix: IFix, subject: FixSubject = 'shown'): Promise<void> {
    await applyFix(this._ready().kernel, this.document, fix, subject);
  }

  get isDisposed(): boolean {
    return this._isDisposed;
  }

  dispose(): void {
    if (this._isDisposed) {
      return;
    }
    this.kernel = null;
    this._isDisposed = true;
    this._analysis.dispose();
    this.document.changed.disconnect(this._onDocumentChanged, this);
    Signal.clearData(this);
  }

  /** The same as `_ready`, after it started a kernel where it can. */
  private async _started(): Promise<{
    kernel: KernelClient;
    document: IModelJSON;
  }> {
    await this._kernelStatus.start?.();
    return this._ready();
  }

  /** The kernel and the model to ask it about; throws a `KernelError` where there is none. */
  private _ready(): { kernel: KernelClient; document: IModelJSON } {
    const { model, error } = this.document;
    if (!model) {
      throw refusal(
        'no_model',
        error ?? trans.__('The document holds no model.')
      );
    }
    if (!this._kernel) {
      throw refusal(
        'no_kernel',
        trans.__('No kernel is running. Start one first.')
      );
    }
    return { kernel: this._kernel, document: model };
  }

  private _onLinkChanged(link: KernelLink, kind: KernelLinkChange): void {
    if (kind === 'kernel') {
      this._kernelStatus = link.status;
    } else if (kind === 'run') {
      if (link.run) {
        this._run = link.run;
      } else {
        // The curves of a run stay, though the kernel has forgotten it.
        this._run?.lose();
      }
    } else {
      this._catalog = this.document.catalog = link.catalog;
      this._analysis.refresh();
    }
    this._emit(kind);
  }

  private _onDocumentChanged(
    document: KerasDocument,
    { renamed, shownChange }: IKerasDocumentChange
  ): void {
    if (shownChange) {
      this.select([]);
      this.setLayout(new Map());
    }
    const now = (id: string): string => {
      const [layer, call] = parseNodeId(id);
      return renamed?.from === layer ? nodeId(renamed.to, call) : id;
    };
    const { byId, edges } = document.graph;
    const ids = new Set(edges.map(edge => edge.id));
    this.select(
      [...this._selection].map(now).filter(id => byId.has(id) || ids.has(id))
    );
    if (renamed) {
      this.setLayout(
        new Map([...this._layout].map(([id, point]) => [now(id), point]))
      );
    }
    this._emit('document');
  }

  private _emit(kind: EditorModelChange): void {
    if (!this._isDisposed) {
      this._changed.emit(kind);
    }
  }

  private readonly _analysis: Analysis;
  private readonly _control = new RunControl({
    ready: () => this._started(),
    running: () =>
      this._run && this._kernel
        ? { kernel: this._kernel, run: this._run.status.run }
        : null,
    onError: () => this._emit('run')
  });
  private readonly _changed = new Signal<this, EditorModelChange>(this);
  private _catalog: CatalogIndex;
  private _kernel: KernelClient | null = null;
  private _link: KernelLink | null = null;
  private _kernelStatus: IKernelStatus = NO_KERNEL;
  private _selection: ReadonlySet<string> = new Set();
  private _layout: ReadonlyMap<string, Point> = new Map();
  private _run: RunHistory | null = null;
  private _isDisposed = false;
}

export namespace EditorModel {
  export interface IOptions {
    document: KerasDocument;
    catalog: CatalogIndex;
    path: string;
  }
}
