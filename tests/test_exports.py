"""Models for other programs than Keras, run by their own runtimes."""

import json
import os
import subprocess
import sys
from urllib.error import HTTPError
from urllib.request import urlopen

import keras
import numpy as np
import onnxruntime
import pytest
from ai_edge_litert.interpreter import Interpreter
from conftest import BACKEND, PATIENCE, except_on, few, tensorflow_only
from exportedmodels import KINDS, by_names, in_lists, masked_lstm, mlp, vectorized_text

from kerasviz.__main__ import main
from kerasviz.backend.isolation import isolated
from kerasviz.codegen import to_code
from kerasviz.config import ModelFileError
from kerasviz.models.keeper import Keeper
from kerasviz.storage import ExportError, load, save
from kerasviz.storage.exports.comparing import Part, agree, largest_difference
from kerasviz.storage.exports.unrolled import unrolled

without_litert = pytest.mark.skipif(BACKEND != "tensorflow", reason="others need litert-torch, or have none")
without_saved_models = except_on("torch", "writes no SavedModel")
TEXT = ["vectorized_text"] if BACKEND == "tensorflow" else []
NOT_IN_ONNX = ("masked_lstm", "attention") if BACKEND == "torch" else ()
"""What PyTorch writes for sequences of one length alone, or not at all; it is said, and no file is kept."""


def in_onnx(path, inputs):
    session = onnxruntime.InferenceSession(path)
    return session.run(None, {given.name: inputs[given.name] for given in session.get_inputs()})


@pytest.mark.parametrize("kind", few([kind for kind in KINDS if kind not in NOT_IN_ONNX], 3))
def test_onnx_computes_what_keras_does(kind, tmp_path):
    model = KINDS[kind]()
    said = save(model, tmp_path / "m.onnx")
    assert said.endswith("(4 random samples).") and "outputs of ONNX Runtime are those of Keras" in said
    assert [file.name for file in tmp_path.iterdir()] == ["m.onnx"]


@without_litert
@pytest.mark.parametrize("kind", few([kind for kind in KINDS if kind != "mixed_precision"], 9))
def test_litert_computes_what_keras_does(kind, tmp_path):
    said = save(KINDS[kind](), tmp_path / "m.tflite")
    one = kind in ("masked_lstm", "bidirectional")
    assert ("It takes one sample at a time." in said) == one
    assert "Checked: the outputs of LiteRT are those of Keras" in said
    assert said.endswith("(4 random samples).")


@without_saved_models
@pytest.mark.parametrize("kind", few([*KINDS, *TEXT], 4))
def test_a_saved_model_computes_what_keras_does(kind, tmp_path):
    model = vectorized_text() if kind == "vectorized_text" else KINDS[kind]()
    assert "Checked: the outputs of TensorFlow are those of Keras" in save(model, tmp_path / "m")


def test_the_names_of_inputs_and_outputs_are_those_of_the_model(tmp_path):
    model = by_names()
    save(model, tmp_path / "m.onnx")
    inputs = {"b": np.ones((2, 5), "float32"), "a": np.zeros((2, 3), "float32")}
    session = onnxruntime.InferenceSession(tmp_path / "m.onnx")
    assert {each.name for each in session.get_outputs()} == {"y", "z"}
    for name, values in model.predict(inputs, verbose=0).items():
        np.testing.assert_allclose(session.run([name], inputs)[0], values, atol=1e-6)


def test_outputs_in_a_dict_are_called_by_its_keys(tmp_path):
    given = keras.Input((3,), name="a")
    heads = {
        "second": keras.layers.Dense(2, name="p")(given),
        "first": keras.layers.Dense(2, name="q")(given),
    }
    save(keras.Model(given, heads), tmp_path / "m.onnx")
    session = onnxruntime.InferenceSession(tmp_path / "m.onnx")
    assert {each.name for each in session.get_outputs()} == {"first", "second"}


def test_outputs_without_names_are_called_by_their_layers(tmp_path):
    save(in_lists(), tmp_path / "m.onnx")
    session = onnxruntime.InferenceSession(tmp_path / "m.onnx")
    assert [each.name for each in session.get_outputs()] == ["z", "y"]
    model = keras.Sequential([keras.Input((4,), name="pixels"), keras.layers.Dense(2, name="digit")])
    save(model, tmp_path / "m.onnx")
    session = onnxruntime.InferenceSession(tmp_path / "m.onnx")
    assert [each.name for each in (*session.get_inputs(), *session.get_outputs())] == ["pixels", "digit"]


