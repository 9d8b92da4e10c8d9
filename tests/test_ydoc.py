"""The server's document and the page's hold the same text."""

import base64
import contextlib
import json
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from importlib.metadata import EntryPoint
from pathlib import Path
from typing import Any

import keras
import pytest
from conftest import FIXTURES
from editordocument import ROOT, EditorDocument, available
from everykind import MODELS, numbers, random_models
from hypothesis import given, settings
from hypothesis import strategies as st
from pycrdt import Doc, Map

from kerasviz.config.jsontext import join, layout_of, split

# Collaboration imports this package, which imports our document as a plugin: the other way is a cycle.
import jupyter_ydoc  # isort: skip  # noqa: F401
from kerasviz.ydoc import KerasDocument  # isort: skip

EMPTY = '{"class_name": "Functional", "config": {"name": "m", "layers": []}'
UNEVEN = "arrays on one line, as editors lay them out"
TEXTS = {
    "numbers that are floats": numbers().to_json(),
    "numbers of every kind": f'{EMPTY}, "a": [127.0, 127, 1e-07, -0.0, 12345678901234567890, 1E5, 1.50]}}',
    "unicode": EMPTY
    + r', "kerasviz": {"gr\u00fc\u00dfe": "\u2603 ☃ \ud83d\ude00", "名前": [1, {"b": 2}]}}'
    + "\n",
    "one line without spaces": f'{EMPTY}, "x": []}}'.replace(" ", ""),
    "lines that Windows ends": json.dumps(json.loads(f"{EMPTY}}}"), indent=2).replace("\n", "\r\n") + "\r\n",
    "tabs": json.dumps(json.loads(f"{EMPTY}}}"), indent="\t"),
    UNEVEN: EMPTY.replace(", ", ",\n  ").replace("{", "{\n  ", 1)
    + ',\n  "a": [1, 2, 3],\n  "b": {"c": [4,5]}\n}\n',
    "a key of ours": f'{EMPTY}, "kerasviz": {{"#": ["x"], "x": 1.0}}}}',
    "keys in an odd order": f'{EMPTY}, "compile_config": {{"z": 1, "10": 2, "a": 3, "9": 4}}}}',
}
FILES = {path.name: path.read_text("utf-8") for path in sorted(FIXTURES.glob("*.keras.json"))}
values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=8,
)


@pytest.fixture(scope="session")
def page() -> Iterator[EditorDocument]:
    """Opens documents as the editor does."""
    if not available():
        pytest.skip("needs Node and node_modules, which `make build` installs")
    with contextlib.closing(EditorDocument()) as document:
        yield document


def received(update: str) -> KerasDocument:
    """The server's document with what the page shares."""
    doc: Doc[Any] = Doc()
    doc.apply_update(base64.b64decode(update))
    return KerasDocument(doc)


def shared(document: KerasDocument) -> str:
    return base64.b64encode(document.ydoc.get_update()).decode()


def assert_travels(text: str, page: EditorDocument) -> None:
    """A text goes from the page to the server and back without the loss of a byte."""
    there = received(page.ask("edit", text=text)["update"])
    assert there.get() == text or text is TEXTS[UNEVEN]  # the page keeps that one when it is edited
    own = KerasDocument()
    own.set(text)
    assert own.get() == text
    back = page.ask("edit", update=shared(own))
    assert (back["text"], back["refusal"]) == (text, None)


@pytest.mark.parametrize("text", FILES.values(), ids=FILES)
def test_files_travel(text: str, page: EditorDocument) -> None:
    assert_travels(text, page)


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_texts_travel(text: str, page: EditorDocument) -> None:
    assert_travels(text, page)


@pytest.mark.parametrize("make", MODELS, ids=lambda make: make.__name__)
def test_models_of_every_kind_travel(make: Any, page: EditorDocument) -> None:
    assert_travels(make().to_json(), page)


@settings(max_examples=20)
@given(model=random_models(), indent=st.sampled_from([None, 1, 2, "\t"]))
def test_any_model_travels(model: keras.Model, indent: Any, page: EditorDocument) -> None:
    assert_travels(json.dumps(json.loads(model.to_json()), indent=indent), page)


@given(value=values, escaped=st.booleans())
def test_any_value_keeps_its_text(value: Any, escaped: bool) -> None:
    text = json.dumps({"config": {"layers": [{"config": {"x": value}}]}, "x": value}, ensure_ascii=escaped)
    assert join(split(text), layout_of(text)) == text


