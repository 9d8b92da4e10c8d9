"""Every training of the benchmark, and what came of it: kept, so that rules can be tried without training."""

from __future__ import annotations

import hashlib
import json
import signal
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import keras

import kerasviz
from benchmarks.hints.habits import habits
from benchmarks.hints.healthy import healthy
from benchmarks.hints.mutation import faulty
from benchmarks.hints.outside import outside, tutorials
from benchmarks.hints.programs.shelf import programs
from benchmarks.hints.score import score
from benchmarks.hints.training import Training
from kerasviz.insight.hints.runsituation import Situation
from kerasviz.protocol import RequestError, TrainStart

SECONDS = 90
"""Of processor time, for one training: a machine that has other work is slow, too."""
OUTSIDE = "outside"
"""The domain of programs that others published, and the fault of those that are faulty."""
PROGRAMS = "programs"
"""The domain of programs as other people write them."""


@dataclass(frozen=True)
class Case:
    """A training, and what is known to be wrong with it.

    Attributes:
        training: The training.
        causes: Codes of hints of which each names the cause; none where it is healthy.
        layer: The layer where the fault is; None where there is no such layer.
        fault: What was done; empty where it is healthy.
    """

    training: Training
    causes: tuple[str, ...] = ()
    layer: str | None = None
    fault: str = ""

    @property
    def name(self) -> str:
        """Tells it apart."""
        return self.training.name

    @property
    def half(self) -> str:
        """`train` and `seen` for those that rules are made by; the others are kept apart from them."""
        if self.training.domain == OUTSIDE:
            return OUTSIDE
        if self.training.domain == PROGRAMS:  # all that comes of one program is in one half
            return PROGRAMS if _is_odd(self.name.split("/")[0]) else "seen"
        return "test" if _is_odd(self.name) else "train"


@dataclass(frozen=True)
class Outcome:
    """What came of a case.

    Attributes:
        name: That of the case.
        half: That of the case.
        causes: Those of the case.
        layer: That of the case.
        fault: That of the case.
        situation: What rules are asked about; None where it was refused.
        refused: Code and layer of what was said before training.
        message: What was said.
        score: How good the model was in the end; see `score.py`. None where that can't be told.
    """

    name: str
    half: str
    causes: tuple[str, ...]
    layer: str | None
    fault: str
    situation: Situation | None = None
    refused: tuple[str, str | None] | None = None
    message: str = ""
    score: float | None = None


def cases() -> Iterator[Case]:
    """All cases: the healthy ones first."""
    sound = [*healthy(), *habits()]
    yield from map(Case, sound)
    for training, fault, layer in faulty(sound):
        yield Case(training, fault.causes, layer, fault.name)
    for training, causes in outside():
        yield Case(training, causes, None, OUTSIDE)
    yield from map(Case, tutorials())
    for program, made, fault in programs():
        causes, layer = program.faults.get(fault, ((), None))
        yield Case(made, causes, layer, fault)


def outcome(case: Case) -> Outcome:
    """Trains a case."""
    training = case.training
    about: dict[str, Any] = {
        "name": case.name,
        "half": case.half,
        "causes": case.causes,
        "layer": case.layer,
        "fault": case.fault,
    }
    keras.backend.clear_session()
    signal.signal(signal.SIGPROF, _too_long)
    signal.setitimer(signal.ITIMER_PROF, SECONDS)
    document = planned(training.document)
    begun = document if training.weights is None else with_weights(training)
    start: TrainStart = "fresh" if training.weights is None else "trained"
    try:
        run = kerasviz.run(begun, (training.x, training.y), training.validation, start=start, **training.fit)
    except RequestError as error:
        said = error.error
        return Outcome(**about, refused=(said["code"], said["layer"]), message=str(said["message"]))
    except TimeoutError:
        return Outcome(**about, message=f"took more than {SECONDS} seconds of the processor")
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
    return Outcome(**about, situation=run.situation, score=score(run.model, training))


def planned(document: dict[str, Any]) -> dict[str, Any]:
    """The document with the seed that all trainings have."""
    plan = document.get("kerasviz", {}).get("training", {})
    return {**document, "kerasviz": {"training": {"seed": 1, **plan}}}


def with_weights(training: Training) -> keras.Model:
    """The model of a training that goes on from weights."""
    model = keras.models.model_from_json(json.dumps(training.document))
    model.set_weights(training.weights)
    return model


def _is_odd(name: str) -> bool:
    return hashlib.sha256(name.encode()).digest()[0] % 2 == 1


def _too_long(number: int, frame: Any) -> None:
    raise TimeoutError
