"""How a document says how to train, and how kerasviz 0.1 said it."""

from typing import Any

import pytest

from kerasviz.config.training import training_of


def test_plan_is_read_as_it_stands():
    plan = {"data": {"class_name": "digits", "config": {}}, "fit": {"epochs": 3}, "future": [1]}
    assert training_of({"kerasviz": {"training": plan}}) == plan


def test_plan_of_kerasviz_0_1_is_read_in_the_new_form():
    old = {"data": {"source": "arrays", "x": "a", "y": "b"}, "epochs": 3, "batch_size": 8, "model_name": "m"}
    assert training_of({"kerasviz": {"training": old}}) == {
        "data": {"class_name": "arrays", "config": {"x": "a", "y": "b"}},
        "fit": {"epochs": 3, "batch_size": 8},
        "model_name": "m",
    }
    assert "epochs" in old, "the document itself is not changed"


@pytest.mark.parametrize("document", [{}, {"kerasviz": []}, {"kerasviz": {"training": "x"}}])
def test_no_plan_is_an_empty_one(document: dict[str, Any]):
    assert training_of(document) == {}
