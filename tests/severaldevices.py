"""Trains on two devices that a CPU is divided into, and tells what came of it as JSON: run as a program."""

import copy
import json
import os
import sys
import tempfile
from pathlib import Path
from typing import Any

from kerasviz.backend.logicaldevices import prepare

prepare(2)

import keras  # noqa: E402
import numpy as np  # noqa: E402
from conftest import DIGITS, layer, planned  # noqa: E402
from sessionpage import SessionPage  # noqa: E402

import kerasviz  # noqa: E402
from kerasviz.execution.thread import DISK  # noqa: E402
from kerasviz.kernel.session import Session  # noqa: E402
from kerasviz.models.goingback import go_back, take_back  # noqa: E402
from kerasviz.models.keeper import Keeper  # noqa: E402
from kerasviz.protocol import Curves, RequestError  # noqa: E402
from kerasviz.training.backup import backupkeeper  # noqa: E402
from kerasviz.training.fit import fit  # noqa: E402
from kerasviz.training.plan import read_plan  # noqa: E402
from kerasviz.training.run.listing import KeptRuns  # noqa: E402
from kerasviz.training.run.recording import record  # noqa: E402
from kerasviz.training.run.run import Run  # noqa: E402

BOTH = ["cpu:0", "cpu:1"]
SAMPLES = np.random.default_rng(0).normal(size=(80, 6)).astype("float32")
CLASSES = np.random.default_rng(1).integers(0, 3, 80)
ON_TENSORFLOW = keras.backend.backend() == "tensorflow"


def document(devices: Any, *inner: dict[str, Any], **changes: Any) -> dict[str, Any]:
    """A small network that trains on some devices."""
    fit = {"epochs": 2, "batch_size": 16, **changes.pop("fit", {})}
    config = {"devices": devices, **changes.pop("place", {})}
    layers = [
        layer("InputLayer", batch_shape=[None, 6], name="in"),
        layer("Dense", units=8, activation="relu", name="hidden"),
        *inner,
        layer("Dense", units=3, activation="softmax", name="out"),
    ]
    compiled = {"optimizer": "adam", "loss": "sparse_categorical_crossentropy", "metrics": ["accuracy"]}
    return {
        "module": "keras",
        "class_name": "Sequential",
        "config": {"name": "net", "layers": layers},
        "registered_name": None,
        "compile_config": {**compiled, **changes.pop("compile", {})},
        "kerasviz": {
            "training": {
                "fit": fit,
                "seed": 5,
                "place": {"class_name": "thread", "config": config},
                "data": {"class_name": "arrays", "config": {"x": "x", "y": "y"}},
            }
        },
    }


def compared(*inner: dict[str, Any], data: Any = None, **changes: Any) -> dict[str, Any]:
    """The greatest difference between the curves of one device and of two, and what is said of it."""
    make = (lambda: (SAMPLES, CLASSES)) if data is None else data

    place = changes.pop("place", {})

    def trained(devices: Any, place: dict[str, Any]) -> Any:
        made = document(devices, *copy.deepcopy(inner), place=place, **copy.deepcopy(changes))
        return kerasviz.run(made, make())

    one, two = trained(None, {}), trained(BOTH, place)
    apart = [np.abs(np.subtract(values, two.history[name])).max() for name, values in one.history.items()]
    return {
        "state": two.state,
        "apart": float(max(apart)),
        "metrics": sorted(two.history),
        "notes": two.notes,
        "measured": len(two.statistics),
        "again": two.evaluate(SAMPLES[:7], CLASSES[:7])["loss"]
        - one.evaluate(SAMPLES[:7], CLASSES[:7])["loss"],
    }


def pipeline() -> Any:
    import tensorflow as tf

    return tf.data.Dataset.from_tensor_slices((SAMPLES, CLASSES)).batch(16)


class Kept:
    """A document that trains again and again."""

    def __init__(self) -> None:
        self.keeper = Keeper(Path(tempfile.mkdtemp()), "net.keras.json")
        self.names = {"x": SAMPLES, "y": CLASSES}

    def train(
        self, made: dict[str, Any], start: str = "trained", reached: Any = None, kept: bool = False
    ) -> dict[str, Any]:
        plan = read_plan(made, start)
        run = self.run = Run("net", plan.epochs)
        reach = run.reach

        def reach_and_tell(step: int) -> None:
            reach(step)
            if reached is not None:
                reached(run, step)

        run.reach = reach_and_tell  # type: ignore[method-assign]
        if kept:
            record(
                run, plan.to_json(), KeptRuns(self.keeper.folder, self.keeper.name), DISK.submit, lambda: None
            )

        def publish(curves: Curves | None) -> None:
            run.extend(curves or Curves(batch={}, epoch={}))

        try:
            state = fit(plan, self.keeper, run, self.names, publish, DISK.submit)
        except RequestError as error:
            return {"error": error.error["code"], "sentence": str(error), "fix": error.error["fix"]}
        run.end(state)
        publish(None)
        DISK.wait()
        return {"state": state, "where": self.where(), "steps": self.steps(), "device": run.device}

    def where(self) -> str:
        value = self.keeper.model.layers[0].kernel.value
        if ON_TENSORFLOW:
            return "mirrored" if hasattr(value, "values") else str(value.device).rpartition("/")[2].lower()
        return " ".join(sorted(f"{device.platform}:{device.id}" for device in value.sharding.device_set))

    def steps(self) -> int:
        if not ON_TENSORFLOW:
            self.keeper.model.jax_state_sync()  # while it trains, its variables have no values
        return int(keras.ops.convert_to_numpy(self.keeper.model.optimizer.iterations))


