"""A small training before the first one, so that what every training does once is done when a run begins."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import keras
import numpy as np

from kerasviz.backend.hardware import has_accelerator
from kerasviz.models.keeper import Keeper
from kerasviz.training.fit import fit
from kerasviz.training.plan import read_plan
from kerasviz.training.run.run import Run


def rehearse(is_waited_for: Callable[[], bool]) -> None:
    """Trains a layer on a few numbers. On a GPU nothing is computed, as that takes memory from others.

    Args:
        is_waited_for: Whether there is a run: then this ends.

    Raises:
        Exception: Whatever keeps it from training.
    """
    import sklearn.datasets  # noqa: F401

    if is_waited_for() or has_accelerator():
        return
    document = {
        "module": "keras",
        "class_name": "Sequential",
        "config": {
            "name": "rehearsal",
            "layers": [
                _layer("InputLayer", batch_shape=[None, 4], name="in"),
                _layer("Dense", units=2, activation="softmax", name="out"),
            ],
        },
        "registered_name": None,
        "compile_config": {
            "optimizer": "adam",
            "loss": "sparse_categorical_crossentropy",
            "metrics": ["accuracy"],
        },
        "kerasviz": {
            "training": {
                "data": {"class_name": "arrays", "config": {"x": "x", "y": "y"}},
                "fit": {"epochs": 1, "batch_size": 4},
            }
        },
    }
    plan = read_plan(document, "fresh")
    run = Run(plan.model_name, plan.epochs)
    arrays = {"x": np.random.rand(16, 4), "y": np.arange(16) % 2}
    fit(plan, Keeper(Path.cwd()), run, arrays, lambda curves: _stop(run, is_waited_for), _leave, aside=True)
    keras.utils.clear_session(free_memory=False)  # names count from the beginning


def _stop(run: Run, is_waited_for: Callable[[], bool]) -> None:
    if is_waited_for():
        run.control.stop()


def _leave(job: Callable[[], None]) -> None:
    """Nothing of it is written."""


def _layer(kind: str, **config: object) -> dict[str, object]:
    return {"module": "keras.layers", "class_name": kind, "config": config, "registered_name": None}
