"""Whole floats come through JavaScript as floats."""

import json

import keras
import numpy as np
import pytest
from everykind import MODELS, numbers

from kerasviz.config.floats import marked, unmarked
from kerasviz.models.building import build_model
from kerasviz.protocol import PROTOCOL_VERSION, parse_request


def through_javascript(value):
    """What JSON is after `JSON.stringify(JSON.parse(...))`: 2.0 is 2."""
    text = json.dumps(value)
    return json.loads(
        text, parse_float=lambda number: int(float(number)) if float(number).is_integer() else float(number)
    )


def request(document):
    frame = {"id": "1", "type": "code", "version": PROTOCOL_VERSION}
    return parse_request({**frame, "payload": {"document": document}})["payload"]["document"]


@pytest.mark.parametrize("make", MODELS, ids=lambda make: make.__name__)
def test_the_calls_of_a_document_keep_their_numbers(make):
    document = json.loads(make().to_json())
    back = request(through_javascript(marked(document)))
    calls, before = (
        [layer.get("inbound_nodes") for layer in each["config"]["layers"]] for each in (back, document)
    )
    assert json.dumps(calls) == json.dumps(before)


def test_bytes_less_a_float_are_floats_in_the_kernel():
    model = numbers()
    made = build_model(request(through_javascript(marked(json.loads(model.to_json())))))
    image = np.full((1, 2, 2, 1), 3, "uint8")
    assert keras.ops.convert_to_numpy(made(image)[0]).ravel()[0] == -124.0
    assert [tensor.dtype for tensor in made.outputs] == [tensor.dtype for tensor in model.outputs]


def test_a_model_that_a_layer_wraps_keeps_its_numbers():
    inner = keras.Input((3,))
    head = keras.Model(inner, inner + 1.0)
    inputs = keras.Input((2, 3))
    document = json.loads(keras.Model(inputs, keras.layers.TimeDistributed(head)(inputs)).to_json())
    assert json.dumps(request(through_javascript(marked(document)))) == json.dumps(document)


def test_a_document_without_such_numbers_is_not_copied():
    document = json.loads(keras.Sequential([keras.Input((2,)), keras.layers.Dense(1)]).to_json())
    assert marked(document) is document
    assert unmarked({"document": document})["document"] is document


@pytest.mark.parametrize("layers", [[None, 3], [{"config": 3, "inbound_nodes": {"class_name": "__float__"}}]])
def test_what_is_no_mark_stays(layers):
    assert unmarked({"layers": layers, "document": {"config": {"layers": layers}}})["layers"] == layers
