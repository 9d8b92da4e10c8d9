"""What the kernel tells of a drawing."""

from __future__ import annotations

from typing import Annotated, Literal, NotRequired, TypedDict

from kerasviz.protocol.errors import Fix, KerasError
from kerasviz.protocol.owned import JSON
from kerasviz.protocol.run import Series
from kerasviz.protocol.text import Sentence


class NodeAnalysis(TypedDict):
    """What the analysis knows of one node (one call of a layer)."""

    shapes: list[list[int | None]]
    """One shape for each output tensor; null is a dimension that is only known when data comes."""
    dtypes: list[str]
    """One dtype for each output tensor."""
    params: int
    """Parameters of the layer; 0 on calls after the first, so that sums are right."""
    trainable: int
    macs: NotRequired[int | None]
    """Multiply-adds of this call for one sample, or null where they are not known."""
    error: KerasError | None
    waiting: bool
    """True when an earlier node must be fixed, or an input connected, before this one can be computed."""


class Totals(TypedDict):
    """Sums over the model."""

    layers: int
    params: int
    trainable: int
    bytes: int
    """Memory of the weights."""


class AnalyzePayload(TypedDict):
    """A model, complete or as a change to an earlier one."""

    revision: int
    base: int | None
    """The revision that runs of layers are taken from, or null for a complete model."""
    model: str
    """Keras JSON, with `config.layers` left empty, and of its `kerasviz` key only the data to train on."""
    layers: list[str | tuple[int, int]]
    """Each is the JSON of a layer, or `[start, count]`, a run of layers taken over from revision `base`."""


class Update(TypedDict):
    """What changed since the revision that was analysed before. Fixes come by `fixes`."""

    nodes: dict[str, NodeAnalysis | None]
    """Node id to its analysis; only what changed; null where a node is gone."""
    totals: Totals
    errors: list[KerasError]
    """What is wrong with the model as a whole."""
    judging: bool
    """Whether `fixes` may find more `errors`: there losses, metrics and optimizers are tried, which takes a
    moment."""


class AnalyzeResult(Update):
    """The answer to `analyze`."""

    revision: int


class FixesPayload(TypedDict):
    """Asks for fixes of what was wrong with the revision that was analysed last."""

    revision: int


class Fixes(TypedDict):
    """Fixes that Keras is content with, and what took longer to find than shapes do."""

    nodes: dict[str, Annotated[JSON, Fix]]
    """By node."""
    errors: list[KerasError]
    """Everything that is wrong with the model as a whole, with its fixes."""


class FixesResult(Fixes):
    """The answer to `fixes`."""

    revision: int


class ApplyFixPayload(TypedDict):
    """Asks for a document with a fix."""

    document: str
    """Keras JSON."""
    fix: Fix


class QuestionPayload(TypedDict):
    """A question about a document as it stands."""

    document: str
    """Keras JSON."""


Recipe = Literal["fit", "batch", "tensorflow", "jax", "torch", "model", "serve"]
"""What code does: trains with `fit`, `train_on_batch`, a loop of a backend; only makes the model; or serves
the predictions of its ONNX file."""


class CodePayload(QuestionPayload):
    """Asks for the code of a document."""

    recipe: Recipe


class Code(TypedDict):
    """Keras code that trains a model, or only defines it, as `kerasviz.to_code` writes it."""

    code: str
    """The model's variable is the one that training sets."""
    replaces: Sentence | None
    """Which variables of the user's own the code would give another value."""
    needs_look: bool
    """Whether the code ends before the training, as nobody has looked at the table of the plan yet."""


class CostPayload(QuestionPayload):
    """Asks what training takes."""

    batch_size: int


class LayerCost(TypedDict):
    """What a layer takes and sees."""

    macs: int | None
    """Multiply-adds of all its calls for one sample, or null where they are not known."""
    receptive_field: list[int] | None
    """Sizes of the part of the input that one position of its output has seen, or null."""


class Memory(TypedDict):
    """Memory to train, in bytes."""

    weights: int
    activations: int
    """The output of every layer for one batch."""
    gradients: int
    optimizer: int
    total: int


class Capacity(TypedDict):
    """Free memory in bytes."""

    free: int
    gpu: str | None
    """The GPU that has it, or null for the machine."""


class Cost(TypedDict):
    """What training takes."""

    layers: dict[str, LayerCost]
    macs: int
    """Multiply-adds for one sample, of the layers where they are known."""
    memory: Memory
    capacity: Capacity | None
    """Null where nobody tells."""


class Diagram(TypedDict):
    """Keras' diagram: for a file, never for the page."""

    svg: str


class LearningRates(TypedDict):
    """The learning rates of a document's schedule."""

    rates: Series | None
    """`x` counts batches from 0; null where the learning rate is a number."""
    steps_per_epoch: int | None
    """Null where the plan and its data do not tell."""
    steps: int
    """The last batch that is drawn."""


class FitLimits(TypedDict):
    """What data does not allow of `fit`, as far as it is known before it is loaded."""

    unused: dict[str, Sentence]
    """Arguments that can't be used, with the reason."""
    needed: dict[str, Sentence]
    """Arguments that have to be set, with the reason."""
    split: Sentence | None
    """Why a split of the plan is not used; null where it is."""


class SummaryPayload(QuestionPayload):
    """Asks for Keras' summary of a subclassed model that is a layer."""

    layers: list[str]
    """The names that lead to it, from the outermost."""


class Summary(TypedDict):
    """The answer to `summary`."""

    summary: str | None
    """Null where the layer is no subclassed model."""
