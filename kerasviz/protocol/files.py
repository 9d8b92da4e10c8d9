"""Documents, models and weights in files."""

from __future__ import annotations

from typing import Literal, TypedDict

from kerasviz.protocol.errors import KerasError
from kerasviz.protocol.text import Sentence


class DocumentText(TypedDict):
    """A document."""

    document: str
    """Keras JSON."""


class ModelFile(DocumentText):
    """What the server tells of a model file."""

    report: list[Sentence]
    """What was changed to bring the model up to date."""


class Format(TypedDict):
    """A format that models are saved in. `keeps` and `loses` are the rest of a sentence."""

    name: str
    """What people call it: `Keras`, `HDF5`, `TensorFlow SavedModel`, ..."""
    ends: list[str]
    """Ends of names that choose it, the usual one first; `''` for the SavedModel, which is a folder."""
    keeps: Sentence
    """What of the model is in the file."""
    loses: Sentence
    """What is not."""
    weights: bool
    """Whether the weights are in the file."""
    missing: Sentence | None
    """What the kernel lacks to write it, and how to get that; null where it lacks nothing."""


class Formats(TypedDict):
    """The formats that `save` writes, the one that suits most first."""

    formats: list[Format]


class SavePayload(DocumentText):
    """Saves the trained model, or a new one of the document, in the kernel's folder."""

    path: str
    """Its file extension chooses the format, see `formats`."""


class Saved(TypedDict):
    """A model that was saved: where, and what of it."""

    path: str
    bytes: int
    """Of all files together where it is a folder."""
    keeps: Sentence
    loses: Sentence
    notes: list[Sentence]
    """What was found out of a file for another program: how far its outputs are from those of Keras."""


class SavingPayload(TypedDict):
    """Names a model that is being saved."""

    path: str
    """As `save` was given it."""


class SavingEvent(SavingPayload):
    """An export, which takes a process of its own, has come to a step, or has ended."""

    step: Sentence | None
    """What is done now; null when it has ended."""
    saved: Saved | None
    """What the request is answered: a page that has come meanwhile did not ask."""
    error: KerasError | None
    """Why it has not been saved."""


WeightOrigin = Literal["trained", "file", "fresh"]
"""Where weights are from: the model in the kernel, which was trained, loaded or opened there; the file that
the document's weights start from, when it trains or is saved; or new random ones."""


class WeightsPayload(TypedDict):
    """Asks about the drawing as it stands: by what was analysed of it, or whole."""

    document: str | None
    """Keras JSON; null where `revision` names it."""
    revision: int | None
    """That of the last `analyze`. Else the answer is `superseded`, and the page sends the document."""
    file: str | None
    """The file that weights start from, beside a revision."""


class WeightOrigins(TypedDict):
    """The answer to `weights`: what a training would start from, and what would be saved."""

    layers: dict[str, WeightOrigin]
    """Each layer that has weights, by its name; inside a model with the names around it: `inner/dense`."""
    rounded: dict[str, str]
    """The layers, named alike, that can't hold the file's numbers as they are, and the dtype these become."""
    because: list[str]
    """The layers, named alike, whose change or removal gave layers fresh weights in place of trained ones."""
    sentence: Sentence | None
    """Which layers have fresh weights and why; null where none of the model or the file are lost."""


class LoadWeightsPayload(DocumentText):
    """Loads weights, into a model as it is drawn."""

    file: str
    """Name of a file beside the document."""


class Loaded(TypedDict):
    """Weights that were loaded."""

    note: Sentence
    """What was taken."""
