"""What is to be predicted of samples, by its names: classes, numbers, and of which output."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from kerasviz.data.dataset import Data, Stream
from kerasviz.data.target import look_at
from kerasviz.insight.samples.sampleparts import targets_in


def target_names(data: Data | Stream) -> tuple[str, ...]:
    """What the only array of targets is called; empty where there are several."""
    name = data.target_name if isinstance(data, Stream) else data.y_name
    return (name,) if isinstance(targets_in(data), np.ndarray) else ()


def class_names(data: Data | Stream) -> tuple[str, ...]:
    """What the classes of the only array of targets are called, or their numbers as text; empty of others."""
    if data.class_names:
        return tuple(data.class_names)
    return _numbered(targets_in(data), data.classes)


def class_names_of_each(data: Data | Stream) -> dict[Any, tuple[str, ...]]:
    """The same of each of several arrays of targets, by its key in the data, or by position."""
    targets = targets_in(data)
    if not isinstance(targets, (dict, list)):
        return {}
    named: Mapping[Any, Sequence[str]] = (data.names_of_classes if isinstance(data, Data) else None) or {}
    each = targets.items() if isinstance(targets, dict) else enumerate(targets)
    return {key: tuple(named.get(key) or _numbered(array, None)) for key, array in each}


def _numbered(targets: Any, classes: int | None) -> tuple[str, ...]:
    known = look_at(targets, "") if isinstance(targets, np.ndarray) and targets.size else None
    count = classes or (None if known is None or known.several else known.classes) or 0
    return tuple(map(str, range(count)))


def label_of(target: Any, names: Sequence[str]) -> str | None:
    """What a target is for people: the class, the number; None where it is several.

    Args:
        target: Of one sample.
        names: Of the classes.
    """
    values = np.asarray(target)
    if values.dtype.kind not in "buif":
        return None
    one_hot = values.size > 1 and values.ndim == 1 and values.sum() == 1 and values.max() == 1
    if values.size != 1 and not one_hot:
        return None
    value = values.argmax() if one_hot else values.reshape(-1)[0]
    if isinstance(value, (np.integer, np.bool_)) or float(value).is_integer():
        number = int(value)
        return names[number] if 0 <= number < len(names) else str(number)
    return f"{float(value):.6g}"
