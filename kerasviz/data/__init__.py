"""What a model can be trained on: one module for each source."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from kerasviz.config.parts import part_of
from kerasviz.protocol import Dataset, RequestError


@dataclass(frozen=True)
class Data:
    """Samples and what is to be learned from them.

    Attributes:
        name: For people: `digits`, or the names of the arrays.
        x: Array `(samples, ...)`, or a list or dict of such arrays.
        y: Array `(samples, ...)`, or a list or dict of such arrays.
        classes: Number of classes where the data set tells it.
        notes: What was done to the data.
    """

    name: str
    x: Any
    y: Any
    classes: int | None = None
    notes: list[str] = field(default_factory=list)


def datasets() -> list[Dataset]:
    """Lists the data sets that ship with a dependency; nothing is loaded."""
    from kerasviz.data.sources.scikit_learn import DATASETS

    return list(DATASETS)


def load(source: dict[str, Any], namespace: dict[str, Any]) -> Data:
    """Loads what the Train form names.

    Args:
        source: `{"class_name": name, "config": {}}`; of `arrays`, the config has the names `x` and `y`.
        namespace: The user's variables.

    Raises:
        RequestError: With code `no_data`, when there is nothing of that name.
    """
    from kerasviz.data.sources import arrays, scikit_learn

    name, config = source.get("class_name"), part_of(source, "config")
    if name == "arrays":
        return arrays.load(config.get("x"), config.get("y"), namespace)
    if any(name == dataset["name"] for dataset in datasets()):
        return scikit_learn.load(str(name))
    known = ", ".join(dataset["name"] for dataset in datasets())
    raise RequestError("no_data", f"Expected data to train on: {known}, or arrays. Received: {name!r}.")
