"""A file of a few megabytes is read in time and memory proportional to its size, or refused by count."""

import json
import sys
import tracemalloc
import zipfile

import keras
import pytest

from kerasviz.config import ModelFileError, check_layer, check_model
from kerasviz.config.convert import convert
from kerasviz.config.parsing import MAX_CONTAINERS, MAX_VALUES, parse_json
from kerasviz.config.yaml_text import MAX_ESCAPES, MAX_EVENTS, parse_yaml
from kerasviz.storage import load


def calls_of(function):
    """How many functions of Python a call takes."""
    calls = []
    sys.setprofile(lambda frame, event, argument: calls.append(event) if event == "call" else None)
    try:
        function()
    finally:
        sys.setprofile(None)
    return len(calls)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"[" + b"[]," * 10_000_000 + b"[]]", "lists and objects"),
        pytest.param(b"[" + b'{"":0},' * 4_000_000 + b"{}]", "lists and objects", marks=pytest.mark.thorough),
        (b'{"x": [' + b"1," * 3_000_000 + b"1]}", "values"),
    ],
)
def test_json_is_counted_before_anything_is_made_of_it(data, said):
    tracemalloc.start()
    try:
        with pytest.raises(ModelFileError, match=said):
            parse_json(data)
        assert tracemalloc.get_traced_memory()[1] < 2**20
    finally:
        tracemalloc.stop()


def test_what_stands_in_texts_of_json_is_no_value():
    words = ["[{,", '"[,', "\\"] * (MAX_CONTAINERS // 2)
    assert parse_json(json.dumps(words).encode()) == words
    assert len(parse_json(b"[" + b"1," * (MAX_VALUES - 2) + b"1]")) == MAX_VALUES - 1


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("config: [" + "1, " * MAX_EVENTS + "1]", "values"),
        ("config: [" + "&a 1, " * 700_000 + "1]", "longer"),
        pytest.param(
            "config:\n" + "".join(f"  k{number}: 1\n" for number in range(MAX_EVENTS)),
            "values",
            marks=pytest.mark.thorough,
        ),
        ('config: "' + "\\x41" * (MAX_ESCAPES + 1) + '"', "escapes"),
    ],
)
def test_yaml_is_counted_while_it_is_read(source, said):
    with pytest.raises(ModelFileError, match=said):
        parse_yaml(source.encode())


def test_yaml_takes_time_in_proportion_to_its_length():
    def cost(count):
        source = "config:\n" + "".join(f'  k{number}: &a{number} [1, "\\x41"]\n' for number in range(count))
        return calls_of(lambda: parse_yaml(source.encode()))

    assert cost(1000) < 12 * cost(100)


def masked(count):
    """An old model whose layers hand a mask on, the last one first in the file."""
    layers = [
        {
            "class_name": "Dropout",
            "name": f"d{number}",
            "config": {"name": f"d{number}", "rate": 0.1},
            "inbound_nodes": [[[f"d{number - 1}" if number else "e", 0, 0, {}]]],
        }
        for number in range(count)
    ]
    words = {"name": "i", "batch_input_shape": [None, 5], "dtype": "int32", "sparse": False}
    embedding = {"name": "e", "input_dim": 5, "output_dim": 3, "mask_zero": True}
    first = [
        {"class_name": "InputLayer", "name": "i", "config": words, "inbound_nodes": []},
        {
            "class_name": "Embedding",
            "name": "e",
            "config": embedding,
            "inbound_nodes": [[["i", 0, 0, {}]]],
        },
    ]
    ends = {"input_layers": [["i", 0, 0]], "output_layers": [[f"d{count - 1}", 0, 0]]}
    config = {"name": "m", "layers": (first + layers)[::-1], **ends}
    return {"class_name": "Model", "keras_version": "2.2.4", "config": config}


def test_masks_of_layers_in_reverse_order_take_time_in_proportion_to_their_number():
    few, many = (calls_of(lambda count=count: convert(masked(count))) for count in (100, 1000))
    assert many < 12 * few


