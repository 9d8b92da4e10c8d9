"""Models of the kernel: listed, found, opened with their weights, and replaced by what is drawn."""

import json

import keras
import numpy as np
import pytest
from conftest import Page, planned
from said import said

from kerasviz.codegen import to_code
from kerasviz.config.fullconfig import full_compile_config
from kerasviz.models import namespace as kernelmodels
from kerasviz.models import opening as document
from kerasviz.models.building import build_model
from kerasviz.protocol import RequestError


@keras.saving.register_keras_serializable("test_kernelmodels")
class Wrapped(keras.Model):
    """A subclassed model around another one."""

    def __init__(self, inner, **kwargs):
        super().__init__(**kwargs)
        self.inner = inner

    def call(self, x):
        return self.inner(x)

    def get_config(self):
        return {**super().get_config(), "inner": keras.saving.serialize_keras_object(self.inner)}

    @classmethod
    def from_config(cls, config):
        return cls(keras.saving.deserialize_keras_object(config.pop("inner")), **config)


@pytest.fixture
def model() -> keras.Model:
    return keras.Sequential([keras.Input((4,)), keras.layers.Dense(2)])


@pytest.fixture
def editor(kernel):
    page = Page(kernel)
    yield page
    page.close()


def test_the_models_of_a_namespace_are_listed(model):
    unbuilt = keras.Sequential([keras.layers.Dense(2)])
    namespace = {"net": model, "empty": unbuilt, "_hidden": model, "number": 3, "class_": keras.Model}
    assert kernelmodels.list_models(namespace) == [
        {"name": "net", "class_name": "Sequential", "params": 10},
        {"name": "empty", "class_name": "Sequential", "params": None},
    ]


@pytest.mark.parametrize("name", ["missing", "number", None, 3])
def test_what_is_no_model_can_not_be_found(model, name):
    with pytest.raises(RequestError, match="Run the cell") as raised:
        kernelmodels.find_model(name, {"net": model, "number": 3})
    assert raised.value.error["code"] == "no_model"


def test_a_document_keeps_the_name_that_the_user_gave_the_model(model, monkeypatch):
    monkeypatch.setattr("kerasviz.backend.usernamespace.user_namespace", lambda: {"net": model})
    assert json.loads(document.text_of(model)) == {
        **json.loads(model.to_json()),
        "kerasviz": {"version": 1, "training": {"model_name": "net"}},
    }


NO_DEFAULTS = {
    "a loss": {"loss": keras.losses.Huber(delta=5.0)},
    "a loss by output": {"loss": [keras.losses.CosineSimilarity(axis=0)]},
    "a loss and a metric": {
        "loss": keras.losses.SparseCategoricalCrossentropy(axis=1),
        "metrics": [keras.metrics.CosineSimilarity(axis=0)],
    },
}


@pytest.mark.parametrize("kind", NO_DEFAULTS)
@pytest.mark.parametrize("subclassed", [False, True])
def test_a_document_has_the_arguments_that_get_config_leaves_out(model, kind, subclassed):
    if subclassed:
        model = Wrapped(model)
        model(np.zeros((1, 4)))
    model.compile(keras.optimizers.SGD(0.1, momentum=0.9), **NO_DEFAULTS[kind])
    drawn, written = document.draw(model)
    made = build_model(written) if not subclassed else drawn
    found = full_compile_config(made)
    assert written["compile_config"]["optimizer"]["config"]["learning_rate"] == 0.1  # as somebody typed it
    for part in NO_DEFAULTS[kind]:
        assert written["compile_config"][part] == full_compile_config(model)[part] == found[part]
    assert "axis=" in to_code(written) or "delta=5.0" in to_code(written)


def test_a_model_of_the_kernel_opens_and_is_trained_further_under_its_name(editor):
    editor.hello("opened.keras.json")
    editor.execute(
        """
import keras, numpy as np
net = keras.Sequential([keras.Input((4,)), keras.layers.Dense(1, name="sum")])
net.compile("sgd", "mse"); net.layers[0].set_weights([np.full((4, 1), 7.0), np.zeros(1)])
samples, sums = np.zeros((8, 4)), np.zeros(8)
before = net
"""
    )
    assert {"name": "net", "class_name": "Sequential", "params": 5} in editor.ask("models")["payload"][
        "models"
    ]
    document = json.loads(editor.ask("open_model", name="net")["payload"]["document"])
    data = {"class_name": "arrays", "config": {"x": "samples", "y": "sums"}}
    fit = {"epochs": 1, "batch_size": 8, "validation_split": 0}
    name = document["kerasviz"]["training"]["model_name"]
    document = planned(document, data=data, fit=fit, model_name=name)
    assert editor.ask("train", document=document, start="trained")["ok"]
    editor.until("finished")
    told = editor.execute("assert net is before and float(net.layers[0].kernel[0, 0]) == 7.0")
    assert told["status"] == "ok"


def test_open_shows_the_editor_of_a_model(editor):
    told = editor.execute(
        """
import keras, kerasviz
net = keras.Sequential([keras.Input((4,)), keras.layers.Dense(1)])
opened = kerasviz.open(net)
assert isinstance(opened, kerasviz.Editor)
assert opened.model is net and opened.config["kerasviz"]["training"]["model_name"] == "net"
"""
    )
    assert told["status"] == "ok", told


def test_a_subclassed_model_opens_as_one_node_and_is_trained_itself(editor):
    editor.hello("subclassed.keras.json")
    editor.execute(
        """
import keras, numpy as np
@keras.saving.register_keras_serializable("mine")
class Mine(keras.Model):
    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self.total = keras.layers.Dense(1, name="total")
    def call(self, inputs):
        return self.total(inputs)
net = Mine(); net.compile("sgd", "mse")
samples, sums = np.ones((8, 4)), np.full(8, 100.0)
"""
    )
    assert "Call the model once on data" in said(editor.ask("open_model", name="net")["error"]["message"])
    editor.execute("net(samples); net.total.set_weights([np.full((4, 1), 7.0), np.zeros(1)])")
    document = json.loads(editor.ask("open_model", name="net")["payload"]["document"])
    summary = editor.ask("summary", document=document, layers=["mine"])["payload"]["summary"]
    assert "total (Dense)" in summary and "5 (20.00 B)" in summary
    data = {"class_name": "arrays", "config": {"x": "samples", "y": "sums"}}
    fit = {"epochs": 1, "batch_size": 8, "validation_split": 0}
    name = document["kerasviz"]["training"]["model_name"]
    document = planned(document, data=data, fit=fit, model_name=name)
    assert editor.ask("train", document=document, start="trained")["ok"]
    editor.until("finished")
    told = editor.execute(
        "assert isinstance(net, Mine) and net_functional.layers[1] is net, vars()\n"
        "assert 7.0 < float(net.total.kernel[0, 0]) < 15.0, net.total.kernel"
    )
    assert told["status"] == "ok", told
