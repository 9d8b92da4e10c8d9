"""The values that a sweep tries: where they stand in a document, and which there are."""

from __future__ import annotations

import copy
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from kerasviz.config.fresh import fresh
from kerasviz.config.namedobject import named_object
from kerasviz.protocol import JSON, RequestError
from kerasviz.protocol.text import text

if TYPE_CHECKING:
    from optuna.distributions import BaseDistribution

Path = tuple[str, ...]


@dataclass(frozen=True)
class Range:
    """A value of the document that a sweep changes.

    Attributes:
        path: Where it stands, from the root of the document; a layer in `layers` has its name there.
        values: The values to try; None where any between two numbers may be.
        low: The smallest number.
        high: The largest number.
        log: Whether numbers are spread over powers of ten, as those of learning rates are.
        whole: Whether only whole numbers make sense.
    """

    path: Path
    values: tuple[Any, ...] | None = None
    low: float = 0.0
    high: float = 1.0
    log: bool = False
    whole: bool = False

    @property
    def name(self) -> str:
        """The path for people and plots: `hidden.units`, `optimizer.learning_rate`."""
        said = [part for part in self.path if part not in _UNSAID]
        return ".".join(said) or ".".join(self.path)

    def distribution(self) -> BaseDistribution:
        """What Optuna draws from. Values that are no numbers or texts are drawn by their index."""
        from optuna.distributions import CategoricalDistribution, FloatDistribution, IntDistribution

        if self.values is not None:
            return CategoricalDistribution(range(len(self.values)))
        if self.whole:
            return IntDistribution(int(self.low), int(self.high), log=self.log)
        return FloatDistribution(self.low, self.high, log=self.log)

    def value(self, drawn: Any) -> Any:
        """The value that stands for what Optuna drew."""
        return drawn if self.values is None else self.values[drawn]


_UNSAID = frozenset({"compile_config", "config", "layers", "kerasviz", "training"})


def read_ranges(written: object) -> tuple[Range, ...]:
    """Reads the ranges of a plan.

    Args:
        written: A list of `{"path", "values"}` or `{"path", "low", "high", "log", "whole"}`.

    Raises:
        RequestError: With code `plan`, where there are none, or one can't be tried.
    """
    if not isinstance(written, list) or not written:
        raise _refused(text("Nothing to try. Mark at least one value of the form as a range."))
    found = tuple(_range(one) for one in written)
    twice = next(
        (one for i, one in enumerate(found) if one.path in [other.path for other in found[:i]]), None
    )
    if twice is not None:
        raise _refused(text("{name} has two ranges. Remove one.", name=twice.name))
    return found


def with_values(document: JSON, values: Mapping[Path, Any]) -> JSON:
    """A document with other values.

    Shapes that layers were built for are left out, as they may be others.

    Args:
        document: Keras JSON; it is not changed.
        values: By the path of each.

    Raises:
        RequestError: With code `plan` and the layer, where a path leads nowhere.
    """
    changed: JSON = fresh(copy.deepcopy(document))
    for path in sorted(values, key=len):  # an object first, then what is inside it
        _set(changed, path, values[path])
    return changed


def _set(document: JSON, path: Path, value: Any) -> None:
    *way, last = path
    place: Any = document
    for step in way:
        place = _step(place, step, path)
    if isinstance(place, list) and last.isdecimal() and int(last) < len(place):
        place[int(last)] = value
    elif isinstance(place, dict):
        place[last] = value
    else:
        raise _lost(path)


def _step(place: Any, step: str, path: Path) -> Any:
    if isinstance(place, list):
        if step.isdecimal() and int(step) < len(place):
            return place[int(step)]
        named = [one for one in place if isinstance(one, dict) and _name(one) == step]
        if not named:
            raise _lost(path)
        return named[0]
    if not isinstance(place, dict):
        raise _lost(path)
    if isinstance(place.get(step), str):
        place[step] = named_object(step, place[step])
    return place.setdefault(step, {})


def _name(layer: Mapping[str, Any]) -> Any:
    config = layer.get("config")
    return config.get("name", layer.get("name")) if isinstance(config, dict) else layer.get("name")


def _range(one: Any) -> Range:
    path = one.get("path") if isinstance(one, Mapping) else None
    if not isinstance(path, list) or not path or not all(isinstance(step, str) for step in path):
        raise _refused(text("Expected ranges with a path, received: {value}.", value=f"{one!r:.80}"))
    values = one.get("values")
    if values is not None:
        if not isinstance(values, list) or len(values) < 2:
            raise _refused(text("{name} needs two values to try at least.", name=Range(tuple(path)).name))
        return Range(tuple(path), values=tuple(values))
    return _between(tuple(path), one)


def _between(path: Path, one: Mapping[str, Any]) -> Range:
    log, whole = one.get("log") is True, one.get("whole") is True
    low, high = _number(one.get("low")), _number(one.get("high"))
    name = Range(path).name
    if low is None or high is None or not low < high:
        raise _refused(text("{name} needs a smallest value that is below the largest one.", name=name))
    if log and low <= 0:
        raise _refused(
            text("{name} is spread over powers of ten, so its smallest value must be above 0.", name=name)
        )
    return Range(path, low=low, high=high, log=log, whole=whole)


def names_of(ranges: Sequence[Range]) -> list[str]:
    """A name for each range, longer where two would have the same."""
    names = [one.name for one in ranges]
    return [
        name if names.count(name) == 1 else "/".join(one.path)
        for one, name in zip(ranges, names, strict=True)
    ]


def _number(value: Any) -> float | None:
    is_number = isinstance(value, (int, float)) and not isinstance(value, bool) and math.isfinite(value)
    return float(value) if is_number else None


def _lost(path: Path) -> RequestError:
    return _refused(text("{name} is no longer in the drawing. Remove its range.", name=Range(path).name))


def _refused(sentence: str) -> RequestError:
    return RequestError("plan", sentence)
