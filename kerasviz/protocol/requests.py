"""Every request with what it carries and what it is answered, and every event."""

from __future__ import annotations

from typing import Generic, TypedDict, TypeVar

from kerasviz.protocol.analysis import (
    AnalyzePayload,
    AnalyzeResult,
    ApplyFixPayload,
    Code,
    CodePayload,
    Cost,
    CostPayload,
    Diagram,
    FitLimits,
    FixesPayload,
    FixesResult,
    LearningRates,
    QuestionPayload,
    Summary,
    SummaryPayload,
)
from kerasviz.protocol.data import Arrays, ClassWeights, Models, OpenModelPayload
from kerasviz.protocol.devices import Devices
from kerasviz.protocol.embedding import Embedding, EmbeddingEvent, EmbeddingPayload
from kerasviz.protocol.files import (
    DocumentText,
    Formats,
    Loaded,
    LoadWeightsPayload,
    Saved,
    SavePayload,
    SavingEvent,
    SavingPayload,
    WeightOrigins,
    WeightsPayload,
)
from kerasviz.protocol.hello import (
    ArraysEvent,
    Asset,
    AssetPayload,
    CatalogEvent,
    Hello,
    HelloPayload,
    KerasEvent,
    SettingsEvent,
)
from kerasviz.protocol.hints import Hints, HintsPayload
from kerasviz.protocol.insight import (
    Probe,
    ProbedLayer,
    ProbeLayerPayload,
    ProbePayload,
    Sample,
    SamplePayload,
)
from kerasviz.protocol.owned import JSON, Catalog
from kerasviz.protocol.pictures import PictureCode, PictureCodePayload
from kerasviz.protocol.preparation import LaidOut
from kerasviz.protocol.preview import ColumnNames, Preview, PreviewEvent, PreviewPayload
from kerasviz.protocol.results import (
    AnyResult,
    EvaluatePayload,
    Evaluation,
    EvaluationEvent,
    ResultPayload,
)
from kerasviz.protocol.run import (
    AdjustableResult,
    BackupEvent,
    Begun,
    ControlPayload,
    RateTestEvent,
    RunEvent,
    RunPayload,
    RunSnapshot,
    SweepPayload,
    TrainPayload,
    WarmPayload,
)
from kerasviz.protocol.runs import (
    AllCurves,
    CurvesPayload,
    GoBackPayload,
    KeptEpochs,
    RunChangePayload,
    RunControlPayload,
    RunDifference,
    RunDocument,
    RunExport,
    RunExportPayload,
    RunId,
    RunPair,
    Runs,
    RunsEvent,
    RunsFolder,
)
from kerasviz.protocol.samplechange import SampleForm, SampleFormPayload
from kerasviz.protocol.statistics import StatisticsPayload, StatisticsResult
from kerasviz.protocol.why import Why, WhyEvent, WhyPayload

Payload = TypeVar("Payload")
Result = TypeVar("Result")


class Exchange(TypedDict, Generic[Payload, Result]):
    """The payload of a request, and that of its answer."""

    payload: Payload
    result: Result