def same_losses() -> dict[str, Any]:
    return {
        "dense": compared(fit={"validation_split": 0.2}),
        "uneven": compared(data=lambda: (SAMPLES[:77], CLASSES[:77]), fit={"validation_split": 0.0}),
    }


def same_losses_of_more() -> dict[str, Any]:
    normalized = layer("BatchNormalization", name="norm")
    convolved = [
        layer("Reshape", target_shape=[4, 2], name="rows"),
        layer("Conv1D", filters=4, kernel_size=2, activation="relu", name="convolved"),
        layer("Flatten", name="flat"),
    ]
    found = {
        "normalized": compared(normalized, fit={"validation_split": 0.2}),
        "class weights in sets of batches": compared(
            fit={"class_weight": {"0": 2.0, "1": 1.0, "2": 0.5}, "validation_split": 0.2},
            compile={"steps_per_execution": 2},
        ),
        "generator": compared(
            data=lambda: ((SAMPLES[i : i + 16], CLASSES[i : i + 16]) for _ in "ab" for i in range(0, 80, 16)),
            fit={"steps_per_epoch": 5},
        ),
        "fewer than a batch": compared(
            data=lambda: (SAMPLES[:7], CLASSES[:7]), fit={"validation_split": 0.0}
        ),
        "dropout": compared(layer("Dropout", rate=0.5, name="drop"), fit={"validation_split": 0.2}),
        "convolved": compared(*convolved, fit={"validation_split": 0.2}),
    }
    if ON_TENSORFLOW:
        together = layer("BatchNormalization", name="norm", synchronized=True)
        found["normalized together"] = compared(together, fit={"validation_split": 0.2})
        found["pipeline"] = compared(data=pipeline)
    return found


def moved() -> dict[str, Any]:
    kept = Kept()
    edited = document(BOTH, layer("Dense", units=8, activation="relu", name="new"))
    found = {"nowhere": kept.train(document(None)), "both": kept.train(document(BOTH))}
    first = kept.keeper.model
    found["both again"] = kept.train(document(BOTH))
    found["stays"] = kept.keeper.model is first
    found["edited"] = kept.train(edited)
    found["fresh"] = kept.train(document(BOTH), "fresh")
    kept.keeper.save(document(BOTH), "net.keras")
    found["saved"] = keras.models.load_model(kept.keeper.folder / "net.keras").count_params()
    kept.keeper.load_weights(document(BOTH), "net.keras")
    found["loaded"] = kept.where()
    go_back(kept.keeper, document(BOTH), kept.keeper.folder / "net.keras")
    take_back(kept.keeper)
    found["gone back"] = kept.train(document(BOTH))
    found["one"] = kept.train(document(["cpu:1"]))
    found["nowhere again"] = kept.train(document(None))
    return found


def steered() -> dict[str, Any]:
    """A rate that is changed, a pause with a job in it, and a stop, all between batches."""
    ends = []
    for devices in (None, BOTH):
        kept, jobs = Kept(), []

        def reached(run: Run, step: int, kept: Kept = kept, jobs: list[int] = jobs) -> None:
            if step == 3:
                run.control.change("learning_rate", 0.1)
            if step == 6:
                run.control.pause()
                run.control.submit(lambda: (jobs.append(kept.steps()), run.control.resume()))  # type: ignore[func-returns-value]
            if step == 9:
                run.control.stop()

        made = document(devices, fit={"epochs": 1000, "validation_split": 0.2})
        found = kept.train(made, reached=reached)
        found["marks"] = [mark["sentence"] for mark in kept.run.marks]
        ends.append([jobs, found, [array.tolist() for array in kept.keeper.model.get_weights()]])
    (_, _, one), (jobs, found, two) = ends
    apart = max(float(np.abs(np.subtract(a, b)).max()) for a, b in zip(one, two, strict=True))
    return {**found, "jobs": jobs, "apart": apart}


