"""The messages between the editor and the kernel; `src/core/protocol.ts` is the other side.

Requests `{id, type, payload, version}` get one reply `{id, ok, payload | error}`. Events
`{event, seq, payload}` come unasked; `seq` counts by one in each session, so a gap shows.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any, Literal, NotRequired, TypedDict

from kerasviz.config.floats import unmarked
from kerasviz.protocol.text import Text

PROTOCOL_VERSION = 1

JSON = dict[str, Any]
Send = Callable[[JSON], None]
"""Carries one message to one view."""


class Fix(TypedDict):
    """A mend: its title for the button; further keys are for `apply_fix` alone."""

    title: str


class KerasError(TypedDict):
    """What went wrong, where, and Keras' own words."""

    code: str
    layer: str | None
    message: str
    detail: str | None
    fix: JSON | None


class Fixes(TypedDict):
    """Mends that Keras is content with: by node, and for each of the `errors` of the model one or None."""

    nodes: dict[str, JSON]
    errors: list[JSON | None]


class RequestError(Exception):
    """Ends a request with an error for people.

    Args:
        code: Machine-readable kind, e.g. `no_data`.
        message: A sentence a beginner understands, with the way out.
        layer: Name of the layer it is about.
        detail: Keras' own message.
    """

    def __init__(
        self, code: str, message: str, *, layer: str | None = None, detail: str | None = None
    ) -> None:
        super().__init__(message)
        self.error = KerasError(code=code, layer=layer, message=message, detail=detail, fix=None)


class Series(TypedDict):
    """Points of one curve; `y` is None where the value was not a finite number."""

    x: list[int]
    y: list[float | None]


class Curves(TypedDict):
    """Curves by metric name. Batch curves count `x` in batches, epoch curves in epochs from 1."""

    batch: dict[str, Series]
    epoch: dict[str, Series]


RunState = Literal[
    "waiting", "building", "training", "paused", "stopping", "finished", "stopped", "failed", "lost"
]


class RunStatus(TypedDict):
    """Where a run stands. Times are seconds."""

    run: str
    state: RunState
    model_name: str
    device: str
    epoch: int
    epochs: int
    step: int
    steps_per_epoch: int | None
    elapsed: float
    remaining: float | None
    error: KerasError | None
    notes: list[str]


class Backup(TypedDict):
    """A backup of a run whose kernel died, beside the document: `epoch` of `epochs` were finished."""

    file: str
    epoch: int
    epochs: int


class RunJSON(TypedDict):
    """A whole run, as `hello` and `history` give it."""

    status: RunStatus
    curves: Curves
    seq: NotRequired[int]


class Device(TypedDict):
    """A device: `name` as Keras names it (`gpu:0`), `label` for people (`NVIDIA H200`)."""

    name: str
    label: str


class NodeAnalysis(TypedDict):
    """What the analysis knows of one node (one call of a layer)."""

    shapes: list[list[int | None]]
    dtypes: list[str]
    params: int
    trainable: int
    macs: NotRequired[int | None]
    error: KerasError | None
    waiting: bool


class Totals(TypedDict):
    """Sums over the model; `bytes` is the memory of the weights."""

    layers: int
    params: int
    trainable: int
    bytes: int


class Dataset(TypedDict):
    """A data set that ships with a dependency; `shape` is that of one sample."""

    name: str
    label: str
    summary: str
    samples: int
    shape: list[int]
    classes: int | None
    loss: str
    metrics: list[str]


class RequestMessage(TypedDict):
    """A request as it came, after `parse_request` has looked at it."""

    id: str
    type: str
    payload: JSON
    version: int


def parse_request(message: object) -> RequestMessage:
    """Checks the frame of a request; the handlers check the payload.

    Args:
        message: What a page sent.

    Returns:
        The same message, with the floats that JavaScript can't write.

    Raises:
        RequestError: It is not a request of this protocol.
    """
    if not isinstance(message, dict):
        raise RequestError("bad_request", f"Expected a request, received: {type(message).__name__}.")
    if message.get("version") != PROTOCOL_VERSION:
        raise RequestError(
            "version",
            f"The page speaks version {message.get('version')!r} of kerasviz' protocol, the kernel "
            f"{PROTOCOL_VERSION}. Install the same kerasviz in both and reload the page.",
        )
    for key, kind in (("id", str), ("type", str), ("payload", dict)):
        if not isinstance(message.get(key), kind):
            raise RequestError(
                "bad_request", f"Expected {kind.__name__} in {key!r}, received: {message.get(key)!r:.80}."
            )
    return RequestMessage(
        id=message["id"], type=message["type"], payload=unmarked(message["payload"]), version=PROTOCOL_VERSION
    )


def finite(value: float) -> float | None:
    """The number, or None where JSON has no word for it (NaN, infinity)."""
    return value if math.isfinite(value) else None


def encode(value: Any) -> Any:
    """Plain JSON of a value: numbers that are not finite become None, tuples lists.

    Jupyter would send NaN as the string `"nan"`, which no reader expects; and half of a character, which
    JSON in a file may hold, would keep it from sending the message at all. A sentence becomes its text and
    its values, which the page translates.
    """
    if isinstance(value, Text):
        counted = {} if value.plural is None else {"plural": _whole(value.plural)}
        return {"text": _whole(value.template), "args": encode(dict(value.args)), **counted}
    if isinstance(value, str):
        return value if value.isascii() else _whole(value)
    if isinstance(value, float):
        return finite(value)
    if isinstance(value, dict):
        return {encode(key): encode(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [encode(item) for item in value]
    return value


def _whole(text: str) -> str:
    """The text with halves of characters replaced, as browsers do it."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
