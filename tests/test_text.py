"""Sentences: English in Python, a text and its values to a page."""

import json
import pickle
from copy import deepcopy

from kerasviz.protocol import encode
from kerasviz.protocol.text import all_of, amount, any_of, text, text_n


def test_a_sentence_is_english_in_python():
    sentence = text("Layer {layer} expects {count} inputs.", layer="'add'", count=2)
    assert sentence == "Layer 'add' expects 2 inputs."
    assert json.dumps(sentence) == json.dumps("Layer 'add' expects 2 inputs.")


def test_it_travels_as_a_text_and_its_values():
    inner = text("a number")
    assert encode({"message": text("Expected {what}.", what=inner)}) == {
        "message": {"text": "Expected {what}.", "args": {"what": {"text": "a number", "args": {}}}}
    }


def test_an_amount_has_no_exponent_that_people_would_have_to_read():
    assert [amount(value) for value in (573762.1, -65929, 2021, 0.12346, 1e-7, 3e20)] == [
        "573,800",
        "-65,930",
        "2021",
        "0.1235",
        "1e-07",
        "3e+20",
    ]


def test_braces_without_values_are_braces():
    assert text("Expected {}.") == "Expected {}."


def test_what_a_value_holds_is_no_text_to_translate_or_to_fill():
    assert text("Received: {value}.", value="{value} {n}") == "Received: {value} {n}."


def test_a_sentence_counts():
    assert text_n("{n} layer", "{n} layers", 1) == "1 layer"
    assert text_n("{n} layer", "{n} layers", 2) == "2 layers"
    assert encode(text_n("{n} layer", "{n} layers", 2)) == {
        "text": "{n} layer",
        "plural": "{n} layers",
        "args": {"n": 2},
    }


def test_names_are_listed():
    assert all_of(["'a'"]) == "'a'"
    assert all_of(["'a'", "'b'", "'c'"]) == "'a', 'b' and 'c'"
    assert any_of(["a", "b"]) == "a or b"
    assert encode(any_of(["a", "b"])) == {"text": "{others} or {last}", "args": {"others": "a", "last": "b"}}


def test_copies_keep_what_they_are():
    sentence = text("Layer {layer}.", layer="a")
    for copy in (deepcopy(sentence), pickle.loads(pickle.dumps(sentence))):
        assert copy == sentence
        assert encode(copy) == encode(sentence)
