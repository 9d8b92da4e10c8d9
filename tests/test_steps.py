"""A model that runs train and cells use: the compiled steps of both do not meet."""

from typing import Any

import keras
import numpy as np
import pytest
from conftest import few, layer
from test_training import plan, train

from kerasviz.models.keeper import Keeper

SAMPLES = np.random.default_rng(0).random((24, 4)).astype("float32")
TARGETS = {"mse": SAMPLES.sum(1), "sparse_categorical_crossentropy": np.arange(24) % 3}


def document(loss: str) -> dict[str, Any]:
    out = {"units": 1} if loss == "mse" else {"units": 3, "activation": "softmax"}
    layers = [layer("InputLayer", batch_shape=[None, 4], name="x"), layer("Dense", name="y", **out)]
    config = {"name": "net", "layers": layers}
    return {
        "module": "keras",
        "class_name": "Sequential",
        "config": config,
        "registered_name": None,
        "compile_config": {"optimizer": "sgd", "loss": loss, "metrics": []},
    }


@pytest.mark.parametrize("loss", few(TARGETS, 2))
def test_cells_and_runs_use_one_model_in_turn(loss, tmp_path):
    keeper, arrays = Keeper(tmp_path), {"x": SAMPLES, "y": TARGETS[loss]}
    own = plan(document(loss), data={"class_name": "arrays", "config": {"x": "x", "y": "y"}}, batch_size=8)
    for _ in range(2):
        assert train(keeper, own, dict(arrays)).state == "finished"
        keeper.model.fit(SAMPLES, TARGETS[loss], verbose=0)
        assert np.isfinite(keeper.model.evaluate(SAMPLES, TARGETS[loss], verbose=0))


def test_a_run_goes_on_with_its_steps_until_the_model_is_compiled_again(tmp_path):
    keeper, made = Keeper(tmp_path), []
    keeper.adopt(keras.Sequential([keras.Input((4,)), keras.layers.Dense(1)]), {})
    keeper.model.compile("sgd", "mse")
    for compile_again in (False, True, False):
        with keeper.training():
            keeper.model.fit(SAMPLES, TARGETS["mse"], validation_data=(SAMPLES, TARGETS["mse"]), verbose=0)
            made.append((keeper.model.train_function, keeper.model.test_function))
        assert keeper.model.train_function is keeper.model.test_function is None
        if compile_again:
            keeper.model.compile("sgd", "mae")
    assert made[0] == made[1]
    assert made[1][0] is not made[2][0]
    assert made[1][1] is not made[2][1]
