"""Code for random graphs and names makes equal models; for published ones, see `test_unharmed.py`."""

import json

import keras
from everykind import random_models
from hypothesis import given, settings
from hypothesis import strategies as st
from keras import layers

from kerasviz.codegen import to_code


def run(code):
    namespace = {}
    exec(code, namespace)
    return namespace["model"]


@settings(max_examples=25)
@given(random_models())
def test_random_graphs_come_back(model):
    assert run(to_code(model)).get_config() == model.get_config()
    document = json.loads(model.to_json())
    expected = keras.models.model_from_json(json.dumps(document))
    assert json.loads(run(to_code(document)).to_json()) == json.loads(expected.to_json())


# Keras takes any name without a slash.
NAMES = st.text(min_size=1, max_size=30).filter(lambda text: "/" not in text)


@settings(max_examples=40)
@given(NAMES, NAMES)
def test_any_name_comes_back_and_stays_a_name(layer_name, model_name):
    model = keras.Sequential([keras.Input((2,)), layers.Dense(1, name=layer_name)], name=model_name or None)
    made = run(to_code(model))
    assert made.get_config() == model.get_config()
    functional = keras.Model(made.inputs, made.outputs, name=layer_name)
    assert run(to_code(functional)).get_config() == functional.get_config()
