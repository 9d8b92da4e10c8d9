"""What a cell sets in Keras holds for the models of the editor, too."""

import copy
import inspect
import json
import sys
import types

import keras
import numpy as np
import pytest
from conftest import Page, except_on, planned
from keras.src.backend.common import global_state

from kerasviz import analyze
from kerasviz.backend.cellsettings import SETTINGS, apply, settings
from kerasviz.backend.isolation import aside
from kerasviz.execution.worker import Worker
from kerasviz.models.building import build_model
from kerasviz.models.keeper import Keeper
from kerasviz.models.weightorigins import weight_origins

OTHERS = {"safe_mode_saving"}
"""Leave to run code of files is never ours; names, seeds and variables of models belong to their thread."""


@pytest.fixture(autouse=True)
def as_before():
    before, order = settings(), keras.config.image_data_format()
    yield
    apply(before)
    keras.config.set_image_data_format(order)


def test_a_job_is_done_while_another_thread_imports_keras(monkeypatch):
    half = types.ModuleType(global_state.__name__)
    monkeypatch.setitem(sys.modules, global_state.__name__, half)
    done = []
    worker = Worker("test")
    worker.submit(lambda: done.append(settings()))
    worker.wait()
    assert done == [{}]


def setters():
    for module in (keras.config, keras.distribution):
        for name, function in vars(module).items():
            if inspect.isfunction(function) and name.startswith(("set_", "enable_", "disable_")):
                yield name, function


def test_every_setting_of_a_thread_is_known():
    values = {
        "set_dtype_policy": "mixed_float16",
        "set_distribution": keras.distribution.DataParallel(devices=["cpu:0"]),
    }
    state = global_state.GLOBAL_STATE_TRACKER
    before = dict(vars(state))
    try:
        for name, function in setters():
            if name in values:
                function(values[name])
            elif not [p for p in inspect.signature(function).parameters.values() if p.default is p.empty]:
                function()
        keras.utils.set_random_seed(3)
        changed = {name for name, value in vars(state).items() if value is not before.get(name)}
        assert changed - OTHERS - {"global_seed_generator"} <= set(SETTINGS)
        assert {"dtype_policy", "distribution", "global_random_seed"} <= changed
    finally:
        for name in SETTINGS + tuple(OTHERS):
            global_state.set_global_attribute(name, before.get(name))


def test_a_worker_has_the_settings_of_the_cells_and_an_aside_those_of_its_caller():
    def computes_in():
        return keras.layers.Dense(1).compute_dtype

    seen = []
    worker, done = Worker("test"), []
    for policy in ("mixed_float16", "float32", "bfloat16"):
        keras.config.set_dtype_policy(policy)
        worker.submit(
            lambda: seen.append(
                (keras.config.dtype_policy().name, aside(lambda: keras.layers.Dense(1).compute_dtype))
            )
        )
        worker.submit(lambda: done.append(True))
        while not done:
            pass
        done.clear()
    assert seen == [("mixed_float16", "float16"), ("float32", "float32"), ("bfloat16", "bfloat16")]


def test_shapes_are_computed_anew_under_another_policy(digits):
    sizes = {}
    for policy in ("float32", "mixed_float16", "float64"):
        keras.config.set_dtype_policy(policy)
        sizes[policy] = analyze(digits).memory.weights
    assert sizes["float64"] == 2 * sizes["float32"] == 2 * sizes["mixed_float16"]


