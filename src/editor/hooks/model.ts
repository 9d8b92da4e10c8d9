/** React's view of the `EditorModel`: a hook for each part, which draws again when what it selects is another value. */
import * as React from 'react';
import type {
  CatalogIndex,
  EditorModel,
  IAnalysis,
  IDocumentEmbedding,
  IDocumentWhy,
  IFitLimits,
  IHint,
  IInside,
  ILook,
  IShownCalls,
  IShownHints,
  IPanelState,
  IShownStatistics,
  IPointedUnit,
  IPrediction,
  IBesideResults,
  IResults,
  ISurface,
  ISlicedResults,
  IStore,
  IWeightOrigins,
  KerasDocument,
  DocumentKernel,
  DocumentRateTest,
  Point,
  DocumentRun,
  DocumentRuns,
  Recipe,
  ShownMoment
} from '../../core';

/** Gives the model of one document to every view of it. */
export const ModelContext = React.createContext<EditorModel | null>(null);

/**
 * The model that this component shows.
 *
 * @throws Error when there is no `ModelContext.Provider` above.
 */
export function useModel(): EditorModel {
  const model = React.useContext(ModelContext);
  if (!model) {
    throw new Error('Expected a ModelContext.Provider above this component.');
  }
  return model;
}

/** What the document says: the model, its graph, and which model inside it is shown. */
export function useDocument<T>(selector: (document: KerasDocument) => T): T {
  return useStore(useModel().document, selector);
}

/** What is selected: the ids of nodes and edges. */
export function useSelection<T>(selector: (ids: ReadonlySet<string>) => T): T {
  return useStore(useModel().selection, ({ value }) => selector(value));
}

/** What the kernel knows about the model that is shown. */
export function useAnalysis<T>(selector: (analysis: IAnalysis) => T): T {
  return useStore(useModel().analysis, ({ value }) => selector(value));
}

/** Whether there is a kernel, and whom to ask it. */
export function useKernel<T>(selector: (kernel: DocumentKernel) => T): T {
  return useStore(useModel().kernel, selector);
}

/** The last run of the document. */
export function useRun<T>(selector: (run: DocumentRun) => T): T {
  return useStore(useModel().run, selector);
}

/** What the code that is shown does. */
export function useRecipe(): Recipe {
  return useStore(useModel().recipe, ({ value }) => value);
}

/** The panel below the canvas: its tab, and whether it is unfolded. */
export function usePanel(): IPanelState {
  return useStore(useModel().panel, ({ value }) => value);
}

/** The look inside: the sample that is followed, and what comes out of each layer for it. */
export function useInside<T>(selector: (inside: IInside) => T): T {
  return useStore(useModel().inside, ({ value }) => selector(value));
}

/** Why the model answers what it answers about the sample. */
export function useWhy<T>(selector: (why: IDocumentWhy) => T): T {
  return useStore(useModel().why, ({ value }) => selector(value));
}

/** Samples as points, by what comes out of a layer. */
export function useEmbedding<T>(
  selector: (embedding: IDocumentEmbedding) => T
): T {
  return useStore(useModel().embedding, ({ value }) => selector(value));
}

/** Of a plane of samples, the unit under the mouse. */
export function usePointedUnit(): IPointedUnit | null {
  return useStore(useModel().inside.pointedUnit, ({ value }) => value);
}

/** The epoch whose weights are shown, and those that can be chosen. */
export function useMoment<T>(selector: (moment: ShownMoment) => T): T {
  return useStore(useModel().moment, selector);
}

/**
 * The sample that is followed through the drawing, wherever it was chosen, as `part index`: each place that shows
 * samples marks it. Empty while none is followed, or one of somebody's own.
 */
export function useFollowed(): string {
  return useInside(({ isOpen, sample }) =>
    isOpen && sample && sample.index !== null
      ? `${sample.part} ${sample.index}`
      : ''
  );
}

/** The part of the data that the results are of; `new` for data that is not the plan's. */
export function useEvaluatedPart(): string {
  return useResults(({ evaluation }) =>
    evaluation?.data ? 'new' : (evaluation?.part ?? 'validation')
  );
}

/** What was measured of the layers while the model trained. */
export function useStatistics<T>(
  selector: (statistics: IShownStatistics) => T
): T {
  return useStore(useModel().statistics, ({ value }) => selector(value));
}

