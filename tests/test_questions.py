"""Questions about a drawing, as a session answers them."""

from typing import Any

import pytest
from conftest import written
from said import said
from sessionpage import SessionPage

from kerasviz.backend.memory import capacity
from kerasviz.kernel.clients import Client
from kerasviz.kernel.requests import code
from kerasviz.kernel.session import Session


@pytest.fixture
def ask():
    def ask(type: str, name: str = "", **payload: Any) -> dict[str, Any]:
        return SessionPage(Session(name=name)).ask(type, **payload)

    return ask


def test_the_code_of_a_drawing_defines_its_model(ask, digits):
    namespace: dict[str, Any] = {}
    exec(ask("code", document=digits)["payload"]["code"], namespace)
    assert [layer.name for layer in namespace["model"].layers] == ["hidden", "digit"]
    assert namespace["model"].input_shape == (None, 64)


def test_code_sets_the_variable_that_training_sets_and_says_what_it_would_replace(ask, digits, monkeypatch):
    namespace: dict[str, Any] = {"digits": "mine", "lenet": None, "free": 3}
    monkeypatch.setattr(code, "user_namespace", lambda: namespace)

    def answer(name: str, **training: Any) -> dict[str, Any]:
        document = {**digits, "kerasviz": {"version": 1, "training": training}}
        return ask("code", name, document=document)["payload"]

    drawn = answer("digits.keras.json")
    assert "\ndigits = keras." in drawn["code"] and "\nmodel = " not in drawn["code"]
    assert said(drawn["replaces"]) == (
        "Run in this kernel, the code replaces values that are not from this document: 'digits' (str)."
    )
    for file, training in [("digits.keras.json", {"model_name": "lenet"}), ("lenet.keras.json", {})]:
        drawn = answer(file, **training)
        assert "\nlenet = keras." in drawn["code"] and drawn["replaces"] is None
    exec(drawn["code"], namespace)
    assert "'lenet' (keras.Sequential)" in said(answer("lenet.keras.json")["replaces"])
    for taken in ("keras", "layers"):
        own: dict[str, Any] = {}
        exec(answer(f"{taken}.keras.json")["code"], own)
        assert own[f"{taken}_model"].input_shape == (None, 64)


def test_a_cell_with_the_code_of_the_document_may_run_again(digits, monkeypatch):
    namespace: dict[str, Any] = {"In": [""]}
    monkeypatch.setattr(code, "user_namespace", lambda: namespace)
    session = Session(name="lenet.keras.json")

    def shown() -> dict[str, Any]:
        payload = {"document": written({"document": digits})["document"], "recipe": "model"}
        return code.code(session, payload, Client(lambda message: None))

    def run(cell: str) -> None:
        namespace["In"].append(cell)
        exec(cell, namespace)

    assert shown()["replaces"] is None
    run(shown()["code"].rstrip())  # as a notebook keeps it
    namespace["In"].append("%%magic that is no Python")
    assert shown()["replaces"] is None
    run("lenet = 'mine'")
    assert "'lenet' (str)" in said(shown()["replaces"])


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


def test_the_cost_of_a_drawing_is_what_training_takes(ask, digits):
    cost = ask("cost", document=digits, batch_size=32)["payload"]
    parameters = 64 * 32 + 32 + 32 * 10 + 10
    assert cost["macs"] == 64 * 32 + 32 * 10
    assert cost["layers"]["hidden"] == {"macs": 64 * 32, "receptive_field": None}
    memory = cost["memory"]
    assert memory["weights"] == memory["gradients"] == 4 * parameters
    assert memory["optimizer"] == 2 * 4 * parameters
    assert memory["activations"] >= 32 * 4 * (32 + 10)
    assert memory["total"] == sum(
        memory[part] for part in ("weights", "gradients", "optimizer", "activations")
    )
    assert cost["capacity"] is None or cost["capacity"]["free"] > 0


@pytest.mark.parametrize("batch_size", [0, -1, 1.5, None, True, "32"])
def test_a_batch_size_that_is_none_is_refused(ask, digits, batch_size):
    assert ask("cost", document=digits, batch_size=batch_size)["error"]["code"] == "bad_request"


def test_the_machine_tells_how_much_memory_is_free():
    free = capacity(uses_gpu=False)
    assert free is None or (free["gpu"] is None and free["free"] > 0)


def test_a_missing_graphviz_is_said(ask, digits, monkeypatch):
    monkeypatch.setenv("PATH", "")
    error = ask("diagram", document=digits)["error"]
    assert error["code"] == "no_graphviz"
    assert "apt install" in said(error["message"])


def test_a_name_that_graphviz_would_read_as_markup_is_refused(ask, digits):
    digits["config"]["layers"][1]["config"]["name"] = "<img src='secret.png'>"
    error = ask("diagram", document=digits)["error"]
    assert (error["code"], error["layer"]) == ("name", "<img src='secret.png'>")


def test_the_diagram_of_a_drawing_is_a_picture_of_its_layers(ask, digits):
    svg = ask("diagram", document=digits)["payload"]["svg"]
    assert "<svg" in svg
    assert "hidden" in svg
