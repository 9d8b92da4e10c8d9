"""Widths that `adapt` learned are known from a file's words or weights when its model is built."""

from pathlib import Path

import keras
import numpy as np
import pytest

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
    given = keras.ops.convert_to_tensor(inputs.tolist()) if inputs.dtype.kind == "U" else inputs
    np.testing.assert_allclose(model(given), right, rtol=1e-4, atol=1e-4)


def test_a_learned_width_gives_the_same_numbers(path):
    assert_gives(load(path), path)


@pytest.mark.parametrize("end", [".keras", ".h5"])
def test_it_does_so_again_after_saving(path, end, tmp_path):
    save(load(path), tmp_path / f"m{end}")
    assert_gives(load(tmp_path / f"m{end}"), path)


def test_the_canvas_knows_it_too(path):
    update = Analyzer().update(read_config(path))
    assert not update["errors"]
    assert not [node["error"] for node in update["nodes"].values() if node["error"]]


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
    np.testing.assert_allclose(load(tmp_path / f"m{end}")(asked), model(asked), rtol=1e-6)