def test_a_policy_of_a_cell_is_that_of_what_trains(kernel, digits):
    page = Page(kernel)
    try:
        page.execute("import keras; keras.config.set_dtype_policy('mixed_float16'); _k = 'mine'")
        page.hello("policy.keras.json")
        assert page.ask("train", document=planned(digits, model_name="mixed"), start="fresh")["ok"]
        assert page.until("finished", "failed")["state"] == "finished"
        told = page.execute(
            "import numpy as np\n"
            "assert mixed.layers[0].compute_dtype == 'float16', mixed.layers[0].compute_dtype\n"
            "assert type(mixed.optimizer).__name__ == 'LossScaleOptimizer'\n"
            "assert mixed.predict(np.zeros((2, 64)), verbose=0).shape == (2, 10) and _k == 'mine'"
        )
        assert told["status"] == "ok", told
        page.execute("keras.config.set_dtype_policy('float32')")
        assert page.ask("train", document=planned(digits, model_name="plain"), start="fresh")["ok"]
        assert page.until("finished", "failed")["state"] == "finished"
        assert page.execute("assert plain.layers[0].compute_dtype == 'float32'")["status"] == "ok"
    finally:
        page.execute("keras.config.set_dtype_policy('float32')")
        page.close()


def test_a_distribution_of_a_cell_is_that_of_what_trains(kernel, digits):
    page = Page(kernel)
    try:
        page.execute(
            "import keras, numpy as np\n"
            "keras.distribution.set_distribution(keras.distribution.DataParallel(devices=['cpu:0']))"
        )
        page.hello("distributed.keras.json")
        assert page.ask("train", document=planned(digits, model_name="shared"), start="fresh")["ok"]
        status = page.until("finished", "failed")
        assert status["state"] == "finished", status["error"]
        told = page.execute("assert shared.predict(np.zeros((2, 64)), verbose=0).shape == (2, 10)")
        assert told["status"] == "ok", told
    finally:
        page.execute("keras.distribution.set_distribution(None)")
        page.close()


@except_on("jax", "has no float64 unless it is told at its start")
def test_a_model_of_other_settings_goes_on_as_the_cells_have_them_now(digits, tmp_path):
    keeper, first = Keeper(tmp_path), build_model(digits)
    keeper.adopt(first, digits)
    keras.config.set_dtype_policy("mixed_float16")
    notes = keeper.prepare(digits, fresh=False)
    mixed = keeper.model
    assert notes == ["Continuing from the current weights."] and mixed.layers[0].compute_dtype == "float16"
    assert all(map(np.array_equal, mixed.get_weights(), first.get_weights()))
    keras.config.set_image_data_format("channels_first")
    assert keeper.current(digits) is mixed  # no layer here has images
    keras.config.set_dtype_policy("float64")
    told = weight_origins(digits, keeper.known, tmp_path)
    assert set(told["layers"].values()) == {"fresh"}
    assert "because the kernel has another dtype policy now" in (told["sentence"] or "")
    assert keeper.prepare(digits, fresh=False) == [
        "All weights are new: no layer has the name, shapes and dtype of one with trained weights."
    ]
    assert keeper.model.layers[0].compute_dtype == "float64"


def test_floats_of_a_file_go_into_wider_ones_as_the_cards_say(digits, tmp_path):
    first = build_model(digits)
    first.save(tmp_path / "first.keras")
    document = {**digits, "kerasviz": {"version": 1, "weights": "first.keras"}}
    keras.config.set_dtype_policy("float64")
    assert set(weight_origins(document, None, tmp_path)["layers"].values()) == {"file"}
    keeper = Keeper(tmp_path)
    assert keeper.prepare(document, fresh=False) == ["Weights start from first.keras."]
    assert {weight.dtype for weight in keeper.model.weights} == {"float64"}
    assert all(map(np.array_equal, keeper.model.get_weights(), first.get_weights()))


def test_a_document_that_says_all_goes_on_with_its_model_under_any_settings(digits, tmp_path):
    made = keras.Sequential([keras.Input((8, 8, 1)), keras.layers.Conv2D(2, 3), keras.layers.Flatten()])
    keeper, said = Keeper(tmp_path), json.loads(made.to_json())
    keeper.adopt(made, said)
    keras.config.set_dtype_policy("mixed_float16")
    keras.config.set_image_data_format("channels_first")
    assert keeper.current(said) is made
    unsaid = copy.deepcopy(said)
    del unsaid["config"]["layers"][1]["config"]["data_format"]
    assert keeper.kept(unsaid) is None