def resumed() -> dict[str, Any]:
    """A run of one device whose kernel died, and that goes on with two."""
    backupkeeper.INTERVAL, backupkeeper.SHARE = 0.0, 0
    whole, cut = Kept(), Kept()

    def made(devices: Any, epochs: int) -> dict[str, Any]:
        return document(devices, fit={"epochs": epochs, "validation_split": 0.2})

    whole.train(made(None, 4))
    discard, backupkeeper.BackupKeeper.discard = backupkeeper.BackupKeeper.discard, lambda self: None
    cut.train(made(None, 2), kept=True)
    backupkeeper.BackupKeeper.discard = discard
    again = Kept()
    again.keeper = Keeper(cut.keeper.folder, cut.keeper.name)
    found = again.train(made(BOTH, 4), "backup", kept=True)
    pairs = zip(whole.keeper.model.get_weights(), again.keeper.model.get_weights(), strict=True)
    return {**found, "apart": max(float(np.abs(one - other).max()) for one, other in pairs)}


def refusals() -> dict[str, Any]:
    kept = Kept()
    places = {
        "missing": (["gpu:7"], {}, {}),
        "twice": (["cpu:0", "cpu:0"], {}, {}),
        "no names": ([3], {}, {}),
        "batch": (BOTH, {}, {"batch_size": 17}),
        "layout of one": (None, {"layout": {".*": ["model"]}}, {}),
    }
    layouts = {
        "axis": {".*kernel": ["rows"]},
        "nothing": {"kernel": ["model"]},
        "kind": ["kernel"],
        "values": {".*kernel": 3},
        "pattern": {"(": ["model"]},
        "unequal": {".*out/kernel": [None, "model"]},
    }
    places |= {name: (BOTH, {"layout": layout}, {}) for name, layout in layouts.items()}
    places["shards"] = (BOTH, {"layout": {".*kernel": ["model"]}, "shards": 3}, {})
    return {
        name: kept.train(document(devices, place=place, fit=fit))
        for name, (devices, place, fit) in places.items()
    }


@keras.saving.register_keras_serializable("several")
class Large(keras.layers.Layer):
    """Has memory for so many samples on each device; raises what the backend does where they are more."""

    def call(self, x: Any) -> Any:
        if x.shape[0] is not None and has_numbers(x) and x.shape[0] > 7:
            if not ON_TENSORFLOW:
                raise RuntimeError("RESOURCE_EXHAUSTED")
            import tensorflow as tf

            raise tf.errors.ResourceExhaustedError(None, None, "OOM")
        return x


def has_numbers(x: Any) -> bool:
    try:
        return keras.ops.convert_to_numpy(x) is not None
    except Exception:  # of a shape alone
        return False


def too_large() -> dict[str, Any]:
    large = {
        "module": None,
        "class_name": "Large",
        "config": {"name": "large"},
        "registered_name": "several>Large",
    }
    return Kept().train(document(BOTH, large, fit={"batch_size": 32}, compile={"run_eagerly": True}))


def looked_at() -> dict[str, Any]:
    """What a page asks about a model that lies on two devices; the errors, where there are some."""
    page = SessionPage(Session(Path(tempfile.mkdtemp()), "net.keras.json"))
    place = {"class_name": "thread", "config": {"devices": BOTH}}
    made = planned(copy.deepcopy(DIGITS), place=place)
    found = {"run": page.trained(made)["state"]}
    sample = {"class_name": "by_index", "config": {"index": 3, "part": "validation"}}
    questions: dict[str, dict[str, Any]] = {
        "sample": {"choice": sample},
        "probe": {"path": [], "nodes": ["hidden:0"]},
        "evaluate": {"part": "validation"},
        "why": {"method": {"class_name": "saliency", "config": {}}, "output": 0, "target": 1},
        "embedding": {"path": [], "node": "hidden:0", "part": "validation", "samples": 50, "method": None},
        "hints": {},
        "save": {"path": "net.keras"},
    }
    return found | {
        name: page.answer(name, document=made, **asked).get("code") for name, asked in questions.items()
    }


def divided() -> dict[str, Any]:
    layout = {".*hidden/kernel": [None, "model"], ".*hidden/bias": ["model"]}
    return {
        str(shards): compared(
            fit={"validation_split": 0.2}, place={"layout": layout, **({"shards": shards} if shards else {})}
        )
        for shards in (None, 1)
    }


if __name__ == "__main__":
    os.environ["KERASVIZ_QUEUE"] = tempfile.mkdtemp()
    kinds = {
        each.__name__: each
        for each in (
            same_losses,
            same_losses_of_more,
            moved,
            steered,
            resumed,
            too_large,
            looked_at,
            refusals,
            divided,
        )
    }
    answers = {name: kinds[name]() for name in sys.argv[2:]}
    Path(sys.argv[1]).write_text(json.dumps(answers))
