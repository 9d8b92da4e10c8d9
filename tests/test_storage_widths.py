"""Widths that `adapt` learned are known from a file's words or weights when its model is built."""

import json
from pathlib import Path

import h5py
import keras
import numpy as np
import pytest
from conftest import BACKEND, computed, few, tensorflow_only

from kerasviz.analysis import Analyzer
from kerasviz.storage import load, read_config, save

FILES = sorted(
    path
    for path in (Path(__file__).parent / "fixtures" / "widths").iterdir()
    if path.suffix in (".keras", ".h5")
)


@pytest.fixture(params=FILES, ids=lambda path: path.name)
def path(request):
    return request.param


def assert_gives(model, path):
    with np.load(path.with_suffix(".npz"), allow_pickle=False) as arrays:
        inputs, right = arrays["x0"], arrays["y0"]
    if inputs.dtype.kind == "U" and BACKEND != "tensorflow":
        pytest.skip("about TensorFlow: it takes text as an input")
    given = keras.ops.convert_to_tensor(inputs.tolist()) if inputs.dtype.kind == "U" else inputs
    np.testing.assert_allclose(computed(model(given)), right, rtol=1e-4, atol=1e-4)


def test_a_learned_width_gives_the_same_numbers(path):
    assert_gives(load(path), path)


@pytest.mark.parametrize("end", few([".keras", ".h5"], 2))
def test_it_does_so_again_after_saving(path, end, tmp_path):
    save(load(path), tmp_path / f"m{end}")
    assert_gives(load(tmp_path / f"m{end}"), path)


def test_the_canvas_knows_it_too(path):
    update = Analyzer().update(read_config(path))
    assert not update["errors"]
    assert not [node["error"] for node in update["nodes"].values() if node["error"]]


@tensorflow_only("it takes text as an input")
@pytest.mark.parametrize("end", [".keras", ".h5"])
@pytest.mark.parametrize("mode", ["multi_hot", "count", "tf_idf"])
@pytest.mark.parametrize("padded", [False, True])
def test_words_of_today_come_back_padded_or_not(mode, padded, end, tmp_path):
    most = 9 if padded else None
    layer = keras.layers.TextVectorization(most, output_mode=mode, pad_to_max_tokens=padded)
    layer.adapt(["a b c", "b c"])
    inputs = keras.Input((1,), dtype="string")
    model = keras.Model(inputs, keras.layers.Dense(2)(layer(inputs)))
    asked = keras.ops.convert_to_tensor([["a c"], ["b z"]])
    save(model, tmp_path / f"m{end}")
    np.testing.assert_allclose(computed(load(tmp_path / f"m{end}")(asked)), computed(model(asked)), rtol=1e-6)


def entry(name):
    return {"class_name": "InputLayer", "config": {"name": name, "batch_input_shape": [None, None]}}


def fed(layer, *sources):
    nodes = [[[source, 0, 0, {}] for source in sources]] if sources else []
    return {**layer, "name": layer["config"]["name"], "inbound_nodes": nodes}


def graph(name, layers, output):
    config = {"name": name, "layers": layers, "output_layers": [[output, 0, 0]]}
    return {"class_name": "Functional", "config": {**config, "input_layers": [[layers[0]["name"], 0, 0]]}}


NORM = {
    "class_name": "Normalization",
    "config": {"name": "norm", "axis": [-1], "batch_input_shape": [None, None], "mean": None},
}
DENSE = {"class_name": "Dense", "config": {"name": "dense", "units": 2}}
OPEN = graph("prep", [fed(entry("a")), fed(NORM, "a")], "norm")
CHAIN = {"class_name": "Sequential", "config": {"name": "prep", "layers": [entry("a"), NORM]}}
ADAPTED = {
    "Functional": ("norm", graph("m", [fed(entry("x")), fed(NORM, "x"), fed(DENSE, "norm")], "dense")),
    "nested": ("prep", graph("m", [fed(entry("x")), fed(OPEN, "x"), fed(DENSE, "prep")], "dense")),
    "nested chain": ("prep", graph("m", [fed(entry("x")), fed(CHAIN, "x"), fed(DENSE, "prep")], "dense")),
    "in a chain": ("prep", {"class_name": "Sequential", "config": {"name": "m", "layers": [OPEN, DENSE]}}),
}


@pytest.mark.parametrize("case", ADAPTED)
@pytest.mark.parametrize("place", ["mean:0", "norm/mean:0"])
def test_the_width_of_an_open_input_is_that_of_the_mean_wherever_it_is(case, place, tmp_path):
    group, config = ADAPTED[case]
    rng = np.random.default_rng(0)
    mean, variance, kernel, x = rng.random(3), 1 + rng.random(3), rng.random((3, 2)), rng.random((5, 3))
    before = place.removesuffix("mean:0")
    arrays = {f"{before}mean:0": mean, f"{before}variance:0": variance, f"{before}count:0": np.int64(5)}
    dense = {"dense/kernel:0": kernel, "dense/bias:0": np.zeros(2)}
    with h5py.File(tmp_path / "m.h5", "w") as file:
        file.attrs.update(keras_version="2.15.0", backend="tensorflow", model_config=json.dumps(config))
        weights = file.create_group("model_weights")
        weights.attrs["layer_names"] = [b"x", group.encode(), b"dense"]
        for name, items in (("x", {}), (group, arrays), ("dense", dense)):
            here = weights.create_group(name)
            here.attrs["weight_names"] = [key.encode() for key in items]
            for key, value in items.items():
                here[key] = value.astype("float32") if value.dtype == float else value
    model = load(tmp_path / "m.h5")
    assert model.inputs[0].shape == (None, 3)
    right = (x - mean) / np.sqrt(variance) @ kernel
    np.testing.assert_allclose(computed(model(x.astype("float32"))), right, rtol=1e-4, atol=1e-4)
