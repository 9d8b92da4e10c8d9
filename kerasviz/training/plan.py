"""What the Train form asks for, checked before anything is built."""

from __future__ import annotations

import keyword
from dataclasses import dataclass
from typing import Any, TypeGuard

from kerasviz.config.parts import part_of
from kerasviz.protocol import JSON, RequestError


@dataclass(frozen=True)
class TrainForm:
    """The payload of a `train` request that was checked."""

    document: JSON
    data: JSON
    epochs: int
    batch_size: int
    validation_split: float
    model_name: str
    fresh: bool
    restore: bool


def read_form(payload: JSON) -> TrainForm:
    """Checks the payload of a `train` request.

    Raises:
        RequestError: With code `no_data` or `no_loss` where one is missing, else `bad_request`.
    """
    document = payload.get("document")
    if not isinstance(document, dict):
        raise RequestError("bad_request", f"Expected a document, received: {type(document).__name__}.")
    data = payload.get("data")
    if not isinstance(data, dict):
        raise RequestError(
            "no_data", "There is no data to train on. Choose a data set, or arrays of the kernel."
        )
    if not part_of(document, "compile_config").get("loss"):
        raise RequestError("no_loss", "There is no loss to make smaller. Choose one under Train.")
    name = payload.get("model_name")
    if not isinstance(name, str) or not name.isidentifier() or keyword.iskeyword(name):
        raise RequestError("bad_request", f"Expected a Python name for the model, received: {name!r}.")
    split = payload.get("validation_split")
    if not _is_number(split) or not 0 <= float(split) < 1:
        raise RequestError(
            "bad_request", f"Expected a validation split from 0 to below 1, received: {split!r}."
        )
    return TrainForm(
        document=document,
        data=data,
        epochs=_count(payload, "epochs"),
        batch_size=_count(payload, "batch_size"),
        validation_split=float(split),
        model_name=name,
        fresh=payload.get("fresh") is True,
        restore=payload.get("restore") is True,
    )


def _count(payload: JSON, key: str) -> int:
    value = payload.get(key)
    if not _is_number(value) or not 1 <= value <= 10**9 or value != int(value):
        raise RequestError("bad_request", f"Expected a whole number above 0 as {key}, received: {value!r}.")
    return int(value)


def _is_number(value: Any) -> TypeGuard[int | float]:
    return isinstance(value, (int, float)) and not isinstance(value, bool)
