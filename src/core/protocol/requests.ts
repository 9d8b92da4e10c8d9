// Written by `make protocol` from kerasviz/protocol; change it there.
/** Every request with what it carries and what it is answered, and every event. */

import type { JSONObject } from '@lumino/coreutils';
import type { ICatalog } from '../catalog/catalog';
import type { IAnalyzePayload, IAnalyzeResult, IApplyFixPayload, ICode, ICodePayload, ICost, ICostPayload, IDiagram, IFitLimits, IFixesPayload, IFixesResult, ILearningRates, IQuestionPayload, ISummary, ISummaryPayload } from './analysis';
import type { IArrays, IClassWeights, IModels, IOpenModelPayload } from './data';
import type { IDevices } from './devices';
import type { IEmbedding, IEmbeddingEvent, IEmbeddingPayload } from './embedding';
import type { IDocumentText, IFormats, ILoadWeightsPayload, ILoaded, ISavePayload, ISaved, ISavingEvent, ISavingPayload, IWeightOrigins, IWeightsPayload } from './files';
import type { IArraysEvent, IAsset, IAssetPayload, ICatalogEvent, IHello, IHelloPayload, IKerasEvent, ISettingsEvent } from './hello';
import type { IHints, IHintsPayload } from './hints';
import type { IProbe, IProbeLayerPayload, IProbePayload, IProbedLayer, ISample, ISamplePayload } from './insight';
import type { IPictureCode, IPictureCodePayload } from './pictures';
import type { ILaidOut } from './preparation';
import type { IColumnNames, IPreview, IPreviewEvent, IPreviewPayload } from './preview';
import type { ICSVFile, IClassCurves, IConfusion, IEvaluatePayload, IEvaluation, IEvaluationEvent, IGallery, IPerClass, IResiduals, IResultComparison, IResultPayload, ISlices } from './results';
import type { IAdjustableResult, IBackupEvent, IBegun, IControlPayload, IRateTestEvent, IRunEvent, IRunPayload, IRunSnapshot, ISweepPayload, ITrainPayload, IWarmPayload } from './run';
import type { IAllCurves, ICurvesPayload, IGoBackPayload, IKeptEpochs, IRunChangePayload, IRunControlPayload, IRunDifference, IRunDocument, IRunExport, IRunExportPayload, IRunId, IRunPair, IRuns, IRunsEvent, IRunsFolder } from './runs';
import type { ISampleForm, ISampleFormPayload } from './samplechange';
import type { IStatisticsPayload, IStatisticsResult } from './statistics';
import type { IWhy, IWhyEvent, IWhyPayload } from './why';

