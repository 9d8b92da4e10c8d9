"""A training as plain data: a document, arrays and arguments of `fit`, so that a fault can be put into it."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any, Literal

import keras
import numpy as np

Goal = Literal["classes", "number", "labels", "picture"]
"""What is to be predicted: one class, a number, several yes or no, or the input itself."""


@dataclass(frozen=True)
class Training:
    """One training.

    Attributes:
        name: Tells it apart.
        domain: Kind of data: `table`, `pictures`, `series`, `text`, `points`.
        goal: What is to be predicted.
        document: Keras JSON with its `compile_config`.
        x: Inputs.
        y: Targets.
        validation: Inputs and targets that training does not see; None where `fit` takes the last ones.
        fit: Arguments of `fit`.
        tags: What faults may ask for: `rows in order`, `deep`, ...
    """

    name: str
    domain: str
    goal: Goal
    document: dict[str, Any]
    x: Any
    y: Any
    validation: tuple[Any, Any] | None
    fit: dict[str, Any]
    tags: frozenset[str] = field(default_factory=frozenset)

    def layers(self) -> list[dict[str, Any]]:
        """The configs of its layers, in their order."""
        found: list[dict[str, Any]] = self.document["config"]["layers"]
        return found

    def compiled(self) -> dict[str, Any]:
        """Its `compile_config`."""
        found: dict[str, Any] = self.document["compile_config"]
        return found

    def changed(self, name: str, **parts: Any) -> Training:
        """A copy with something changed; its document may be written to."""
        document = parts.pop("document", None) or copy.deepcopy(self.document)
        return replace(self, name=f"{self.name}/{name}", document=document, **parts)


def training(
    name: str,
    domain: str,
    goal: Goal,
    build: Callable[[], keras.Model],
    data: tuple[Any, Any],
    *,
    validation: float = 0.2,
    epochs: int = 15,
    batch_size: int = 32,
    tags: frozenset[str] = frozenset(),
    **fit: Any,
) -> Training:
    """Makes a training whose samples were shuffled and then parted.

    Args:
        name: Tells it apart.
        domain: Kind of data.
        goal: What is to be predicted.
        build: Makes the compiled model.
        data: Inputs and targets.
        validation: Share of samples held out.
        epochs: As `fit` takes it.
        batch_size: As `fit` takes it.
        tags: What faults may ask for.
        **fit: More arguments of `fit`.
    """
    keras.backend.clear_session()
    keras.utils.set_random_seed(1)
    document = json.loads(build().to_json())
    x, y = data
    order = np.random.default_rng(0).permutation(len(y))
    cut = len(y) - int(len(y) * validation)
    train, held = order[:cut], order[cut:]
    return Training(
        name,
        domain,
        goal,
        document,
        x[train],
        y[train],
        (x[held], y[held]),
        {"epochs": epochs, "batch_size": batch_size, **fit},
        tags,
    )