@tensorflow_only("its ONNX and LiteRT hold a sequence of any length")
@pytest.mark.thorough
def test_a_sequence_may_have_another_length_than_those_that_were_checked(tmp_path):
    model = masked_lstm()
    save(model, tmp_path / "m.onnx")
    save(model, tmp_path / "m.tflite")
    tokens = np.array([[3, 4, 5, 0, 0]], "float32")
    (name,) = [each.name for each in onnxruntime.InferenceSession(tmp_path / "m.onnx").get_inputs()]
    expected = model.predict(tokens, verbose=0)
    np.testing.assert_allclose(in_onnx(tmp_path / "m.onnx", {name: tokens})[0], expected, atol=1e-6)
    runner = Interpreter(model_path=str(tmp_path / "m.tflite")).get_signature_runner()
    np.testing.assert_allclose(runner(**{name: tokens})["output_0"], expected, atol=1e-6)


@pytest.mark.parametrize("end", few([".onnx"] if BACKEND == "torch" else [".onnx", ".tflite", ""], 3))
def test_an_export_leaves_the_model_as_it_is(end, tmp_path):
    model = mlp()
    model.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
    x, y = np.random.default_rng(0).normal(size=(32, 4)), np.zeros(32)
    model.fit(x, y, verbose=0)
    config, compiled = model.get_config(), model.get_compile_config()
    weights, steps = model.get_weights(), int(model.optimizer.iterations)
    save(model, tmp_path / f"m{end}")
    assert model.get_config() == config and model.get_compile_config() == compiled
    assert all(np.array_equal(a, b) for a, b in zip(model.get_weights(), weights, strict=True))
    model.fit(x, y, verbose=0)
    assert int(model.optimizer.iterations) == steps + 1


@tensorflow_only("text as an input")
@pytest.mark.parametrize(
    ("end", "says"), few([(".onnx", "ONNX Runtime can't run"), (".tflite", "can't hold")], 2)
)
def test_what_a_format_can_t_hold_is_not_written(end, says, tmp_path):
    (tmp_path / f"m{end}").write_text("mine")
    with pytest.raises(ExportError, match=says) as refused:
        save(vectorized_text(), tmp_path / f"m{end}")
    assert "TensorFlow SavedModel" in str(refused.value) and "StaticRegexReplace" in refused.value.detail
    assert [file.name for file in tmp_path.iterdir()] == [f"m{end}"]
    assert (tmp_path / f"m{end}").read_text() == "mine"


@pytest.mark.parametrize(("steps", "is_possible"), [(7, True), (None, False), (1000, False)])
def test_recurrent_layers_are_written_out_only_where_they_take_few_steps(steps, is_possible):
    model = keras.Sequential(
        [keras.Input((steps, 3)), keras.layers.Bidirectional(keras.layers.GRU(4)), keras.layers.Dense(2)]
    )
    inner = model.layers[0].forward_layer, model.layers[0].backward_layer
    with unrolled(model) as found:
        assert found == is_possible and all(layer.unroll for layer in inner)
    assert not any(layer.unroll for layer in inner)


@keras.saving.register_keras_serializable("exports")
class Growing(keras.layers.Layer):
    """Computes another thing each time that it is traced, as code that counts its calls does."""

    calls = 0

    def call(self, inputs):
        Growing.calls += 1
        return inputs + Growing.calls


def test_a_file_that_computes_other_outputs_is_not_kept(tmp_path):
    model = keras.Sequential([keras.Input((4,)), Growing()])
    with pytest.raises(ExportError, match=r"they differ by up to [\d.]+\. So m.onnx was not written"):
        save(model, tmp_path / "m.onnx")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("given", "apart", "same"),
    [
        ([[1.0, 2000.0]], 0, True),
        ([[1.0, 2000.1]], 0.1, True),
        ([[1.1, 2000.3]], 0.3, False),
        ([[1.0], [2000.0]], np.inf, False),
        ([[1.0, np.nan]], np.inf, False),
    ],
)
def test_outputs_may_differ_by_rounding_alone(given, apart, same):
    expected, found = [Part(frozenset({"a"}), np.array([[1.0, 2000.0]]))], {"out": np.array(given)}
    assert largest_difference(expected, found) == pytest.approx(apart)
    assert agree(expected, found, halves=False) == same


