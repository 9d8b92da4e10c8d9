"""A batch that takes too much memory: the largest one that does not is found by trying, and offered."""

from typing import Any

import keras
import numpy as np
import pytest
import tensorflow as tf
from conftest import BACKEND, few, layer, planned

from kerasviz.analysis import apply_fix
from kerasviz.models.keeper import Keeper
from kerasviz.protocol import RequestError
from kerasviz.training.batchthatfits import largest, took_too_much
from kerasviz.training.fit import fit
from kerasviz.training.plan import read_plan
from kerasviz.training.run.run import Run

FITS = 23


def has_numbers(x: Any) -> bool:
    """Whether a layer computes, and is not only asked for the shape of what it gives."""
    try:
        return keras.ops.convert_to_numpy(x) is not None
    except Exception:
        return False


@keras.saving.register_keras_serializable("memory_tests")
class Large(keras.layers.Layer):
    """Has memory for so many samples; raises what the backend does where they are more."""

    def call(self, x: Any) -> Any:
        if has_numbers(x) and x.shape[0] > FITS:
            words = "OOM when allocating tensor with shape[1,2]"
            if BACKEND == "jax":
                raise RuntimeError(f"RESOURCE_EXHAUSTED: {words}")
            if BACKEND == "torch":
                raise MemoryError(words)
            raise tf.errors.ResourceExhaustedError(None, None, words)
        return x


@pytest.fixture(autouse=True)
def registered():
    yield
    keras.saving.get_custom_objects().pop("memory_tests>Large", None)


def document(**fit_arguments: Any) -> dict[str, Any]:
    large = {
        "module": None,
        "class_name": "Large",
        "config": {"name": "large"},
        "registered_name": "memory_tests>Large",
    }
    layers = [
        layer("InputLayer", batch_shape=[None, 4], name="four"),
        large,
        layer("Dense", units=1, name="sum"),
    ]
    return planned(
        {
            "module": "keras",
            "class_name": "Sequential",
            "config": {"name": "net", "layers": layers},
            "registered_name": None,
            "compile_config": {"optimizer": "adam", "loss": "mse", "run_eagerly": True},
        },
        fit={"epochs": 1, "validation_split": 0, **fit_arguments},
        data={"class_name": "arrays", "config": {"x": "x", "y": "y"}},
    )


def train(keeper: Keeper, document: dict[str, Any], **more: Any) -> Run:
    keras.saving.get_custom_objects()["memory_tests>Large"] = Large
    plan = read_plan(document)
    run = Run(plan.model_name, plan.epochs)
    namespace = {"x": np.ones((96, 4), "float32"), "y": np.ones((96, 1), "float32"), **more}
    run.end(fit(plan, keeper, run, namespace, lambda curves: None, lambda job: job()))
    return run


def test_the_largest_batch_that_fits_is_offered_and_trains(tmp_path):
    keeper = Keeper(tmp_path)
    train(keeper, document(batch_size=8))
    before = [array.tolist() for array in keeper.model.get_weights()]
    with pytest.raises(RequestError) as caught:
        train(keeper, document(batch_size=64))
    error = caught.value.error
    assert error["code"] == "memory"
    assert error["message"] == f"A batch of 64 samples does not fit into memory; {FITS - 1} samples do."
    assert "OOM when allocating" in (error["detail"] or "")
    assert [array.tolist() for array in keeper.model.get_weights()] == before
    fixed = apply_fix(document(batch_size=64), error["fix"] or {})
    assert fixed["kerasviz"]["training"]["fit"] == {
        "epochs": 1,
        "validation_split": 0,
        "batch_size": FITS - 1,
    }
    assert train(keeper, fixed).state == "finished"


@pytest.mark.parametrize(
    ("size", "room", "found"), [(64, 23, 22), (64, 63, 60), (64, 1, 1), (3, 0, 0), (1, 0, 0)]
)
def test_few_tries_come_close(size, room, found):
    tried: list[int] = []

    def fits(some: int) -> bool:
        tried.append(some)
        return some <= room

    assert largest(size, fits, Run("net", 1)) == found
    assert len(tried) <= 10


def test_a_stop_ends_the_tries():
    run = Run("net", 1)
    run.control.stop()
    largest(2**40, lambda size: pytest.fail("tried"), run)


def test_what_is_about_memory_is_known_in_each_backend():
    class OutOfMemoryError(RuntimeError):
        """As PyTorch's."""

    class XlaRuntimeError(RuntimeError):
        """As JAX's."""

    assert took_too_much(MemoryError())
    assert took_too_much(tf.errors.ResourceExhaustedError(None, None, "x"))
    assert took_too_much(OutOfMemoryError("CUDA out of memory."))
    assert took_too_much(XlaRuntimeError("RESOURCE_EXHAUSTED: Out of memory"))
    assert not took_too_much(XlaRuntimeError("INVALID_ARGUMENT: x"))
    assert not took_too_much(ValueError("memory"))


@pytest.mark.parametrize("kind", few(["generator", "pipeline"], 2))
def test_of_a_stream_it_is_told_how_many_samples_of_a_batch_fit(tmp_path, kind):
    drawn = document(steps_per_epoch=2)
    drawn["kerasviz"]["training"]["data"] = {"class_name": "batches", "config": {"batches": "rows"}}
    x, y = np.ones((96, 4), "float32"), np.ones((96, 1), "float32")
    rows = tf.data.Dataset.from_tensor_slices((x, y)).batch(48)
    if kind == "generator":
        rows = (batch for batch in [(x, y)] * 3)
    size = 48 if kind == "pipeline" else 96
    with pytest.raises(RequestError, match=f"batch of rows with {size} samples does not fit") as error:
        train(Keeper(tmp_path), drawn, rows=rows)
    said = error.value.error["message"]
    assert FITS - 3 <= int(said.partition("memory; ")[2].split()[0]) <= FITS
    assert "where it is made" in said
