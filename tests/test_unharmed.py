"""A model goes through the editor's document and comes back as it was."""

import contextlib
import copy
import inspect
import json
from collections.abc import Iterator
from typing import Any

import keras
import numpy as np
import pytest
from conftest import computed, few
from editordocument import EditorDocument, available
from everykind import MODELS, random_models
from hypothesis import given, settings
from hypothesis import strategies as st

from kerasviz import analyze, to_code
from kerasviz.analysis.analyzer import Analyzer
from kerasviz.backend.isolation import isolated

APPLICATIONS = sorted(name for name, make in vars(keras.applications).items() if inspect.isfunction(make))
#: What they are made of is in all others too.
CALCULATED = {
    "EfficientNetB0": (32, 32, 3),
    "MobileNetV3Small": (32, 32, 3),
    "NASNetMobile": (32, 32, 3),
    "ResNet50V2": (32, 32, 3),
    "Xception": (71, 71, 3),
}


@pytest.fixture(scope="session")
def editor() -> Iterator[EditorDocument]:
    """Opens documents as the editor does."""
    if not available():
        pytest.skip("needs Node and node_modules, which `make build` installs")
    with contextlib.closing(EditorDocument()) as document:
        yield document


def run(code: str) -> keras.Model:
    namespace: dict[str, Any] = {}
    exec(code, namespace)
    return namespace["model"]


def through(editor: EditorDocument, model: keras.Model) -> keras.Model:
    """The model that Keras makes of what the document holds after every model inside was visited."""
    text = model.to_json()
    answer = editor.ask("visit", text=text)
    assert answer["text"] == text
    return keras.models.model_from_json(answer["copy"])


def with_lists(value: Any) -> Any:
    """A config as JSON can say it: with lists, where Keras had tuples."""
    if isinstance(value, dict):
        return {key: with_lists(item) for key, item in value.items()}
    return [with_lists(item) for item in value] if isinstance(value, list | tuple) else value


def assert_same(model: keras.Model, other: keras.Model) -> None:
    assert with_lists(other.get_config()) == with_lists(model.get_config())
    assert [w.shape for w in other.weights] == [w.shape for w in model.weights]


def assert_same_output(model: keras.Model, other: keras.Model) -> None:
    random = np.random.default_rng(3)
    weights = [random.random(w.shape).astype(w.dtype) for w in model.get_weights()]
    model.set_weights(weights)
    other.set_weights(model.get_weights())
    inputs = model.inputs[0] if isinstance(model, keras.Sequential) else model.input
    data = keras.tree.map_structure(
        lambda tensor: random.integers(0, 2, [n or 2 for n in tensor.shape]).astype(tensor.dtype), inputs
    )
    one, two = model(data, training=False), other(data, training=False)
    for left, right in zip(keras.tree.flatten(one), keras.tree.flatten(two), strict=True):
        assert left.dtype == right.dtype
        np.testing.assert_array_equal(computed(left), computed(right))


@pytest.mark.parametrize("name", few(APPLICATIONS, len(APPLICATIONS)))
def test_applications_come_back(name: str, editor: EditorDocument) -> None:
    def check() -> None:
        model = getattr(keras.applications, name)(weights=None)
        assert_same(model, through(editor, model))
        code = to_code(model)
        assert run(code).get_config() == model.get_config()
        assert len(code.splitlines()) < 4 * len(model.operations)

    isolated(check)  # without memory for weights: the largest have gigabytes


@pytest.mark.parametrize("name", few(CALCULATED, 6))
def test_applications_calculate_the_same(name: str, editor: EditorDocument) -> None:
    make = getattr(keras.applications, name)
    model = make(weights=None, include_top=False, input_shape=CALCULATED[name])
    assert_same_output(model, through(editor, model))


@pytest.mark.parametrize("make", MODELS, ids=lambda make: make.__name__)
def test_models_of_every_kind_come_back(make: Any, editor: EditorDocument) -> None:
    model = make()
    other = through(editor, model)
    assert_same(model, other)
    assert_same_output(model, other)


@settings(max_examples=25)
@given(model=random_models())
def test_any_model_comes_back(model: keras.Model, editor: EditorDocument) -> None:
    other = through(editor, model)
    assert_same(model, other)
    assert_same_output(model, other)
    assert {error.code for error in analyze(json.loads(model.to_json())).errors} <= {"unused_input"}


EDITS = {
    "Dense": [("units", 5), ("units", 3), ("activation", "tanh"), ("use_bias", False), ("trainable", False)],
    "Dropout": [("rate", 0.75)],
    "LSTM": [("units", 4), ("dropout", 0.5)],
    "Reshape": [("target_shape", [3, 1]), ("target_shape", [1, 3, 1])],
    "Concatenate": [("axis", 1)],
    "InputLayer": [("batch_shape", [2, 3]), ("batch_shape", [None, 3])],
}


#: Edits that the catalogue knows to change no shape.
KEEPING = [("trainable", False), ("rate", 0.75), ("dropout", 0.5)]


@settings(max_examples=40)
@given(model=random_models(), data=st.data())
def test_edits_change_their_places_and_what_keras_would_build_otherwise(
    model: keras.Model, data: st.DataObject, editor: EditorDocument
) -> None:
    text = model.to_json()
    expected = json.loads(text)
    layers = [layer for layer in expected["config"]["layers"] if layer["class_name"] in EDITS]
    edits = []
    for _ in range(data.draw(st.integers(1, 3))):
        layer = data.draw(st.sampled_from(layers))
        edit = data.draw(st.sampled_from(EDITS[layer["class_name"]]))
        layer["config"][edit[0]] = edit[1]
        edits.append(("setArguments", layer["config"]["name"], dict([edit])))
    saved = editor.ask("edit", text=text, edits=edits)["text"]
    assert json.dumps(without_shapes(json.loads(saved))) == json.dumps(without_shapes(expected))
    if all(edit in KEEPING for _, _, values in edits for edit in values.items()):
        assert saved == json.dumps(expected)
    nodes = Analyzer().update(copy.deepcopy(expected))["nodes"].values()
    if any(node and node["error"] for node in nodes):
        return
    made = json.loads(keras.models.model_from_json(saved).to_json())
    for now, truth in zip(*(each["config"]["layers"] for each in (json.loads(saved), made)), strict=True):
        if now.get("build_config"):
            assert now["build_config"] == truth["build_config"]


def without_shapes(value: Any) -> Any:
    """A config without the shapes that layers were built for."""
    if isinstance(value, dict):
        return {key: without_shapes(item) for key, item in value.items() if not key.startswith("build_")}
    return [without_shapes(item) for item in value] if isinstance(value, list) else value