class Requests(TypedDict):
    """Each request with what it carries and what it is answered."""

    hello: Exchange[HelloPayload, Hello]
    asset: Exchange[AssetPayload, Asset]
    catalog: Exchange[JSON, Catalog]
    analyze: Exchange[AnalyzePayload, AnalyzeResult]
    fixes: Exchange[FixesPayload, FixesResult]
    """Looks for fixes of what was wrong with the revision that was analysed last."""
    apply_fix: Exchange[ApplyFixPayload, DocumentText]
    code: Exchange[CodePayload, Code]
    cost: Exchange[CostPayload, Cost]
    diagram: Exchange[QuestionPayload, Diagram]
    class_weights: Exchange[QuestionPayload, ClassWeights]
    schedule: Exchange[QuestionPayload, LearningRates]
    devices: Exchange[JSON, Devices]
    """How much of the devices is in use now; a page asks as long as it shows them."""
    fit_limits: Exchange[QuestionPayload, FitLimits]
    summary: Exchange[SummaryPayload, Summary]
    train: Exchange[TrainPayload, Begun]
    warm_place: Exchange[WarmPayload, JSON]
    """A document is to be trained there: the next run begins at once."""
    sweep: Exchange[SweepPayload, JSON]
    """Tries the values that the document lists; its trials are told as runs."""
    end_sweep: Exchange[JSON, JSON]
    rate_test: Exchange[DocumentText, JSON]
    """Tries learning rates on a copy of the model; the event `rate_test` tells what comes of it."""
    end_rate_test: Exchange[JSON, JSON]
    history: Exchange[RunPayload, RunSnapshot]
    control: Exchange[ControlPayload, JSON]
    statistics: Exchange[StatisticsPayload, StatisticsResult]
    adjustable: Exchange[RunPayload, AdjustableResult]
    runs: Exchange[JSON, Runs]
    """Asked again at each event `runs`."""
    take_runs: Exchange[RunsFolder, Runs]
    """Lists the runs of other documents, too, for comparison, as long as the kernel lives."""
    leave_runs: Exchange[RunsFolder, Runs]
    run_control: Exchange[RunControlPayload, JSON]
    run_curves: Exchange[CurvesPayload, AllCurves]
    run_change: Exchange[RunChangePayload, Runs]
    run_difference: Exchange[RunPair, RunDifference]
    run_document: Exchange[RunId, RunDocument]
    run_export: Exchange[RunExportPayload, RunExport]
    run_code: Exchange[RunId, RunExport]
    """The script that trains what a run has trained."""
    kept_epochs: Exchange[RunId, KeptEpochs]
    go_back: Exchange[GoBackPayload, Loaded]
    undo_go_back: Exchange[JSON, JSON]
    arrays: Exchange[JSON, Arrays]
    models: Exchange[JSON, Models]
    open_model: Exchange[OpenModelPayload, DocumentText]
    preview: Exchange[PreviewPayload, Preview]
    """A look at the data that a document is to be trained on; refused as `overtaken` by a newer one."""
    columns: Exchange[PreviewPayload, ColumnNames]
    first_model: Exchange[QuestionPayload, LaidOut]
    prepare_in_model: Exchange[QuestionPayload, LaidOut]
    sample: Exchange[SamplePayload, Sample]
    """Chooses what is followed through the drawing; loads the data that the document names."""
    sample_form: Exchange[SampleFormPayload, SampleForm]
    probe: Exchange[ProbePayload, Probe]
    """Asked again after an edit, and now and then while it trains, by a page that shows it."""
    probe_layer: Exchange[ProbeLayerPayload, ProbedLayer]
    why: Exchange[WhyPayload, Why]
    """What of the sample counts for an answer; refused as `overtaken` by a newer one, or when ended."""
    end_why: Exchange[JSON, JSON]
    picture_code: Exchange[PictureCodePayload, PictureCode]
    embedding: Exchange[EmbeddingPayload, Embedding]
    """Samples as points; refused as `overtaken` by a newer one, or when ended."""
    end_embedding: Exchange[JSON, JSON]
    look_away: Exchange[JSON, JSON]
    """Frees the sample and the data, where no other page looks inside."""
    hints: Exchange[HintsPayload, Hints]
    """Asked again after an edit, when data was read, and with each epoch of a run."""
    evaluate: Exchange[EvaluatePayload, Evaluation]
    """Predicts a part of the data with the trained model; the event `evaluation` tells how far it is."""
    end_evaluation: Exchange[JSON, JSON]
    result: Exchange[ResultPayload, AnyResult]
    formats: Exchange[JSON, Formats]
    save: Exchange[SavePayload, Saved]
    """The event `saving` tells the steps of an export; refused as `stopped` when ended."""
    end_save: Exchange[SavingPayload, JSON]
    load_weights: Exchange[LoadWeightsPayload, Loaded]
    weights: Exchange[WeightsPayload, WeightOrigins]
    """Asked again after an edit, and when a run ends or weights were loaded."""


class Events(TypedDict):
    """Each event with what it carries."""

    run: RunEvent
    runs: RunsEvent
    rate_test: RateTestEvent
    backup: BackupEvent
    keras: KerasEvent
    catalog: CatalogEvent
    arrays: ArraysEvent
    embedding: EmbeddingEvent
    evaluation: EvaluationEvent
    preview: PreviewEvent
    saving: SavingEvent
    settings: SettingsEvent
    why: WhyEvent
