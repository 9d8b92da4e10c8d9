"""Files of TF-Keras open, build and load, and give the numbers of its own layers."""

import json
import shutil
from pathlib import Path

import h5py
import keras
import numpy as np
import pytest
from conftest import computed, few

from kerasviz.analysis import Analyzer
from kerasviz.models.startweights import start_from_file
from kerasviz.models.weightorigins import specs_of
from kerasviz.storage import load, read_document, save
from kerasviz.storage.matching import fitting

FILES = Path(__file__).parent / "fixtures" / "tf_keras"
PATHS = sorted(path for path in FILES.iterdir() if path.suffix in (".h5", ".keras"))


def assert_opens(path, numbers):
    """On the canvas, built, loaded, saved, and layer by layer."""
    config, _ = read_document(path)
    update = Analyzer().update(config)
    assert not update["errors"]
    assert not [node for node, said in update["nodes"].items() if said["error"] or said["waiting"]]
    model = load(path)
    assert_gives(model, numbers)
    for end in (".keras", ".h5"):
        save(model, path.parent / f"again{end}")
        assert_gives(keras.models.load_model(path.parent / f"again{end}"), numbers)
    fresh = keras.models.model_from_json(model.to_json())
    specs = specs_of(fresh)
    assert fitting(path, specs) == dict.fromkeys(specs)
    assert start_from_file(fresh, path.name, path.parent).taken == specs.keys()
    assert_gives(fresh, numbers)


def assert_gives(model, numbers):
    with np.load(numbers, allow_pickle=False) as arrays:
        inputs = [arrays[name] for name in sorted(arrays.files) if name != "y0"]
        given = inputs if len(inputs) > 1 else inputs[0]
        np.testing.assert_allclose(computed(model(given, training=False)), arrays["y0"], rtol=1e-5, atol=1e-6)


@pytest.mark.parametrize("path", few(PATHS, 5), ids=lambda path: path.name)
def test_a_file_gives_the_numbers_of_its_own_keras(path, tmp_path):
    copy = Path(shutil.copy(path, tmp_path))
    assert_opens(copy, path.with_suffix(".npz"))


@pytest.mark.parametrize(
    "path", few((path for path in PATHS if "begins" in path.stem), 3), ids=lambda path: path.name
)
def test_a_chain_that_begins_with_a_model_needs_no_input_of_its_own(path, tmp_path):
    """As Keras 2.0 to 2.2 wrote them, without an InputLayer before the model."""
    copy = Path(shutil.copy(path, tmp_path))
    with h5py.File(copy, "r+") as file:
        config = json.loads(file.attrs["model_config"])
        without_inputs(config)
        file.attrs["model_config"] = json.dumps(config)
    assert_opens(copy, path.with_suffix(".npz"))


def without_inputs(model):
    layers = model["config"]["layers"]
    if model["class_name"] == "Sequential":
        model["config"].pop("build_input_shape", None)
        if layers[0]["class_name"] == "InputLayer" and layers[1]["class_name"] in (
            "Functional",
            "Sequential",
        ):
            layers.pop(0)
        for layer in layers:
            if "layers" in layer["config"]:
                without_inputs(layer)
