"""What a program is: a function that makes a model and its data, with a fault or without."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any

import keras
import numpy as np

from benchmarks.hints.training import Goal, Training, training

HEALTHY = ""
"""The fault of a program that has none."""


@dataclass
class Made:
    """What a program makes.

    Attributes:
        model: A compiled model.
        x: Inputs.
        y: Targets.
        goal: What is to be predicted.
        fit: Arguments of `training` and of `fit`.
        held: Samples for validation, where the program has its own.
        judged_by: Samples that its score is measured on, where those for validation are no fair ones.
    """

    model: keras.Model
    x: Any
    y: Any
    goal: Goal = "classes"
    fit: dict[str, Any] = field(default_factory=dict)
    held: Any = None
    judged_by: Any = None


@dataclass(frozen=True)
class Program:
    """A program.

    Attributes:
        name: Tells it apart.
        make: Makes it, with the fault of a name.
        faults: Of each fault the codes that name its cause, and the layer where it is; None where none is.
        sound: Whether the program without a fault is one of those that are judged.
    """

    name: str
    make: Callable[[str], Made]
    faults: dict[str, tuple[tuple[str, ...], str | None]]
    sound: bool

    def trainings(self) -> Iterator[tuple[Training, str]]:
        """The program without a fault, and with each."""
        for fault in (HEALTHY, *self.faults):
            keras.backend.clear_session()
            keras.utils.set_random_seed(1)
            made = self.make(fault)
            name = f"{self.name}/{fault}" if fault else self.name
            plan = {"validation": 0.2, "epochs": 15, **made.fit}
            found = training(
                name, "programs", made.goal, lambda made=made: made.model, (made.x, made.y), **plan
            )
            parts: dict[str, Any] = {}
            if made.held is not None:
                parts["validation"] = made.held
            if made.judged_by is not None:
                parts["judged_by"] = made.judged_by
            yield replace(found, **parts), fault


PROGRAMS: list[Program] = []


def program(*, sound: bool = True, **faults: str) -> Callable[[Callable[[str], Made]], Callable[[str], Made]]:
    """Notes a function as a program.

    Args:
        sound: Whether it is healthy without a fault, and judged as such.
        **faults: By their names, codes of hints of which each names the cause; `code code @layer`.
    """

    def note(make: Callable[[str], Made]) -> Callable[[str], Made]:
        known = {}
        for fault, causes in faults.items():
            codes, _, layer = causes.partition(" @")
            known[fault.replace("_", " ")] = (tuple(codes.split()), layer or None)
        PROGRAMS.append(Program(make.__name__.replace("_", "-"), make, known, sound))
        return make

    return note


def drawn(seed: int) -> np.random.Generator:
    """Random numbers."""
    return np.random.default_rng(seed)
