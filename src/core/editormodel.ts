/** The state that the views of a document share. */
import type { IDisposable } from '@lumino/disposable';
import { Signal } from '@lumino/signaling';
import { BesideResults } from './results/besideresults';
import { Analysis } from './analysis/analysis';
import { applyFix, type FixSubject } from './analysis/fixes';
import type { CatalogIndex } from './catalog/catalogindex';
import { stringify } from './document/floats';
import type { KerasDocument } from './document/kerasdocument';
import { parseModel } from './document/source';
import type { ModelPath } from './document/nested';
import { nodeId, parseNodeId } from './graph/layerjson';
import { refusal, type KernelClient } from './kernel/kernelclient';
import type { Question } from './kernel/question';
import type { IAt, IFix, IRequests } from './protocol';
import { planOf, trainedText } from './runs/plan';
import { trans, type Sentence } from './translation';
import { DataLook } from './session/datalook';
import { type CellChange, DocumentKernel } from './session/documentkernel';
import { FitLimits } from './session/allowedfit';
import { DocumentEmbedding } from './insight/documentembedding';
import { DocumentWhy } from './insight/documentwhy';
import { Layout } from './session/layout';
import { DocumentHints } from './insight/documenthints';
import { DocumentExports } from './session/documentexports';
import { DocumentRateTest } from './session/documentratetest';
import { DocumentRun } from './session/documentrun';
import { DocumentRuns } from './session/documentruns';
import { Inside } from './insight/lookinside';
import { Panel } from './session/panel';
import { ReadyPlace } from './session/readyplace';
import { RecipeChoice } from './session/recipechoice';
import { Results } from './results/results';
import { Selection } from './session/selection';
import { ShownMoment } from './insight/shownmoment';
import { SlicedResults } from './results/slicedresults';
import { ShownStatistics } from './insight/shownstatistics';
import { Store } from './session/store';
import { Weights } from './session/weights';

/** What the views of one document share, in parts that change together: the only state beside the document. */
export class EditorModel implements IDisposable {
  constructor({ document, catalog, path }: EditorModel.IOptions) {
    this._path = path;
    this.document = document;
    this.catalog = new Store(catalog);
    this.analysis = new Analysis(document);
    this.selection = new Selection(document);
    this.layout = new Layout(document);
    this.kernel = new DocumentKernel(() => this.path, this.catalog);
    this.run = new DocumentRun(
      this.kernel,
      () => this._started(),
      () => document.model && trainedText(document.model)
    );
    this.runs = new DocumentRuns(this.kernel, this.run);
    this.rateTest = new DocumentRateTest(this.kernel, () =>
      this.ask('rate_test', {})
    );
    this.exports = new DocumentExports(this.kernel);
    this.weights = new Weights(document, this.kernel, this.run, this.analysis);
    this.readyPlace = new ReadyPlace(document, this.kernel);
    this.look = new DataLook(
      document,
      this.kernel,
      {
        preview: () => this.ask('preview', {}),
        parts: async () => (await this.ask('columns', {})).columns
      },
      () => this.catalog.value.catalog
    );
    this.fitLimits = new FitLimits(
      document,
      this.kernel,
      this.look,
      this.run,
      () => this.ask('fit_limits', {})
    );
    this.moment = new ShownMoment(this.kernel, this.run, this.runs);
    const at = (): IAt | null => this.moment.value.at;
    this.inside = new Inside(
      document,
      this.kernel,
      this.run,
      this.analysis,
      this.moment,
      {
        sample: choice => this.ask('sample', { choice }),
        probe: (path, nodes, isHurried) =>
          this.ask('probe', {
            path: [...path],
            nodes: [...nodes],
            at: at(),
            is_hurried: isHurried
          }),
        layer: (path, node, tensor) =>
          this.ask('probe_layer', { path: [...path], node, tensor, at: at() })
      }
    );
    this.why = new DocumentWhy(this, question =>
      this.ask('why', { ...question, at: at() })
    );
    this.embedding = new DocumentEmbedding(this, question =>
      this.ask('embedding', {
        ...question,
        path: [...this.inside.way],
        at: at()
      })
    );
    this.statistics = new ShownStatistics(this.kernel, this.run, this.moment);
    this.hints = new DocumentHints(
      document,
      this.kernel,
      this.run,
      this.inside,
      this.panel,
      read => this.ask('hints', { read })
    );
    this.results = new Results(document, this.kernel, this.run, this.moment, {
      evaluate: (part, data) => this.ask('evaluate', { part, data, at: at() })
    });
    this.slices = new SlicedResults(this.results, this.kernel);
    this.beside = new BesideResults(this.results, this.kernel, at =>
      this.ask('evaluate', { part: 'test', at, beside: true })
    );
    document.catalog = catalog;
    this.catalog.changed.connect(this._onCatalogChanged, this);
    document.changed.connect(this._onDocumentChanged, this);
    this.kernel.attached.connect(this._onAttached, this);
    this.kernel.cellTold.connect(this._onCellTold, this);
  }

