"""Documents travel as text, in which a whole number that is a float keeps its point."""

import json

import keras
import numpy as np
import pytest
from conftest import Page
from everykind import MODELS, numbers

from kerasviz.config import ModelFileError, check_model
from kerasviz.kernel.payload import document_in, document_text
from kerasviz.models.building import build_model
from kerasviz.protocol import RequestError

CELL = """
import keras
inputs = keras.Input((2, 2, 1), dtype="uint8", name="image")
net = keras.Model(inputs, (inputs - 127.0) / 2)
"""


@pytest.mark.parametrize("make", MODELS, ids=lambda make: make.__name__)
def test_a_document_keeps_its_numbers(make):
    text = make().to_json()
    assert json.dumps(document_in({"document": text})) == text
    assert document_text(json.loads(text)) == text


@pytest.mark.parametrize("kind", ["Sequential", "Functional"])
@pytest.mark.parametrize(
    ("config", "said"),
    [
        (None, "config is null, expected an object"),
        ([1], "config is [1], expected an object"),
        ({}, "layers is null, expected a list"),
        ({"layers": 3}, "layers is 3, expected a list"),
        ({"layers": "abc"}, 'layers is "abc", expected a list'),
        ({"layers": {"a": 1}}, 'layers is {"a": 1}, expected a list'),
        ({"layers": [3]}, "layer is 3, expected an object"),
        (
            {"layers": [{"class_name": "Sequential", "config": {"layers": True}}]},
            "layers is true, expected a list",
        ),
    ],
)
def test_layers_that_are_no_list_are_said_by_every_request_and_file(kind, config, said):
    document = {"module": "keras", "class_name": kind, "config": config, "registered_name": None}
    with pytest.raises(RequestError) as refused:
        document_in({"document": json.dumps(document)})
    assert refused.value.error["message"] == f"This is not a Keras model: {said}."
    with pytest.raises(ModelFileError) as file_refused:
        check_model(document)
    assert file_refused.value.sentence == f"This is not a Keras model: {said}."


def test_bytes_less_a_float_are_floats_in_the_kernel():
    model = numbers()
    made = build_model(document_in({"document": model.to_json()}))
    image = np.full((1, 2, 2, 1), 3, "uint8")
    assert keras.ops.convert_to_numpy(made(image)[0]).ravel()[0] == pytest.approx(-124.0)
    assert [tensor.dtype for tensor in made.outputs] == [tensor.dtype for tensor in model.outputs]


@pytest.mark.parametrize(
    "document",
    [None, {}, "", "[]", "{", '{"a": 1, "a": 2}', '{"a": NaN}', '{"__proto__": 1}', "[" * 100_000, "\udc80"],
)
def test_what_is_no_document_is_refused(document):
    with pytest.raises(RequestError) as refused:
        document_in({"document": document})
    assert refused.value.error["code"] == "bad_request"


def test_what_the_kernel_opens_and_fixes_is_text_that_keras_reads(kernel):
    page = Page(kernel)
    try:
        page.hello("floats.keras.json")
        assert page.execute(CELL)["status"] == "ok"
        opened = page.ask("open_model", name="net")["payload"]["document"]
        assert "127.0" in opened and "__float__" not in opened
        edit = {"edit": "set", "layer": "image", "arguments": {"sparse": False}}
        fix = {"title": "Set sparse", "edits": [edit]}
        fixed = page.ask("apply_fix", document=opened, fix=fix)["payload"]["document"]
        assert "127.0" in fixed and "__float__" not in fixed
        for text in opened, fixed:
            assert keras.models.model_from_json(text).output.dtype == "float32"
    finally:
        page.close()
