"""The variable of a trained model: named by the document, and nothing of the user's is replaced unasked."""

import keyword
import unicodedata
from threading import Event
from typing import Any

import pytest
from conftest import Page, planned
from hypothesis import given
from hypothesis import strategies as st
from said import said

from kerasviz.models.variablename import Variables, name_of_file


@pytest.mark.parametrize(
    ("file", "name"),
    [
        ("digits.keras.json", "digits"),
        ("my net-2.keras.json", "my_net_2"),
        ("Größe.keras.json", "Größe"),
        ("\ufb01lter.keras", "filter_model"),
        ("2024-05 run.keras.json", "model_2024_05_run"),
        ("class.keras.json", "class_model"),
        ("print.h5", "print_model"),
        (".keras.json", "model"),
        ("…!.keras.json", "model"),
        ("", "model"),
    ],
)
def test_the_variable_is_named_like_the_document(file, name):
    assert name_of_file(file) == name


@given(st.text())
def test_every_file_name_makes_a_name_that_a_cell_can_use(file):
    name = name_of_file(file)
    assert name.isidentifier() and not keyword.iskeyword(name) and name == unicodedata.normalize("NFKC", name)
    space: dict[str, Any] = {}
    exec(f"{name} = 1", space)
    assert space[name] == 1


def test_a_model_is_of_one_document_whoever_has_it_open():
    first, again, other = Variables("/a/net.keras.json"), Variables("/a/net.keras.json"), Variables(None)
    model = Event()
    first.remember(model)
    namespace = {"net": model}
    assert first.may_set("net", namespace) and again.may_set("net", namespace)
    assert not other.may_set("net", namespace) and not Variables(None).may_set("net", namespace)
    assert other.free("net", namespace) == "net_2"
    other.allow("net")
    namespace["net"] = Event()
    assert other.may_set("net", namespace) and not first.may_set("net", namespace)


def test_a_variable_that_was_given_away_stays_so_when_a_cell_opens_the_document_again():
    namespace = {"given": "mine"}
    Variables("/a/given.keras.json").allow("given")
    assert Variables("/a/given.keras.json").may_set("given", namespace)
    assert not Variables("/b/given.keras.json").may_set("given", namespace)


def test_training_asks_before_it_replaces_what_is_not_from_the_document(kernel, digits):
    page = Page(kernel)
    document = planned(digits, fit={"epochs": 1})
    try:
        assert page.hello("asked.keras.json")["model_name"] == "asked"
        page.execute("asked, asked_2 = [1, 2], 'text'")
        answer = page.ask("train", document=document, start="trained")["payload"]
        assert (answer["run"], answer["taken"]["name"], answer["taken"]["free"]) == (None, "asked", "asked_3")
        assert said(answer["taken"]["sentence"]) == (
            "The variable 'asked' holds a value that is not from this document (list)."
        )
        assert page.execute("assert asked == [1, 2]")["status"] == "ok"
        assert page.ask("train", document=document, start="trained", replace="asked")["payload"]["run"]
        page.until("finished")
        assert page.execute("assert asked.count_params() > 0; asked = None; asked = 'mine'")["status"] == "ok"
        for _ in range(2):  # the answer is remembered, and then the model is the document's own
            assert page.ask("train", document=document, start="trained")["payload"]["taken"] is None
            page.until("finished")
    finally:
        page.close()
    other = Page(kernel)
    try:
        other.hello("other/asked.keras.json")
        taken = other.ask("train", document=document, start="trained")["payload"]["taken"]
        assert taken["free"] == "asked_3"
    finally:
        other.close()
