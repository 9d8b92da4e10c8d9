"""Models for OpenVINO, which `make exports` installs: it takes 180 MB."""

import importlib.util
import json
import subprocess
import sys

import keras
import pytest
from exportedmodels import KINDS, mlp, vectorized_text

from kerasviz.config import ModelFileError
from kerasviz.storage import ExportError, load, save


class Patches(keras.layers.Layer):
    def call(self, inputs):
        return keras.ops.image.extract_patches(inputs, size=4)


pytestmark = pytest.mark.skipif(importlib.util.find_spec("openvino") is None, reason="make exports")


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "masked_lstm"])
def test_openvino_computes_what_keras_does(kind, tmp_path):
    said = save(KINDS[kind](), tmp_path / "m_openvino_model")
    assert "Checked: the outputs of OpenVINO are those of Keras" in said
    assert ("written out, step by step" in said) == (kind == "bidirectional")
    assert {file.name for file in (tmp_path / "m_openvino_model").iterdir()} == {"model.xml", "model.bin"}


def test_patches_of_a_vision_transformer_go_through_onnx(tmp_path):
    model = keras.Sequential([keras.Input((12, 12, 3)), Patches(), keras.layers.Dense(4)])
    said = save(model, tmp_path / "m_openvino_model")
    assert "Checked: the outputs of OpenVINO are those of Keras" in said
    assert {file.name for file in (tmp_path / "m_openvino_model").iterdir()} == {"model.xml", "model.bin"}


@pytest.mark.parametrize("kind", ["masked_lstm", "vectorized_text"])
def test_what_openvino_can_t_hold_is_not_written(kind, tmp_path):
    model = vectorized_text() if kind == "vectorized_text" else KINDS[kind]()
    with pytest.raises(ExportError, match="OpenVINO can't hold this model"):
        save(model, tmp_path / "m_openvino_model")
    assert list(tmp_path.iterdir()) == []


def test_a_folder_takes_the_place_of_its_like_alone(tmp_path):
    folder = tmp_path / "m_openvino_model"
    folder.mkdir()
    (folder / "mine.csv").write_text("1")
    with pytest.raises(FileExistsError, match="not a folder of OpenVINO"):
        save(mlp(), folder)
    (folder / "mine.csv").unlink()
    (folder / "model.xml").write_text("old")
    save(mlp(), folder)
    assert (folder / "model.xml").read_text().startswith("<?xml")
    with pytest.raises(ModelFileError, match="OpenVINO model"):
        load(folder)


def test_openvino_is_not_let_report_on_its_use(tmp_path):
    """In a process of its own, as the module that would report is imported once."""
    code = f"""
import json, sys
import keras, kerasviz
model = keras.Sequential([keras.Input((4,)), keras.layers.Dense(2)])
kerasviz.save(model, {str(tmp_path / "m_openvino_model")!r})
import openvino
print(json.dumps([name for name in sys.modules if name.startswith("openvino_telemetry")]))
import openvino_telemetry
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert json.loads(done.stdout.splitlines()[-1]) == []