EDITS = [
    ["setArguments", "dense", {"units": 7}],
    ["setArguments", "dense", {"kernel_regularizer": {"class_name": "L2", "config": {"l2": 1e-7}}}],
    ["setArguments", "dropout", {"rate": 0.25, "name": "dropout"}],
    ["rename", "dense_1", "digit"],
    ["move", {"dense:0": [10, 20.5]}],
    ["setCompile", {"loss": "mse"}],
    ["duplicate", ["dense:0"]],
    ["remove", ["dropout:0"]],
]


@given(edits=st.lists(st.sampled_from(EDITS), max_size=6, unique_by=lambda edit: json.dumps(edit)))
def test_edits_of_the_page_arrive(edits: list[Any], page: EditorDocument) -> None:
    names = [edit[0] for edit in edits]
    last = names.index("remove") if "remove" in names else len(edits)
    edits = [edit for i, edit in enumerate(edits) if i <= last or "dropout" not in edit]
    answer = page.ask("edit", text=FILES["mlp.keras.json"], edits=[*edits, ["undo"], ["undo"], ["redo"]])
    assert received(answer["update"]).get() == answer["text"]


def test_an_edit_undone_leaves_the_bytes_of_a_file_laid_out_by_hand(page: EditorDocument) -> None:
    text = FILES["mlp.keras.json"].replace("[\n", "[").replace("{\n", "{")
    dropout = ["setArguments", "dropout", {"rate": 0.25}]
    answer = page.ask("edit", text=text, edits=[dropout])
    assert answer["text"] != text
    undone = page.ask("edit", text=text, edits=[dropout, ["undo"]])
    assert received(undone["update"]).get() == undone["text"] == text
    assert received(answer["update"]).get() == answer["text"]


@pytest.mark.parametrize("original", ["{", "[]", "null", 7, '{"config": {"layers": []}}'])
def test_an_original_that_is_not_the_file_is_left_aside(original: Any) -> None:
    own = KerasDocument()
    own.set(FILES["mlp.keras.json"])
    own.ydoc.get("file", type=Map)["original"] = original
    assert own.get() == FILES["mlp.keras.json"]


def test_a_text_that_the_server_reads_arrives(page: EditorDocument) -> None:
    document = received(page.ask("edit", text=FILES["mlp.keras.json"])["update"])
    document.set(FILES["nested.keras.json"])
    answer = page.ask("edit", update=shared(document))
    assert answer["text"] == FILES["nested.keras.json"]
    assert answer["model"]["config"]["name"] == "nested"
    edited = page.ask("edit", update=shared(document), edits=[["setModelName", "other"]])
    assert edited["text"] == FILES["nested.keras.json"].replace('"name": "nested"', '"name": "other"')
    assert received(edited["update"]).get() == edited["text"]


@pytest.mark.parametrize(
    ("text", "reason"),
    [("{", "cut off"), ('{"cells": []}', "class"), (f'{EMPTY}, "x": NaN}}', "NaN"), ("[1]", "class")],
)
def test_a_text_that_is_no_model_is_kept(text: str, reason: str, page: EditorDocument) -> None:
    document = KerasDocument()
    document.set(text)
    assert document.get() == text
    answer = page.ask("edit", update=shared(document))
    assert (answer["text"], answer["model"]) == (text, None)
    assert reason in answer["refusal"]
    document.set(FILES["mlp.keras.json"])
    assert page.ask("edit", update=shared(document))["refusal"] is None


def test_a_model_that_only_the_page_refuses_is_kept(page: EditorDocument) -> None:
    document = KerasDocument()
    text = EMPTY.replace("[]", '[{"class_name": "Dense"}]') + "}"
    document.set(text)
    answer = page.ask("edit", update=shared(document))
    assert (answer["text"], answer["model"]) == (text, None)
    assert "Layer 1" in answer["refusal"]


def test_changes_are_told() -> None:
    document = KerasDocument()
    told: list[str] = []
    document.observe(lambda name, _: told.append(name))
    document.set(FILES["mlp.keras.json"])
    document.dirty = True
    assert set(told) == {"file", "model", "state"}
    document.unobserve()
    told.clear()
    document.set("")
    assert told == []


def test_jupyter_finds_it_and_nothing_else_needs_it() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    [(name, value)] = project["entry-points"]["jupyter_ydoc"].items()
    assert EntryPoint(name, value, "jupyter_ydoc").load() is KerasDocument
    types = Path(ROOT, "src", "lab", "document", "filetypes.ts").read_text("utf-8")
    assert f"name: '{name}'" in types
    code = "import sys, kerasviz, kerasviz.server; assert 'pycrdt' not in sys.modules"
    subprocess.run([sys.executable, "-c", code], check=True, cwd=ROOT)