def test_words_take_the_memory_that_they_are_long():
    long = {"vocabulary": [f"w{number}" for number in range(1500)] + ["x" * 2**19]}
    item = {"module": "keras.layers", "class_name": "StringLookup", "config": {"name": "it", **long}}
    with pytest.raises(ModelFileError, match="1,501 texts"):
        check_layer(item)
    item["config"]["vocabulary"] = [f"w{number}" for number in range(500_000)]
    check_layer(item)


def test_words_of_an_archive_take_the_memory_that_they_are_long(tmp_path):
    words = keras.layers.StringLookup(name="words")
    words.adapt(["a", "b"])
    text = keras.Input((1,), dtype="string")
    keras.Model(text, words(text)).save(tmp_path / "short.keras")
    assert load(tmp_path / "short.keras").get_layer("words").vocabulary_size() == 3
    with zipfile.ZipFile(tmp_path / "short.keras") as short, zipfile.ZipFile(tmp_path / "m.keras", "w") as m:
        for name in short.namelist():
            data = short.read(name)
            if name.endswith("vocabulary.txt"):
                data += b"".join(b"\nw%d" % number for number in range(1500)) + b"\n" + b"x" * 2**17
            m.writestr(name, data)
    with pytest.raises(ModelFileError, match=r"words.*1,50\d texts"):
        load(tmp_path / "m.keras")


def test_the_words_of_all_layers_are_counted_together(tmp_path):
    words = [*(f"w{number}" for number in range(100)), "x" * 2**17]
    layers = [
        {
            "module": "keras.layers",
            "class_name": "StringLookup",
            "config": {"name": f"l{n}", "vocabulary": words},
        }
        for n in range(6)
    ]
    model = {"module": "keras", "class_name": "Sequential", "config": {"name": "m", "layers": layers[:5]}}
    check_model(model)
    model["config"]["layers"] = layers
    with pytest.raises(ModelFileError, match=r"'l5'.*those of the layers before it would take 303 MB"):
        check_model(model)


def policies(pattern):
    inner = {"module": "keras.dtype_policies", "class_name": "DTypePolicy", "config": {"name": "float32"}}
    config = {"default_policy": None, "policy_map": {pattern: inner}}
    policy = {"module": "keras.dtype_policies", "class_name": "DTypePolicyMap", "config": config}
    return {"module": "keras.layers", "class_name": "Dense", "config": {"units": 1, "dtype": policy}}


@pytest.mark.parametrize("pattern", ["(a+)+$", "(a|aa)" * 9, ".*" * 9, "((a{9}){9}){9}", "a" * 300, "(a*)?$"])
def test_a_pattern_that_may_take_for_ever_is_refused(pattern):
    with pytest.raises(ModelFileError, match="pattern"):
        check_layer(policies(pattern))


@pytest.mark.parametrize(
    "pattern", ["encoder/layer_0/dense", ".*dense_[0-9]+$", r"(query|key)_\d+", r"a\.b\*"]
)
def test_a_pattern_of_a_few_choices_passes(pattern):
    check_layer(policies(pattern))


@pytest.mark.parametrize(
    ("module", "name"),
    [("keras", "layers.Normalization"), ("keras", "src.layers.Dense"), ("keras.", "Dense")],
)
def test_a_class_has_one_spelling(module, name):
    with pytest.raises(ModelFileError, match="no class"):
        check_layer({"module": module, "class_name": name, "config": {"name": "it"}})


def test_a_tensor_that_is_hidden_in_an_array_is_no_input_of_a_call():
    x = keras.Input((2,))
    model = json.loads(keras.Model(x, keras.layers.RepeatVector(3, name="it")(x)).to_json())
    check_model(model)
    call = model["config"]["layers"][1]["inbound_nodes"][0]
    hidden = {"value": [[1]], "dtype": "int64", "x": call["args"][0]}
    call["args"] = [{"class_name": "__numpy__", "config": hidden}]
    with pytest.raises(ModelFileError, match="output of a layer"):
        check_model(model)
