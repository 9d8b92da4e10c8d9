"""Models for other programs, written by Keras on JAX and PyTorch: `make backends` runs these there."""

import keras
import pytest
from exportedmodels import KINDS, masked_lstm, mlp

from kerasviz.config import ModelFileError
from kerasviz.storage import ExportError, load, save

on_torch = pytest.mark.skipif(keras.backend.backend() != "torch", reason="Keras on PyTorch")
on_jax = pytest.mark.skipif(keras.backend.backend() != "jax", reason="Keras on JAX")


@on_torch
@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "masked_lstm"])
def test_a_program_computes_what_keras_does(kind, tmp_path):
    model = KINDS[kind]()
    training = model.training
    said = save(model, tmp_path / "m.pt2")
    assert "Checked: the outputs of PyTorch are those of Keras" in said
    assert model.training == training
    with pytest.raises(ModelFileError, match="exported program of PyTorch"):
        load(tmp_path / "m.pt2")


@on_torch
def test_a_program_that_takes_one_length_alone_is_not_kept(tmp_path):
    with pytest.raises(ExportError, match="PyTorch can't run the exported model"):
        save(masked_lstm(), tmp_path / "m.pt2")
    assert list(tmp_path.iterdir()) == []


@on_jax
@pytest.mark.parametrize("kind", KINDS)
def test_a_saved_model_of_jax_computes_what_keras_does(kind, tmp_path):
    assert "Checked: the outputs of TensorFlow are those of Keras" in save(KINDS[kind](), tmp_path / "m")


@on_jax
def test_a_saved_model_of_jax_runs_on_gpus_too(tmp_path):
    from tensorflow.core.protobuf.saved_model_pb2 import SavedModel

    save(mlp(), tmp_path / "m")
    (graph,) = SavedModel.FromString((tmp_path / "m" / "saved_model.pb").read_bytes()).meta_graphs
    nodes = [node for function in graph.graph_def.library.function for node in function.node_def]
    platforms = [list(node.attr["platforms"].list.s) for node in nodes if node.op == "XlaCallModule"]
    assert platforms and all(each == [b"CPU", b"CUDA"] for each in platforms)


@on_jax
def test_litert_is_not_written_on_jax(tmp_path):
    with pytest.raises(ExportError, match="only on TensorFlow or PyTorch, and this kernel uses JAX"):
        save(mlp(), tmp_path / "m.tflite")
