"""Limits by number are about time or memory alone: who raises the budget as told gets past them."""

import json
import re
import zipfile

import keras
import pytest

from kerasviz.analysis import symbolic
from kerasviz.config import ModelFileError, arrayvalues, check, layercalls, parsing, sizes, yaml_text
from kerasviz.config.budget import budget, most, set_budget, way_on, without_cells
from kerasviz.storage import container


def dense(count):
    model = keras.Sequential([keras.Input((2,)), *(keras.layers.Dense(1) for _ in range(count))])
    return json.loads(model.to_json())


def outputs(count):
    x = keras.Input((4,), name="i")
    model = json.loads(keras.Model(x, keras.layers.Dense(1, name="d")(x)).to_json())
    model["config"]["output_layers"] = [["d", 0, 0]] * count
    return model


def archive(folder):
    path = folder / "m.keras"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("config.json", json.dumps(dense(2)) + " " * 20_000)
        file.writestr("assets/x/vocabulary.txt", "a" * 100)
        file.writestr("assets/y/vocabulary.txt", "a" * 100)
    with container.open_container(path):
        pass


def spread():
    norm = {"module": "keras.layers", "class_name": "Normalization", "config": {"name": "n"}}
    tensor = symbolic.TensorSpec((None, 50), "float32")
    call = symbolic.Call([{"class_name": "__keras_tensor__"}], {}, (), "")
    symbolic.check_spread(norm, symbolic.Bound(call, ((tensor,),)))


CASES = {
    "layers": (check, "MAX_LAYERS", 2, lambda _: check.check_model(dense(5))),
    "outputs": (layercalls, "MAX_CALLS", 2, lambda _: check.check_model(outputs(5))),
    "words": (arrayvalues, "MAX_TEXTS", 2, lambda _: arrayvalues.check_texts(["a"] * 9, None)),
    "long words": (arrayvalues, "MAX_TEXT_BYTES", 8, lambda _: arrayvalues.check_texts(["abc"], None)),
    "words together": (arrayvalues, "MAX_TEXT_BYTES", 8, lambda _: arrayvalues.check_texts(["a"], None, 9)),
    "numbers": (arrayvalues, "MAX_ARRAY_ITEMS", 3, lambda _: arrayvalues.check_numbers([1] * 9, None)),
    "bytes": (parsing, "MAX_TEXT_BYTES", 4, lambda _: parsing.parse_json(b"[1, 2, 3]")),
    "values": (parsing, "MAX_VALUES", 2, lambda _: parsing.parse_json(b"[1, 2, 3]")),
    "lists": (parsing, "MAX_CONTAINERS", 1, lambda _: parsing.parse_json(b"[[], []]")),
    "a text": (parsing, "MAX_STRING", 2, lambda _: parsing.parse_json(b'["abcdef"]')),
    "YAML": (yaml_text, "MAX_YAML_BYTES", 4, lambda _: yaml_text.parse_yaml(b"- a\n- b\n")),
    "values of YAML": (yaml_text, "MAX_EVENTS", 2, lambda _: yaml_text.parse_yaml(b"- a\n- b\n")),
    "escapes": (yaml_text, "MAX_ESCAPES", 1, lambda _: yaml_text.parse_yaml(b'- "\\x41\\x41"')),
    "aliases": (yaml_text, "MAX_VALUES", 3, lambda _: yaml_text.parse_yaml(b"- &a [1, 2]\n- *a")),
    "sizes": (sizes, "SIZES", {"X": ({"n": 1}, 2)}, lambda _: sizes.check_sizes("X", {"n": 9}, None)),
    "mean and variance": (symbolic, "MAX_SPREAD", 20, lambda _: spread()),
    "expansion": (container, "MAX_RATIO", 8, archive),
    "directory": (container, "MAX_DIRECTORY_BYTES", 50, archive),
    "assets": (container, "MAX_ASSETS", 1, archive),
    "bytes of assets": (container, "MAX_ASSET_BYTES", 50, archive),
}


@pytest.mark.parametrize("case", CASES)
def test_who_does_as_the_sentence_says_gets_past_the_limit(case, monkeypatch, tmp_path):
    module, name, small, action = CASES[case]
    action(tmp_path)
    monkeypatch.setattr(module, name, small)
    before = budget()
    with pytest.raises(ModelFileError) as refused:
        action(tmp_path)
    with without_cells():
        told = re.search(r"KERASVIZ_(SECONDS|GIGABYTES)=\d+", str(way_on("seconds")))
    assert told
    way = re.search(r"kerasviz\.set_budget\((\w+)=([\d.]+)\) in a cell", str(refused.value))
    assert way, refused.value
    try:
        set_budget(**{way[1]: float(way[2])})
        action(tmp_path)
    finally:
        set_budget(before.seconds, before.gigabytes)


def test_a_smaller_budget_leaves_the_usual_numbers():
    before = budget()
    try:
        set_budget(seconds=1)
        assert most(100, "seconds") == most(100, "gigabytes") == 100
        set_budget(seconds=60)
        assert (most(100, "seconds"), most(100, "gigabytes")) == (300, 100)
    finally:
        set_budget(before.seconds, before.gigabytes)
