"""A training as plain data: a document, arrays and arguments of `fit`, so that a fault can be put into it."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any, Literal

import keras
import numpy as np

Goal = Literal["classes", "number", "labels", "picture", "other"]
"""What is to be predicted: one class, a number, several yes or no, the input itself, or something else."""


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
        weights: Those that it begins with, as `set_weights` takes them; None for new ones.
        judged_by: Samples that its score is measured on, where those for validation are no fair ones.
    """

    name: str
    domain: str
    goal: Goal
    document: dict[str, Any]
    x: Any
    y: Any
    validation: tuple[Any, Any] | None
    fit: dict[str, Any]
    weights: list[Any] | None = field(default=None, repr=False)
    judged_by: tuple[Any, Any] | None = None

    @property
    def is_plain(self) -> bool:
        """Whether inputs are one array, and targets another, so that most faults can be put into it."""
        return isinstance(self.x, np.ndarray) and isinstance(self.y, np.ndarray)

    @property
    def has_class_numbers(self) -> bool:
        """Whether each target is the number of a class."""
        return self.goal == "classes" and self.is_plain and self.y.ndim == 1

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
    in_order: bool = False,
    weights: list[Any] | None = None,
    plan: dict[str, Any] | None = None,
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
        in_order: Whether samples stay in their order, and the last ones are held out.
        weights: Those that it begins with.
        plan: What the document says of training, but for `fit`.
        **fit: More arguments of `fit`.
    """
    keras.backend.clear_session()
    keras.utils.set_random_seed(1)
    document = {**json.loads(build().to_json()), "kerasviz": {"training": plan or {}}}
    x, y = data
    samples = len(keras.tree.flatten(y)[0])
    order = np.arange(samples) if in_order else np.random.default_rng(0).permutation(samples)
    cut = samples - int(samples * validation)
    train, held = order[:cut], order[cut:]
    return Training(
        name,
        domain,
        goal,
        document,
        taken(x, train),
        taken(y, train),
        (taken(x, held), taken(y, held)) if len(held) else None,
        {"epochs": epochs, "batch_size": batch_size, **fit},
        weights,
    )


def taken(part: Any, samples: np.ndarray) -> Any:
    """Some samples of arrays, or of lists or dicts of such."""
    return keras.tree.map_structure(lambda array: array[samples], part)