/** Each request with what it carries and what it is answered. */
export interface IRequests {
  hello: { payload: IHelloPayload; result: IHello };
  asset: { payload: IAssetPayload; result: IAsset };
  catalog: { payload: JSONObject; result: ICatalog };
  analyze: { payload: IAnalyzePayload; result: IAnalyzeResult };
  /** Looks for fixes of what was wrong with the revision that was analysed last. */
  fixes: { payload: IFixesPayload; result: IFixesResult };
  apply_fix: { payload: IApplyFixPayload; result: IDocumentText };
  code: { payload: ICodePayload; result: ICode };
  cost: { payload: ICostPayload; result: ICost };
  diagram: { payload: IQuestionPayload; result: IDiagram };
  class_weights: { payload: IQuestionPayload; result: IClassWeights };
  schedule: { payload: IQuestionPayload; result: ILearningRates };
  /** How much of the devices is in use now; a page asks as long as it shows them. */
  devices: { payload: JSONObject; result: IDevices };
  fit_limits: { payload: IQuestionPayload; result: IFitLimits };
  summary: { payload: ISummaryPayload; result: ISummary };
  train: { payload: ITrainPayload; result: IBegun };
  /** A document is to be trained there: the next run begins at once. */
  warm_place: { payload: IWarmPayload; result: JSONObject };
  /** Tries the values that the document lists; its trials are told as runs. */
  sweep: { payload: ISweepPayload; result: JSONObject };
  end_sweep: { payload: JSONObject; result: JSONObject };
  /** Tries learning rates on a copy of the model; the event `rate_test` tells what comes of it. */
  rate_test: { payload: IDocumentText; result: JSONObject };
  end_rate_test: { payload: JSONObject; result: JSONObject };
  history: { payload: IRunPayload; result: IRunSnapshot };
  control: { payload: IControlPayload; result: JSONObject };
  statistics: { payload: IStatisticsPayload; result: IStatisticsResult };
  adjustable: { payload: IRunPayload; result: IAdjustableResult };
  /** Asked again at each event `runs`. */
  runs: { payload: JSONObject; result: IRuns };
  /** Lists the runs of other documents, too, for comparison, as long as the kernel lives. */
  take_runs: { payload: IRunsFolder; result: IRuns };
  leave_runs: { payload: IRunsFolder; result: IRuns };
  run_control: { payload: IRunControlPayload; result: JSONObject };
  run_curves: { payload: ICurvesPayload; result: IAllCurves };
  run_change: { payload: IRunChangePayload; result: IRuns };
  run_difference: { payload: IRunPair; result: IRunDifference };
  run_document: { payload: IRunId; result: IRunDocument };
  run_export: { payload: IRunExportPayload; result: IRunExport };
  /** The script that trains what a run has trained. */
  run_code: { payload: IRunId; result: IRunExport };
  kept_epochs: { payload: IRunId; result: IKeptEpochs };
  go_back: { payload: IGoBackPayload; result: ILoaded };
  undo_go_back: { payload: JSONObject; result: JSONObject };
  arrays: { payload: JSONObject; result: IArrays };
  models: { payload: JSONObject; result: IModels };
  open_model: { payload: IOpenModelPayload; result: IDocumentText };
  /** A look at the data that a document is to be trained on; refused as `overtaken` by a newer one. */
  preview: { payload: IPreviewPayload; result: IPreview };
  columns: { payload: IPreviewPayload; result: IColumnNames };
  first_model: { payload: IQuestionPayload; result: ILaidOut };
  prepare_in_model: { payload: IQuestionPayload; result: ILaidOut };
  /** Chooses what is followed through the drawing; loads the data that the document names. */
  sample: { payload: ISamplePayload; result: ISample };
  sample_form: { payload: ISampleFormPayload; result: ISampleForm };
  /** Asked again after an edit, and now and then while it trains, by a page that shows it. */
  probe: { payload: IProbePayload; result: IProbe };
  probe_layer: { payload: IProbeLayerPayload; result: IProbedLayer };
  /** What of the sample counts for an answer; refused as `overtaken` by a newer one, or when ended. */
  why: { payload: IWhyPayload; result: IWhy };
  end_why: { payload: JSONObject; result: JSONObject };
  picture_code: { payload: IPictureCodePayload; result: IPictureCode };
  /** Samples as points; refused as `overtaken` by a newer one, or when ended. */
  embedding: { payload: IEmbeddingPayload; result: IEmbedding };
  end_embedding: { payload: JSONObject; result: JSONObject };
  /** Frees the sample and the data, where no other page looks inside. */
  look_away: { payload: JSONObject; result: JSONObject };
  /** Asked again after an edit, when data was read, and with each epoch of a run. */
  hints: { payload: IHintsPayload; result: IHints };
  /** Predicts a part of the data with the trained model; the event `evaluation` tells how far it is. */
  evaluate: { payload: IEvaluatePayload; result: IEvaluation };
  end_evaluation: { payload: JSONObject; result: JSONObject };
  result: { payload: IResultPayload; result: IConfusion | IPerClass | IGallery | IClassCurves | IResiduals | ISlices | IResultComparison | ICSVFile };
  formats: { payload: JSONObject; result: IFormats };
  /** The event `saving` tells the steps of an export; refused as `stopped` when ended. */
  save: { payload: ISavePayload; result: ISaved };
  end_save: { payload: ISavingPayload; result: JSONObject };
  load_weights: { payload: ILoadWeightsPayload; result: ILoaded };
  /** Asked again after an edit, and when a run ends or weights were loaded. */
  weights: { payload: IWeightsPayload; result: IWeightOrigins };
}

/** Each event with what it carries. */
export interface IEvents {
  run: IRunEvent;
  runs: IRunsEvent;
  rate_test: IRateTestEvent;
  backup: IBackupEvent;
  keras: IKerasEvent;
  catalog: ICatalogEvent;
  arrays: IArraysEvent;
  embedding: IEmbeddingEvent;
  evaluation: IEvaluationEvent;
  preview: IPreviewEvent;
  saving: ISavingEvent;
  settings: ISettingsEvent;
  why: IWhyEvent;
}
