"""A run that was paused is, bit for bit, the one that never was."""

import random
from typing import Any

import numpy as np
import pytest
from conftest import few, layer, planned

from kerasviz.models.keeper import Keeper
from kerasviz.protocol import Curves
from kerasviz.training.fit import fit
from kerasviz.training.plan import read_plan
from kerasviz.training.run.run import Run

RNG = np.random.default_rng(0)
DATA = {"x": RNG.normal(size=(96, 6)).astype("float32"), "y": RNG.integers(0, 3, 96)}
MIDDLES = (
    [layer("Dropout", rate=0.4, name="drop")],
    [layer("BatchNormalization", name="norm"), layer("GaussianNoise", stddev=0.1, name="noise")],
    [
        layer("Dropout", rate=0.2, seed=4, name="drop"),
        layer("Dense", units=5, activation="relu", name="more"),
    ],
)
OPTIMIZERS = ("adam", "sgd", "rmsprop", "lion")
CALLBACKS = (
    [],
    [{"class_name": "KeepBest", "config": {}}],
    [{"class_name": "ReduceLROnPlateau", "config": {"monitor": "loss", "patience": 1, "min_delta": 9.0}}],
)
STEPS = ("go_on", "one_batch", "one_epoch")


def document(choose: random.Random) -> dict[str, Any]:
    """A network, and how it trains, drawn at random."""
    layers = [
        layer("InputLayer", batch_shape=[None, 6], name="six"),
        layer("Dense", units=8, activation="tanh", name="hidden"),
        *choose.choice(MIDDLES),
        layer("Dense", units=3, activation="softmax", name="three"),
    ]
    fit = {
        "epochs": 3,
        "batch_size": choose.choice((16, 24, 96)),
        "validation_split": choose.choice((0, 0.25)),
        "shuffle": choose.choice((True, False)),
    }
    callbacks = choose.choice(CALLBACKS if fit["validation_split"] else CALLBACKS[::2])
    return planned(
        {
            "module": "keras",
            "class_name": "Sequential",
            "config": {"name": "net", "layers": layers},
            "registered_name": None,
            "compile_config": {
                "optimizer": choose.choice(OPTIMIZERS),
                "loss": "sparse_categorical_crossentropy",
                "metrics": ["accuracy"],
                "steps_per_execution": choose.choice((1, 1, 2)),
                "run_eagerly": choose.choice((True, False, False)),
            },
        },
        fit=fit,
        data={"class_name": "arrays", "config": {"x": "x", "y": "y"}},
        callbacks=callbacks,
        seed=choose.randrange(1000),
    )


def train(folder: Any, document: dict[str, Any], pauses: set[int]) -> tuple[Any, Any, int]:
    """Trains; after each of some batches the run is paused, and goes on in a way of its own."""
    plan, keeper = read_plan(document, "fresh"), Keeper(folder)
    run, paused = Run(plan.model_name, plan.epochs), 0
    reach = run.reach

    def reached(step: int) -> None:
        reach(step)
        if step in pauses:
            run.control.pause()

    def heard(curves: Curves | None) -> None:
        nonlocal paused
        run.extend(curves or Curves(batch={}, epoch={}))
        if run.phase == "paused" and run.control.pausing:
            paused += 1
            way = STEPS[paused % len(STEPS)]
            if way == "go_on":
                run.control.resume()
            else:
                run.control.go_on_until("batch" if way == "one_batch" else "epoch")

    run.reach = reached  # type: ignore[method-assign]
    run.end(fit(plan, keeper, run, {**DATA}, heard, lambda job: job()))
    assert run.state == "finished"
    numbers = [array.tolist() for array in keeper.model.get_weights()]
    return numbers, run.history.to_json(), paused


@pytest.mark.parametrize("seed", few(range(2), 2))
def test_a_paused_run_is_the_one_that_never_was(seed, tmp_path):
    choose = random.Random(seed)
    drawn = document(choose)
    never, curves, none = train(tmp_path, drawn, set())
    paused, others, times = train(tmp_path, drawn, set(choose.sample(range(1, 12), 4)) | {2})
    assert none == 0 < times
    assert paused == never
    assert others == curves


@pytest.mark.thorough
@pytest.mark.parametrize("seed", range(2, 40))
def test_many_paused_runs_are_those_that_never_were(seed, tmp_path):
    test_a_paused_run_is_the_one_that_never_was(seed, tmp_path)
