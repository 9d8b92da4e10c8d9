"""What a page needs to begin."""

from __future__ import annotations

from typing import Literal, TypedDict

from kerasviz.protocol.errors import KerasError
from kerasviz.protocol.files import SavingEvent
from kerasviz.protocol.run import RateTest, RunJSON


class Device(TypedDict):
    """A device to train on."""

    name: str
    """As Keras names it, e.g. `cpu:0`, `gpu:0`."""
    label: str
    """For people: `NVIDIA H200`, `CPU`."""


class HelloPayload(TypedDict):
    """Says which document a page shows."""

    document: str
    """Its path; empty in a notebook. Where a page said another one before, the document was renamed."""


class Hello(TypedDict):
    """All that a new or reloaded page needs to know."""

    version: int
    """Of the protocol."""
    kerasviz: str
    keras: str
    backend: str
    catalog_hash: str
    """Empty until the kernel has imported Keras; the event `catalog` tells it then."""
    devices: list[Device]
    """Empty until the kernel has imported Keras; the event `keras` tells them then."""
    seq: int
    """The number of the last event that the snapshot holds."""
    model_name: str
    """Variable of the trained model, where the document does not say it."""
    run: RunJSON | None
    """The last run of this document, whole, or null."""
    rate_test: RateTest | None
    """The last range test of learning rates in this kernel, or null."""
    saving: list[SavingEvent]
    """Exports of the model that go on."""


class KerasEvent(TypedDict):
    """Keras, whose import begins with `hello` and takes seconds, is there, or can't be imported."""

    devices: list[Device]
    error: KerasError | None


class CatalogEvent(TypedDict):
    """The catalogue in the kernel is known, or changed (a custom layer was registered)."""

    hash: str


class ArraysEvent(TypedDict):
    """A cell made or replaced arrays, tables or batches: what is known of the data may be another."""

    count: int
    """How many of the user's variables are data."""


class SettingsEvent(TypedDict):
    """A cell registered or changed classes, or set what layers take as defaults: shapes may be others."""

    generation: int
    """Another number each time."""


class AssetPayload(TypedDict):
    """Asks for a file of kerasviz: in a notebook no page serves them."""

    name: Literal["plotly", "catalog"]


class Asset(TypedDict):
    """JavaScript, or the catalogue that ships with kerasviz."""

    source: str
