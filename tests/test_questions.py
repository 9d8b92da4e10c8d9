"""Questions about a drawing, as a session answers them."""

import queue
from typing import Any

import pytest

from kerasviz.session import Session
from kerasviz.views import View


@pytest.fixture
def ask():
    session, got = Session(), queue.Queue()

    def ask(type: str, **payload: Any) -> dict[str, Any]:
        session.dispatch({"id": "1", "type": type, "payload": payload, "version": 1}, View(got.put))
        return got.get(timeout=120)

    return ask


def test_the_code_of_a_drawing_defines_its_model(ask, digits):
    namespace: dict[str, Any] = {}
    exec(ask("code", document=digits)["payload"]["code"], namespace)
    assert [layer.name for layer in namespace["model"].layers] == ["hidden", "digit"]
    assert namespace["model"].input_shape == (None, 64)


def test_there_is_no_code_for_a_drawing_with_a_loose_layer(ask):
    import json

    import keras

    inputs = keras.Input((4,), name="numbers")
    model = keras.Model(inputs, keras.layers.Dense(2, name="classes")(inputs))
    document = json.loads(model.to_json())
    loose = json.loads(json.dumps(document["config"]["layers"][1]).replace("classes", "loose"))
    document["config"]["layers"].append({**loose, "inbound_nodes": []})
    error = ask("code", document=document)["error"]
    assert (error["code"], error["layer"]) == ("unconnected", "loose")


def test_a_question_without_a_document_is_refused(ask):
    assert ask("code")["error"]["code"] == "bad_request"
