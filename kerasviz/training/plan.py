"""How a model is to be trained: plain data, read from its document."""

from __future__ import annotations

import keyword
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, TypeGuard, get_args

from kerasviz.config.addedlosses import may_add_loss
from kerasviz.config.parts import part_of
from kerasviz.config.training import FIT_DEFAULTS, training_of
from kerasviz.models.variablename import UNNAMED
from kerasviz.protocol import JSON, RequestError, TrainStart
from kerasviz.protocol.text import text

PLACE: Mapping[str, Any] = {"class_name": "thread", "config": {}}


@dataclass(frozen=True)
class Plan:
    """What a training is to do; a run is what comes of it.

    Attributes:
        document: Keras JSON of the model.
        start: Where weights start.
        data: A data source, `{"class_name", "config"}`.
        columns: What the columns of a table are for: `target`, `ignored`, `weight`; absent ones are proposed.
        preparation: Steps, each as `{"class_name", "config", "columns"}`; None where they are proposed.
        split: How validation and test parts are taken, `{"class_name", "config"}`; None as `fit` does it.
        fit: Arguments of `keras.Model.fit` that are plain values, with the defaults of kerasviz.
        callbacks: Callbacks, each as `{"class_name", "config"}`.
        seed: Makes a run repeatable; None where each draws its own numbers.
        place: Where it is executed, `{"class_name", "config"}`.
        model_name: Name of the trained model among the user's variables.
    """

    document: JSON
    start: TrainStart
    data: JSON
    columns: JSON
    preparation: list[JSON] | None
    split: JSON | None
    fit: JSON
    callbacks: list[JSON]
    seed: int | None
    place: JSON
    model_name: str

    @property
    def epochs(self) -> int:
        """Epochs asked for."""
        return int(self.fit["epochs"])

    @property
    def validation_share(self) -> float:
        """Fraction of samples held out for validation."""
        if self.split is None:
            return float(self.fit["validation_split"])
        share = self.split["config"].get("validation", 0.2)
        return float(share) if _is_number(share) else 0.0

    @property
    def exclusive(self) -> bool | None:
        """Whether it needs its device alone; None where that depends on the device."""
        chosen = part_of(self.place, "config").get("exclusive")
        return chosen if isinstance(chosen, bool) else None

    @property
    def distribution(self) -> tuple[Any, Any, Any]:
        """The devices that it trains on and how a model is divided, as `placement_of` takes them."""
        config = part_of(self.place, "config")
        gpus = config.get("gpus")  # all that a cluster gives
        every = [f"gpu:{number}" for number in range(gpus)] if isinstance(gpus, int) and gpus > 1 else None
        return config.get("devices") or every, config.get("layout"), config.get("shards")

    def to_json(self) -> JSON:
        """Returns the plan as JSON, from which `plan_of` makes it again."""
        return asdict(self)


def read_plan(document: object, start: object = "trained", name: str = UNNAMED) -> Plan:
    """Reads the plan of a document; Keras, which is not asked here, checks the rest of it as the run begins.

    Args:
        document: Keras JSON; its plan may be of any version of kerasviz.
        start: Where weights start.
        name: Of the trained model, where the document does not say it.

    Raises:
        RequestError: With code `no_data` or `no_loss` where one is missing, else `plan`.
    """
    training = training_of(document) if isinstance(document, dict) else {}
    return plan_of({"model_name": name, **training, "document": document, "start": start})


def model_name_of(document: object, name: str) -> str:
    """The variable that a plan gives the trained model to: that of the document, else `name`."""
    training = training_of(document) if isinstance(document, dict) else {}
    said = training.get("model_name")
    return said if _is_name(said) else name


def plan_of(value: Mapping[str, Any]) -> Plan:
    """Checks a plan.

    Args:
        value: The attributes of a `Plan` by name; those with a default may be absent. More is left aside.

    Raises:
        RequestError: As `read_plan` does.
    """
    document, start = value.get("document"), value.get("start")
    if not isinstance(document, dict):
        raise _refused(text("Expected a document, received: {kind}.", kind=type(document).__name__))
    if not _is_start(start):
        known = ", ".join(get_args(TrainStart))
        raise _refused(
            text("Expected weights to start {known}, received: {start}.", known=known, start=repr(start))
        )
    data = value.get("data")
    if data is None:
        raise RequestError("no_data", text("No data is selected. Choose it on the Train tab."))
    if not _has_loss(part_of(document, "compile_config").get("loss")) and not may_add_loss(document):
        raise RequestError("no_loss", text("No loss is selected. Choose one on the Train tab."))
    split, steps = value.get("split"), value.get("preparation")
    return Plan(
        document=document,
        start=start,
        data=_chosen("data", data),
        columns=dict(part_of(value, "columns")),
        preparation=None if steps is None else _all_chosen("preparation", steps),
        split=None if split is None else _chosen("split", split),
        fit=_fit(value.get("fit")),
        callbacks=_all_chosen("callbacks", value.get("callbacks") or []),
        seed=_seed(value.get("seed")),
        place=_chosen("place", value.get("place") or PLACE),
        model_name=_name(value.get("model_name", UNNAMED)),
    )