def test_it_is_said_where_all_samples_give_the_same(tmp_path):
    model = mlp()
    assert "this says little" not in save(model, tmp_path / "m.onnx")
    model.layers[-1].set_weights([np.zeros((8, 3)), np.ones(3)])
    said = save(model, tmp_path / "m.onnx")
    assert said.endswith("(4 random samples). They all give the same outputs, so this says little.")


def test_tiny_outputs_are_no_reason_to_take_any_others():
    expected = [Part(frozenset(), np.array([1e-3, 2e-5]))]
    assert not agree(expected, {"out": np.array([1e-3, 4e-5])}, halves=False)


def test_outputs_that_are_no_numbers_in_keras_either_are_the_same():
    value = np.array([np.nan, np.inf, 1.0])
    assert largest_difference([Part(frozenset(), value)], {"out": value.copy()}) == 0


def test_what_is_not_installed_is_said(tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "onnxruntime", None)  # as Python marks what can't be imported
    assert "Not checked: ONNX Runtime is not installed" in save(mlp(), tmp_path / "m.onnx")
    monkeypatch.setitem(sys.modules, "tf2onnx", None)
    assert [file.name for file in tmp_path.iterdir()] == ["m.onnx"]


@tensorflow_only("what converts from it")
def test_what_converts_and_is_not_installed_is_said(tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "tf2onnx", None)
    with pytest.raises(ExportError, match=r"tf2onnx is not installed.*kerasviz\[export\]"):
        save(mlp(), tmp_path / "other.onnx")
    with pytest.raises(ExportError, match="only on PyTorch, and this kernel uses TensorFlow"):
        save(mlp(), tmp_path / "m.pt2")
    assert list(tmp_path.iterdir()) == []


def test_more_weights_than_a_file_can_hold_are_told_at_once(tmp_path):
    model = isolated(lambda: keras.Sequential([keras.Input((40_000,)), keras.layers.Dense(20_000)]))
    with pytest.raises(ExportError, match=r"Its weights take 3\.0 GB, and a file of ONNX holds 2 GB"):
        save(model, tmp_path / "m.onnx")


def test_a_document_s_model_is_exported_with_what_was_checked(digits, tmp_path):
    keeper = Keeper(tmp_path)
    saved = keeper.save(digits, "net.onnx")
    assert saved["bytes"] == (tmp_path / "net.onnx").stat().st_size
    assert len(saved["notes"]) == 1 and "ONNX Runtime" in saved["notes"][0]
    assert keeper.save(digits, "net.keras")["notes"] == []


def test_convert_exports_and_its_file_is_told_apart_from_a_model(tmp_path, capsys):
    save(mlp(), tmp_path / "m.keras")
    assert main(["convert", str(tmp_path / "m.keras"), str(tmp_path / "m.onnx")]) == 0
    assert "the outputs of ONNX Runtime are those of Keras" in capsys.readouterr().out
    with pytest.raises(ModelFileError, match="operations but no layers"):
        load(tmp_path / "m.onnx")


@without_litert
def test_a_file_of_litert_is_told_apart_from_a_model(tmp_path):
    save(mlp(), tmp_path / "m.tflite")
    with pytest.raises(ModelFileError, match="operations but no layers"):
        load(tmp_path / "m.tflite")


def test_the_server_answers_what_keras_predicts(tmp_path):
    model = by_names()
    save(model, tmp_path / "two.onnx")
    (tmp_path / "serve.py").write_text(to_code(model, "two", recipe="serve"))
    environment = {**os.environ, "PORT": "0"}
    command = [sys.executable, "serve.py"]
    with subprocess.Popen(
        command, cwd=tmp_path, env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as server:
        try:
            url = server.stdout.readline().strip()
            with urlopen(url, timeout=PATIENCE) as reply:
                assert json.load(reply)["a"]["dtype"] == "float32"
            given = {"a": np.zeros((2, 3)).tolist(), "b": np.ones((2, 5)).tolist()}
            with urlopen(url, json.dumps(given).encode(), timeout=PATIENCE) as reply:
                told = json.load(reply)
            with pytest.raises(HTTPError) as refused:
                urlopen(url, b'{"a": [[1]]}', timeout=PATIENCE)
            assert refused.value.code == 400 and "KeyError: 'b'" in refused.value.read().decode()
        finally:
            server.kill()
    arrays = {name: np.array(value, "float32") for name, value in given.items()}
    for name, values in model.predict(arrays, verbose=0).items():
        np.testing.assert_allclose(told[name], values, atol=1e-6)
