"""Files in the place of a model, each of which is told what it is and the way out; and texts of texts."""

import io
import json
import pickle
import struct
import zipfile
import zlib

import h5py
import keras
import pytest
import yaml

from kerasviz.config import ModelFileError
from kerasviz.storage import inspect_file, read_config


def zipped(*names):
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        for name in names:
            archive.writestr(name, "1")
    return data.getvalue()


NO_MODELS = {
    "lfs.h5": (b"version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 12\n", "git lfs pull"),
    "page.h5": (b"\n<!DOCTYPE html>\n<html><title>model.h5</title></html>", "web page"),
    "page.json": (b"\xef\xbb\xbf<HTML><body>404</body></HTML>", "web page"),
    "empty.keras": (b"", "The file is empty"),
    "blank.json": (b"\n \n", "The file is empty"),
    "model.tflite": (b"\x1c\0\0\0TFL3" + bytes(64), "LiteRT"),
    "model.pkl": (b"\x80\x04\x95\x0b\0\0", "pickle"),
    "protocol0.pkl": (pickle.dumps({"a": 1}, protocol=0), "pickle"),
    "protocol1.pkl": (pickle.dumps([1.5], protocol=1), "pickle"),
    "new.h5": (pickle.dumps({"a": 1}), "pickle"),
    "scaler.joblib": (zlib.compress(pickle.dumps([1])), "pickle"),
    "legacy.pt": (pickle.dumps(0x1950A86A20F9469CFC6C, protocol=2) + pickle.dumps(1001), "PyTorch"),
    "new.pth": (zipped("archive/data.pkl", "archive/data/0", "archive/version"), "PyTorch"),
    "torch.keras": (zipped("m/data.pkl"), "PyTorch"),
    "tf2onnx.onnx": (b"\x08\x08\x12\x07tf2onnx" + bytes(9), "ONNX"),
    "onnx.h5": (b"\x08\x0a:\x80\x01\x0a", "ONNX"),
    "odd.onnx": (b"\x12\x07pytorch", "ONNX"),
    "model.xml": (b'<?xml version="1.0"?><net name="m" version="11"/>', "OpenVINO"),
    "program.pt2": (zipped("m/archive_format", "m/data/weights/weight_0"), "PyTorch"),
    "odd.tflite": (b"\x1c\0\0\0", "LiteRT"),
    "frozen.pb": (b"\x0a\x0c\x0a\x01x", "graph of TensorFlow"),
    "model.safetensors": (struct.pack("<Q", 2) + b'{"a": {}}', "safetensors"),
    "group1-shard1of2.bin": (struct.pack("<4f", 1, 2, 3, 4), "Open the model.json"),
    "cp.ckpt.data-00000-of-00001": (struct.pack("<4f", 1, 2, 3, 4), "load the .index file"),
    "data.npz": (zipped("x.npy", "y.npy"), "arrays of NumPy"),
    "data.npy": (b"\x93NUMPY\x01\x00", "arrays of NumPy"),
    "models.zip": (zipped("out/model.h5", "readme.txt"), "open 'out/model.h5'"),
    "saved.zip": (zipped("saved/saved_model.pb"), "SavedModel"),
    "paper.docx": (zipped("[Content_Types].xml", "word/document.xml"), "Office"),
    "any.keras": (zipped("a.txt"), "without config.json"),
    "plot.png": (b"\x89PNG\r\n\x1a\n" + bytes(20), "an image"),
    "plot.jpg": (b"\xff\xd8\xff\xe0" + bytes(20), "an image"),
    "iris.csv": (b"a,b\n1,2\n", "a table"),
    "train.py": (b"import keras\n", "Python code"),
    "train.ipynb": (b'{"cells": [], "metadata": {}, "nbformat": 4}', "a notebook"),
    "model.tar.gz": (b"\x1f\x8b\x08\0" + bytes(20), "Unpack it"),
    "saved_model.pb": (b"\x08\x01\x12\xff", "SavedModel"),
    "graph.json": (
        json.dumps({"format": "graph-model", "modelTopology": {"node": []}}).encode(),
        "graph model",
    ),
    "unmarked.json": (b'{"modelTopology": {"node": [], "library": {}}}', "graph model"),
}
DENSE = {"name": "d", "units": 2, "trainable": True, "batch_input_shape": [None, 4]}
MODEL = {
    "class_name": "Sequential",
    "config": [{"class_name": "Dense", "config": DENSE}],
    "keras_version": "2.0.9",
}
WRITERS = {"json": json.dumps, "yaml": yaml.safe_dump}