  /** The document's path, as `hello` sends it; a kernel is told of another one. */
  get path(): string {
    return this._path;
  }
  set path(value: string) {
    this._path = value;
    this.kernel.rename();
  }

  readonly document: KerasDocument;
  readonly catalog: Store<CatalogIndex>;
  /** What the kernel knows about the model that is shown, as it stands. */
  readonly analysis: Analysis;
  readonly selection: Selection;
  readonly layout: Layout;
  readonly kernel: DocumentKernel;
  readonly run: DocumentRun;
  readonly runs: DocumentRuns;
  readonly rateTest: DocumentRateTest;
  /** Files that are written for other programs. */
  readonly exports: DocumentExports;
  readonly readyPlace: ReadyPlace;
  readonly weights: Weights;
  readonly look: DataLook;
  readonly fitLimits: FitLimits;
  readonly moment: ShownMoment;
  readonly inside: Inside;
  readonly why: DocumentWhy;
  readonly embedding: DocumentEmbedding;
  readonly statistics: ShownStatistics;
  readonly hints: DocumentHints;
  readonly results: Results;
  readonly slices: SlicedResults;
  readonly beside: BesideResults;
  readonly panel = new Panel();
  /** What the code that is shown does. */
  readonly recipe = new RecipeChoice();

  /** Shows a model inside the document's, or comes back from one, to the layer that it is. */
  show(path: ModelPath): void {
    const left = this.document.path[path.length];
    this.document.show(path);
    if (left !== undefined) {
      this.selection.select([nodeId(left, 0)]);
    }
  }

  /** Shows the model that the layer of a node is. */
  enter(node: string): void {
    this.inside.shownCalls.choose(this.document.path, node);
    this.show([...this.document.path, parseNodeId(node)[0]]);
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

  /** Fixes the model that an error is about, as one undo step; rejects with a `KernelError`. */
  async applyFix(fix: IFix, subject: FixSubject = 'shown'): Promise<void> {
    await applyFix(this._ready().kernel, this.document, fix, subject);
  }

  /** Draws a model of the kernel in place of this one, which undo restores; rejects with a `KernelError`. */
  async openModel(name: string): Promise<void> {
    const kernel = this.kernel.ready();
    const { document } = await kernel.request('open_model', { name });
    this.document.replace(parseModel(document));
  }

  /**
   * Draws what the kernel makes of the data, in place of this drawing, which undo restores: a first model that fits
   * it, or this model with the preparation inside. Rejects with a `KernelError`.
   *
   * @returns A sentence for each choice.
   */
  async layOut(what: 'first_model' | 'prepare_in_model'): Promise<Sentence[]> {
    const { document, reasons } = await this.ask(what, {});
    this.document.replace(parseModel(document));
    return reasons;
  }

  get isDisposed(): boolean {
    return this.kernel.isDisposed;
  }

  dispose(): void {
    if (this.isDisposed) {
      return;
    }
    const { document, ...parts } = this;
    document.changed.disconnect(this._onDocumentChanged, this);
    for (const part of Object.values(parts)) {
      if (typeof part === 'object' && 'dispose' in part) {
        part.dispose();
      } else {
        Signal.clearData(part);
      }
    }
    Signal.clearData(this);
  }

  /** The same as `_ready`, after it started a kernel where it can. */
  private async _started(): Promise<ReturnType<EditorModel['_ready']>> {
    await this.kernel.started();
    return this._ready();
  }

  /** The kernel and the text of the model to ask it about; throws a `KernelError` where there is none. */
  private _ready(): { kernel: KernelClient; document: string } {
    const { model, error } = this.document;
    if (!model) {
      throw refusal(
        'no_model',
        error ?? trans.__('The document contains no model.')
      );
    }
    return { kernel: this.kernel.ready(), document: stringify(model) };
  }

  private _onCatalogChanged({ value }: Store<CatalogIndex>): void {
    this.document.catalog = value;
    this.analysis.refresh();
  }

  /** Everything depends on what layers are; on arrays the advice about the data does. */
  private _onCellTold(_: DocumentKernel, change: CellChange): void {
    const { model } = this.document;
    if (change === 'settings') {
      this.analysis.refresh();
      this.weights.refresh();
    } else if (model && planOf(model).data?.class_name === 'arrays') {
      this.analysis.refresh();
    }
  }

  /** What was said of a layer is not true of its edit; once the kernel can be heard again, another client asks it. */
  private _onDocumentChanged(): void {
    if (this.kernel.isSilent) {
      this.analysis.attach(null);
    }
  }

  private _onAttached(_: DocumentKernel, client: KernelClient | null): void {
    this.analysis.attach(client);
  }

  private _path: string;
}

export namespace EditorModel {
  export interface IOptions {
    document: KerasDocument;
    catalog: CatalogIndex;
    path: string;
  }
}
