export { isWhole, type IAnalysis } from './analysis/analysis';
export { layerErrors } from './analysis/layererrors';
export * from './catalog/catalog';
export * from './catalog/catalogindex';
export * from './catalog/columnarguments';
export * from './document/kerasdocument';
export { modelIn, type ModelPath } from './document/nested';
export { stringify } from './document/floats';
export { parseCallValue, parseModel, parseValue } from './document/source';
export * from './edits/edittypes';
export { positionsOf } from './edits/positions';
export { silencedHints } from './edits/settings';
export * from './editormodel';
export type { DocumentKernel } from './session/documentkernel';
export type { DataLook, ILook } from './session/datalook';
export type { IPanelState } from './session/panel';
export type { IShownHints } from './insight/documenthints';
export type { IShownMoment, ShownMoment } from './insight/shownmoment';
export type { IShownStatistics } from './insight/shownstatistics';
export { type IInside, sampleAt } from './insight/insidestate';
export type { IPointedUnit } from './insight/pointedunit';
export type { IShownCalls, IShownStep } from './insight/insidecalls';
export type { IBesideResults } from './results/besideresults';
export type { ISlicedResults } from './results/slicedresults';
export type { IResults, ResultOrder, IResultCell } from './results/resultstate';
export type {
  DocumentEmbedding,
  EmbeddingQuestion,
  IDocumentEmbedding
} from './insight/documentembedding';
export type { DocumentWhy, IDocumentWhy } from './insight/documentwhy';
export type { DocumentExports } from './session/documentexports';
export type { DocumentRateTest } from './session/documentratetest';
export type { DocumentRun } from './session/documentrun';
export type {
  DocumentRuns,
  IComparison,
  RunChange
} from './session/documentruns';
export { isCrowd } from './session/shownruns';
export { originOf, roundedTo } from './session/weights';
export type { IStore } from './session/store';
export type { FixSubject } from './analysis/fixes';
export { parseNodeId, toSnakeCase, uniqueName } from './graph/layerjson';
export * from './graph/graph';
export { graphOf } from './graph/derive';
export * from './catalog/indextext';
export * from './isobject';
export * from './keras';
export * from './kernel/kernelclient';
export type { Question } from './kernel/question';
export { RECIPES } from './session/recipechoice';
export * from './session/kernellink';
export * from './protocol';
export * from './catalog/requireddefaults';
export * from './catalog/requiredvalues';
export * from './runs/drawnrun';
export * from './runs/runhistory';
export * from './runs/runlabel';
export * from './runs/runtracker';
export * from './edits/precision';
export * from './runs/addedlosses';
export * from './runs/outputparts';
export * from './runs/plan';
export * from './runs/sweep';
export * from './translation';