@pytest.mark.parametrize("name", NO_MODELS)
def test_a_file_that_is_no_model_is_told_what_it_is(name, tmp_path):
    data, says = NO_MODELS[name]
    (tmp_path / name).write_bytes(data)
    with pytest.raises(ModelFileError, match=says) as error:
        read_config(tmp_path / name)
    assert error.value.file == name and "line 1" not in str(error.value)


def test_an_hdf5_file_of_anything_else_is_told_apart_from_weights(tmp_path):
    model = keras.Sequential([keras.Input((2,)), keras.layers.Dense(1)])
    model.save(tmp_path / "m.h5")
    model.save_weights(tmp_path / "m.weights.h5")
    with h5py.File(tmp_path / "table.h5", "w") as file:
        file["y_pred/block0_values"] = [[1.0, 2.0]]
    with h5py.File(tmp_path / "trials.h5", "w") as file, h5py.File(tmp_path / "m.h5") as inner:
        inner.copy(inner, file, "best")
    for name, says in {
        "table.h5": "no model and no weights of Keras",
        "trials.h5": "the group 'best'",
    }.items():
        for opened in (read_config, inspect_file):
            with pytest.raises(ModelFileError, match=says):
                opened(tmp_path / name)
    with pytest.raises(ModelFileError, match="contains only weights"):
        read_config(tmp_path / "m.weights.h5")
    assert inspect_file(tmp_path / "m.weights.h5").parameters == 3


def test_a_folder_of_tensorflow_is_told_apart_from_any_other(tmp_path):
    (tmp_path / "saved").mkdir()
    with pytest.raises(ModelFileError, match="Expected a file"):
        read_config(tmp_path / "saved")
    (tmp_path / "saved" / "saved_model.pb").write_bytes(b"\x08\x01")
    with pytest.raises(ModelFileError, match="SavedModel"):
        read_config(tmp_path / "saved")
    (tmp_path / "m_openvino_model").mkdir()
    (tmp_path / "m_openvino_model" / "model.xml").write_text("<net/>")
    with pytest.raises(ModelFileError, match="OpenVINO"):
        read_config(tmp_path / "m_openvino_model")


@pytest.mark.parametrize("outer", WRITERS)
@pytest.mark.parametrize("inner", WRITERS)
def test_a_text_inside_a_text_is_the_same_model(outer, inner, tmp_path):
    (tmp_path / "plain.json").write_text(json.dumps(MODEL))
    (tmp_path / "twice").write_text(WRITERS[outer](WRITERS[inner](MODEL)))
    assert read_config(tmp_path / "twice") == read_config(tmp_path / "plain.json")


def test_a_text_that_is_no_model_is_refused(tmp_path):
    (tmp_path / "words.yml").write_text('"a text\\ of words"')
    with pytest.raises(ModelFileError, match="Expected a Keras model"):
        read_config(tmp_path / "words.yml")


def test_a_list_that_tensorflow_wrapped_is_a_list(tmp_path):
    wrapper = "!!python/object/apply:tensorflow.python.training.tracking.data_structures.ListWrapper"
    lines = yaml.safe_dump(MODEL).replace("trainable: true", f"axis: {wrapper}\n      - [3]")
    (tmp_path / "m.yaml").write_text(lines)
    layer = read_config(tmp_path / "m.yaml")["config"]["layers"][-1]
    assert layer["config"]["axis"] == [3]


@pytest.mark.parametrize("made_of", ["[[3], [4]]", "{a: 1}", "text"])
def test_a_wrapper_of_anything_else_is_refused(made_of, tmp_path):
    wrapper = "!!python/object/apply:tensorflow.python.training.tracking.data_structures.ListWrapper"
    (tmp_path / "m.yaml").write_text(f"class_name: {wrapper} {made_of}\n")
    with pytest.raises(ModelFileError, match="only plain data"):
        read_config(tmp_path / "m.yaml")
