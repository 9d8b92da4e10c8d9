"""Files in the place of a model, each of which is told what it is and the way out; and texts of texts."""

import json

import pytest
import yaml

from kerasviz.config import ModelFileError
from kerasviz.storage import read_config

NO_MODELS = {
    "lfs.h5": (b"version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 12\n", "git lfs pull"),
    "page.h5": (b"\n<!DOCTYPE html>\n<html><title>model.h5</title></html>", "web page"),
    "page.json": (b"\xef\xbb\xbf<HTML><body>404</body></HTML>", "web page"),
    "empty.keras": (b"", "The file is empty"),
    "blank.json": (b"\n \n", "The file is empty"),
    "model.tflite": (b"\x1c\0\0\0TFL3" + bytes(64), "LiteRT"),
    "model.pkl": (b"\x80\x04\x95\x0b\0\0", "pickle"),
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


def test_a_folder_of_tensorflow_is_told_apart_from_any_other(tmp_path):
    (tmp_path / "saved").mkdir()
    with pytest.raises(ModelFileError, match="Expected a file"):
        read_config(tmp_path / "saved")
    (tmp_path / "saved" / "saved_model.pb").write_bytes(b"\x08\x01")
    with pytest.raises(ModelFileError, match="SavedModel"):
        read_config(tmp_path / "saved")


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