/** What an output of the whole model predicts; of other nodes, and of those in a model inside, nothing. */
export function usePrediction(node: string): IPrediction | undefined {
  const isWhole = useDocument(d => d.path.length === 0);
  return useInside(i => (isWhole ? i.probe?.predictions[node] : undefined));
}

/** What an output of the whole model says over a plane of samples. */
export function useSurface(node: string): ISurface | undefined {
  const isWhole = useDocument(d => d.path.length === 0);
  return useInside(i => (isWhole ? i.probe?.surfaces[node] : undefined));
}

/** The calls of the model that is shown inside the document's; which of them is looked at. */
export function useShownCalls(): IShownCalls {
  const { inside } = useModel();
  useInside(value => value);
  useDocument(d => d.model);
  useDocument(d => d.path);
  return inside.calls;
}

/** What there is to say about the document and its last run. */
export function useHints<T>(selector: (hints: IShownHints) => T): T {
  return useStore(useModel().hints, ({ value }) => selector(value));
}

/** What is said of a layer of the document; of those in a model inside, nothing. */
export function useLayerHints(layer: string): readonly IHint[] {
  const isWhole = useDocument(d => d.path.length === 0);
  return useStore(useModel().hints, h => h.ofLayer(isWhole ? layer : ''));
}

/** What results are compared with. */
export function useBeside<T>(selector: (beside: IBesideResults) => T): T {
  return useStore(useModel().beside, ({ value }) => selector(value));
}

/** How well the model does on groups of samples. */
export function useSlices<T>(selector: (slices: ISlicedResults) => T): T {
  return useStore(useModel().slices, ({ value }) => selector(value));
}

/** What the trained model makes of a part of the data. */
export function useResults<T>(selector: (results: IResults) => T): T {
  return useStore(useModel().results, ({ value }) => selector(value));
}

/** The last range test of learning rates. */
export function useRateTest<T>(selector: (test: DocumentRateTest) => T): T {
  return useStore(useModel().rateTest, selector);
}

/** The runs that are kept, and which of them are drawn. */
export function useRuns<T>(selector: (runs: DocumentRuns) => T): T {
  return useStore(useModel().runs, selector);
}

/** Where the weights of the drawing are from; null while nobody knows. */
export function useWeights<T>(
  selector: (weights: IWeightOrigins | null) => T
): T {
  return useStore(useModel().weights, ({ value }) => selector(value));
}

/** What a person saw of the data. */
export function useLook<T>(selector: (look: ILook) => T): T {
  return useStore(useModel().look, ({ value }) => selector(value));
}

/** What the data that is chosen does not allow of `fit`, and what `fit` needs for it. */
export function useFitLimits(): IFitLimits {
  return useStore(useModel().fitLimits, ({ value }) => value);
}

/** What can be drawn and chosen. */
export function useCatalog<T>(selector: (catalog: CatalogIndex) => T): T {
  return useStore(useModel().catalog, ({ value }) => selector(value));
}

/** Where nodes are that have no position in the document. */
export function useLayout<T>(
  selector: (places: ReadonlyMap<string, Point>) => T
): T {
  return useStore(useModel().layout, ({ value }) => selector(value));
}

/**
 * A value of one part, kept up to date.
 *
 * @param selector - Reads the value. While the part has not changed it must return the same value (`===`), so it
 *   reads and does not build; build with `useMemo` from what it returns.
 */
function useStore<S extends IStore, T>(store: S, selector: (store: S) => T): T {
  const subscribe = React.useCallback(
    (notify: () => void) => {
      const views = viewsOfStores.get(store) ?? connected(store);
      views.add(notify);
      return () => views.delete(notify);
    },
    [store]
  );
  return React.useSyncExternalStore(subscribe, () => selector(store));
}

/** Whom to tell of a change. These are thousands, as each layer on the canvas has some. */
const viewsOfStores = new WeakMap<IStore, Set<() => void>>();

/** One connection for all: a signal goes through all of its connections whenever one comes or goes. */
function connected(store: IStore): Set<() => void> {
  const views = new Set<() => void>();
  viewsOfStores.set(store, views);
  store.changed.connect(() => views.forEach(notify => notify()));
  return views;
}