def _has_loss(loss: Any) -> bool:
    """Whether there is one for an output at least; `hasLoss` of `src/core/runs/plan.ts` does the same."""
    if isinstance(loss, Mapping) and "class_name" not in loss:
        loss = list(loss.values())
    return any(map(_has_loss, loss)) if isinstance(loss, list) else bool(loss)


def _all_chosen(part: str, values: Any) -> list[JSON]:
    if not isinstance(values, list):
        raise _refused(text("Expected a list in {part}, received: {value}.", part=part, value=_short(values)))
    return [_chosen(part, value) for value in values]


def _chosen(part: str, value: Any) -> JSON:
    """Takes an object of the catalogue: a class name and its arguments."""
    config = value.get("config", {}) if isinstance(value, Mapping) else None
    if not isinstance(config, dict) or not isinstance(value.get("class_name"), str):
        raise _refused(
            text(
                "Expected a class name and its config in {part}, received: {value}.",
                part=part,
                value=_short(value),
            )
        )
    return {**value, "config": config}


def _fit(value: Any) -> JSON:
    if value is not None and not isinstance(value, Mapping):
        raise _refused(text("Expected the arguments of fit by name, received: {value}.", value=_short(value)))
    fit = {**FIT_DEFAULTS, **(value or {})}
    if not _is_whole(fit["epochs"]) or not 1 <= fit["epochs"] <= 10**9:
        raise _refused(text("Expected at least 1 epoch, received: {value}.", value=_short(fit["epochs"])))
    size = fit["batch_size"]
    if size is not None and (not _is_whole(size) or not 1 <= size <= 10**9):
        raise _refused(text("Expected a batch size of at least 1, received: {value}.", value=_short(size)))
    for name in ("steps_per_epoch", "validation_steps", "validation_freq", "validation_batch_size"):
        count = fit.get(name)
        if count is not None and not all(map(_is_count, count if isinstance(count, list) else [count])):
            raise _refused(
                text(
                    "{argument} must be a whole number above 0, not {value}.",
                    argument=name,
                    value=_short(count),
                )
            )
    first = fit.get("initial_epoch") or 0
    if not _is_whole(first) or not 0 <= first < fit["epochs"]:
        raise _refused(
            text(
                "{argument} must be a whole number from 0 to below the number of epochs ({epochs}), not "
                "{value}.",
                argument="initial_epoch",
                epochs=_short(fit["epochs"]),
                value=_short(first),
            )
        )
    split = fit["validation_split"]
    if not _is_number(split) or not 0 <= split < 1:
        raise _refused(
            text("Expected a validation split from 0 to below 1, received: {value}.", value=_short(split))
        )
    return {**fit, "epochs": int(fit["epochs"]), "batch_size": None if size is None else int(size)}


def _seed(value: Any) -> int | None:
    if value is not None and (not _is_whole(value) or not 0 <= value < 2**32):
        raise _refused(
            text("Expected a seed from 0 to {last}, received: {value}.", last=2**32 - 1, value=_short(value))
        )
    return None if value is None else int(value)


def _name(value: Any) -> str:
    if not _is_name(value):
        raise _refused(text("Expected a Python name for the model, received: {value}.", value=_short(value)))
    return value


def _is_name(value: object) -> TypeGuard[str]:
    return isinstance(value, str) and value.isidentifier() and not keyword.iskeyword(value)


def _is_start(value: Any) -> TypeGuard[TrainStart]:
    return value in get_args(TrainStart)


def _is_number(value: Any) -> TypeGuard[int | float]:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def _is_whole(value: Any) -> TypeGuard[int | float]:
    return _is_number(value) and value == value // 1


def _is_count(value: Any) -> bool:
    return _is_whole(value) and value >= 1


def _short(value: Any) -> str:
    return repr(value)[:80]


def _refused(sentence: str) -> RequestError:
    return RequestError("plan", sentence)
