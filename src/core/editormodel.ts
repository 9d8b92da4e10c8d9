import type { IDisposable } from '@lumino/disposable';
import type { ISignal } from '@lumino/signaling';
import type { CatalogIndex } from './catalogindex';
import type { KerasDocument } from './document/document';
import type { Point } from './document/types';
import type { KernelClient } from './kernelclient';
import type {
  IFix,
  IHello,
  IKerasError,
  INodeAnalysis,
  ITotals
} from './protocol';
import type { RunHistory } from './runhistory';

/** Whether there is a kernel that can answer. */
export interface IKernelStatus {
  state: 'none' | 'connecting' | 'ready' | 'missing' | 'dead';
  /** For people: what to do about it. */
  message: string;
  hello: IHello | null;
}

/** What the kernel knows about the model as it stands. */
export interface IAnalysis {
  readonly nodes: ReadonlyMap<string, INodeAnalysis>;
  readonly totals: ITotals | null;
  readonly errors: readonly IKerasError[];
  /** True while the document has changed and the kernel has not answered yet. */
  readonly pending: boolean;
}

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
  constructor(options: EditorModel.IOptions) {
    throw new Error(String(options));
  }
  readonly document!: KerasDocument;
  /** The document's path, as `hello` sends it. */
  path!: string;
  get changed(): ISignal<this, EditorModelChange> {
    throw new Error();
  }
  /** Replaced when the kernel has another one. */
  get catalog(): CatalogIndex {
    throw new Error();
  }
  /** Attaching says hello, fetches the catalogue where it is another, and analyses. */
  get kernel(): KernelClient | null {
    throw new Error();
  }
  set kernel(kernel: KernelClient | null) {
    throw new Error(String(kernel));
  }
  get kernelStatus(): IKernelStatus {
    throw new Error();
  }
  setKernelStatus(status: IKernelStatus): void {
    throw new Error(String(status));
  }
  /** Ids of the selected nodes and edges. */
  get selection(): ReadonlySet<string> {
    throw new Error();
  }
  select(ids: Iterable<string>): void {
    throw new Error(String(ids));
  }
  get analysis(): IAnalysis {
    throw new Error();
  }
  /** The last run of this document. */
  get run(): RunHistory | null {
    throw new Error();
  }
  /** Why the last attempt to train, or to steer a run, failed. */
  get trainError(): IKerasError | null {
    throw new Error();
  }
  /** Where nodes stand that have no position in the document. */
  get layout(): ReadonlyMap<string, Point> {
    throw new Error();
  }
  setLayout(layout: ReadonlyMap<string, Point>): void {
    throw new Error(String(layout));
  }
  train(options: { fresh: boolean }): Promise<void> {
    throw new Error(String(options));
  }
  stop(): Promise<void> {
    throw new Error();
  }
  pause(): Promise<void> {
    throw new Error();
  }
  resume(): Promise<void> {
    throw new Error();
  }
  /** Saves the trained model in the kernel's folder. */
  saveModel(path: string): Promise<{ path: string; bytes: number }> {
    throw new Error(path);
  }
  /** Mends the document, as one step that can be undone. */
  applyFix(fix: IFix): Promise<void> {
    throw new Error(fix.title);
  }
  get isDisposed(): boolean {
    throw new Error();
  }
  dispose(): void {
    throw new Error();
  }
}

export namespace EditorModel {
  export interface IOptions {
    document: KerasDocument;
    catalog: CatalogIndex;
    path: string;
  }
}
