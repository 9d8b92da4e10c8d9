"""Configs with a value of the wrong kind anywhere end in a sentence of ours, never in Python's words."""

import copy
import json
import re
import warnings
import zipfile
from itertools import product
from typing import Any

import h5py
import keras
import pytest
from conftest import few
from hypothesis import given, settings
from hypothesis import strategies as st

import kerasviz
from kerasviz.config import ModelFileError
from kerasviz.config.build import build_model as build_config
from kerasviz.config.yaml_text import parse_text
from kerasviz.models.building import build_model
from kerasviz.protocol import RequestError
from kerasviz.protocol.text import Text, sentence_of

L = keras.layers
PYTHONS = re.compile(
    r"object (is not|has no attribute|does not support)|unexpected keyword|missing \d+ required"
    r"|\b(Key|Attribute|Type|Index|Name|Assertion|ZeroDivision|UnicodeEncode)Error\b|must be \w+, not"
    r"|unhashable|unsupported operand|not supported between|list indices|index out of range|takes \d+ posit"
    r"|invalid literal|could not convert|values to unpack|can't multiply|can only concatenate"
    r"|must be a mapping|not iterable|cannot be interpreted|object of type"
    r"|(?<!Its outputs): '[^' ]*'\.?$|0x[0-9a-f]{6}|codec can't"
)
"""What Python says, and no person understands."""


def sequential() -> dict[str, Any]:
    layers = [L.Conv2D(4, 3, name="c"), L.BatchNormalization(name="b"), L.Flatten(name="f")]
    last = L.Dense(3, activation="softmax", kernel_regularizer="l2", name="d")
    model = keras.Sequential([keras.Input((8, 8, 3)), *layers, last], name="s")
    rate = keras.optimizers.schedules.ExponentialDecay(0.1, 10, 0.9)
    area = keras.metrics.AUC(name="a")
    model.compile(keras.optimizers.Adam(rate), "sparse_categorical_crossentropy", ["accuracy", area])
    return json.loads(model.to_json())


def functional() -> dict[str, Any]:
    i, j, shared = keras.Input((6,), name="i"), keras.Input((6,), name="j"), L.Dense(6, name="shared")
    x = L.Concatenate(name="cat")([shared(i), shared(j)]) * 2.0 + 1.0
    ends = {"o": L.Dense(1, name="o")(x), "p": L.Dense(2, name="p")(x[:, 1:3])}
    model = keras.Model({"i": i, "j": j}, ends, name="m")
    model.compile("adam", {"o": "mse", "p": keras.losses.Huber(2.0)}, metrics={"o": ["mae"]})
    return json.loads(model.to_json())


def nested() -> dict[str, Any]:
    inner = [L.LSTM(3, return_sequences=True, name="l"), L.TimeDistributed(L.Dense(2), name="t")]
    k = keras.Input((5, 4), name="k")
    y = keras.Sequential([keras.Input((5, 4)), *inner], name="inner")(k)
    y = L.Bidirectional(L.GRU(2), name="bi")(L.MultiHeadAttention(2, 3, name="mha")(y, y))
    return json.loads(keras.Model(k, L.Dense(1, name="out")(y), name="nest").to_json())


def cells() -> dict[str, Any]:
    e = keras.Input((4,), dtype="int32", name="e")
    y = L.Embedding(10, 3, mask_zero=True, name="em")(e)
    y = L.RNN(L.StackedRNNCells([L.LSTMCell(3), L.GRUCell(2)]), name="rnn")(y)
    return json.loads(keras.Model(e, L.Dense(1, name="q", dtype="mixed_float16")(y)).to_json())


def words() -> dict[str, Any]:
    vector = L.TextVectorization(vocabulary=["a", "b"], output_sequence_length=4, name="v")
    layers = [vector, L.Embedding(5, 2, name="e"), L.GlobalAveragePooling1D(name="g"), L.Dense(1, name="d")]
    return json.loads(keras.Sequential([keras.Input((1,), dtype="string"), *layers], name="t").to_json())


def old(class_name: str, name: str, *nodes: str, **config: Any) -> dict[str, Any]:
    calls = [[[node, 0, 0, {}] for node in nodes]] if nodes else []
    return {
        "class_name": class_name,
        "name": name,
        "config": {"name": name, **config},
        "inbound_nodes": calls,
    }


def keras_2_graph() -> dict[str, Any]:
    wrapped = {"class_name": "LSTM", "config": {"name": "ll", "units": 2}}
    node = {"name": "x", "op": "AddV2", "input": ["l", "x/y"], "attr": {"T": {"type": "DT_FLOAT"}}}
    layers = [
        old("InputLayer", "i", batch_input_shape=[None, 5], dtype="int32", sparse=False),
        old("Embedding", "e", "i", input_dim=9, output_dim=2, mask_zero=True, input_length=5),
        old("Bidirectional", "l", "e", layer=wrapped, merge_mode="concat"),
        old("Dense", "m", "l", units=4),
        old("Add", "add", "l", "m"),
        old("TensorFlowOpLayer", "op", "add", dtype="float32", node_def=node, constants={"1": 1.0}),
    ]
    graph = {"name": "m", "layers": layers, "input_layers": [["i", 0, 0]], "output_layers": [["op", 0, 0]]}
    return {"class_name": "Model", "config": graph, "keras_version": "2.4.0", "backend": "tensorflow"}


def keras_2_chain() -> dict[str, Any]:
    scaling = {"scale": 1.0, "mode": "fan_avg", "distribution": "uniform", "seed": None}
    first = {"class_name": "VarianceScaling", "config": scaling}
    layers = [
        old(
            "Conv1D",
            "c",
            batch_input_shape=[None, 8, 3],
            filters=4,
            kernel_size=[3],
            kernel_initializer=first,
        ),
        old("LSTM", "x", units=2, recurrent_activation="hard_sigmoid", implementation=1),
        old("Dense", "d", units=3, activation="softmax"),
    ]
    return {"class_name": "Sequential", "config": {"name": "s", "layers": layers}, "keras_version": "2.2.4"}


MODELS = {
    make.__name__: make()
    for make in (sequential, functional, nested, cells, words, keras_2_graph, keras_2_chain)
}
TENSOR = {"shape": [None, 4], "dtype": "float32", "keras_history": ["nobody", 0, 0]}
STRANGE = [
    *(None, True, False, 0, 1, -1, 5, 2**60, 1.5, "", "x", "relu", [], {}, [[]], [{}], [None], [1, 2, 3, 4]),
    *({"a": 1}, {"class_name": 5}, {"class_name": "Dense"}, {"class_name": "Dense", "config": None}),
    *({"class_name": "__keras_tensor__", "config": part} for part in ({}, None, TENSOR)),
    *(
        {"class_name": name, "config": {"value": [1], "dtype": "float32"}}
        for name in ("__numpy__", "__tensor__")
    ),
    *(
        {"module": f"keras.{of}", "class_name": name, "config": {}}
        for of, name in (("layers", "Dense"), ("ops", "Add"))
    ),
    *(
        ["a", 0, 0],
        [["a", 0, 0]],
        [["a", "b"]],
        "\ud800",
        {"class_name": "__bytes__", "config": {"value": "\ud800"}},
    ),
]
"""Values that are wrong in most places."""
GONE = object()


def places(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    parts = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [path, *(place for key, part in parts for place in places(part, (*path, key)))]


def at(value: Any, path: tuple[Any, ...]) -> Any:
    for key in path:
        value = value[key]
    return value


@st.composite
def malformed(draw: st.DrawFn) -> dict[str, Any]:
    """A model with up to three places removed, or replaced: by something strange, or by another place."""
    model = copy.deepcopy(MODELS[draw(st.sampled_from(sorted(MODELS)))])
    for _ in range(draw(st.sampled_from([1, 1, 2, 3]))):
        every = places(model)[1:]
        if not every:
            break
        path, other = draw(st.sampled_from(every)), draw(st.sampled_from(every))
        new = draw(st.sampled_from([GONE, at(model, other), *STRANGE]))
        where = at(model, path[:-1])
        if new is GONE:
            del where[path[-1]]
        else:
            where[path[-1]] = copy.deepcopy(new)
    return model


def sentences(action: Any) -> list[str]:
    """What is said; whatever an exception is, it must be one of ours, with a sentence."""
    with warnings.catch_warnings(record=True) as told:
        warnings.simplefilter("always")
        try:
            found = action()
        except (ModelFileError, RequestError) as error:
            return [str(error)]
        except (TypeError, ValueError) as error:
            assert isinstance(sentence_of(error), Text), error
            return [str(error)]
    errors = [error.message for error in getattr(found, "errors", [])]
    return [*errors, *(str(warning.message) for warning in told if "not compiled" in str(warning.message))]


def files_of(model: Any, folder: Any) -> list[Any]:
    """The model as a `.json`, a `.keras` and a `.h5`, without weights."""
    written = json.dumps(model)
    paths = [folder / f"m.{end}" for end in ("json", "keras", "h5")]
    paths[0].write_text(written)
    with zipfile.ZipFile(paths[1], "w") as archive:
        archive.writestr("config.json", written)
        archive.writestr("metadata.json", json.dumps({"keras_version": "3.9.0"}))
    with h5py.File(paths[2], "w") as file:
        file.attrs["model_config"] = written
        file.attrs["keras_version"] = "2.4.0"
        training = model.get("compile_config")
        file.attrs["training_config"] = json.dumps({"optimizer_config": training, "loss": training})
        file.create_group("model_weights").attrs["layer_names"] = []
    return paths


def said_of(model: Any, folder: Any) -> list[str]:
    """All that is said of a model, through each way in."""

    def kept() -> None:
        kerasviz.save(build_model(model), folder / "out.keras")

    ways = [lambda: kerasviz.analyze(model), lambda: kerasviz.to_code(model), kept]
    for path in files_of(model, folder):
        ways += [lambda path=path: kerasviz.load(path), lambda path=path: kerasviz.read_config(path)]
    return [sentence for way in ways for sentence in sentences(way)]


def check(model: Any, folder: Any) -> None:
    for sentence in said_of(model, folder):
        assert not PYTHONS.search(sentence), sentence


@given(model=malformed())
@settings(max_examples=25)
def test_a_malformed_config_ends_in_a_sentence(model, tmp_path_factory):
    check(model, tmp_path_factory.mktemp("malformed"))


@pytest.mark.thorough
@pytest.mark.timeout(1200)
@given(model=malformed())
@settings(max_examples=1000)
def test_many_malformed_configs_end_in_a_sentence(model, tmp_path_factory):
    check(model, tmp_path_factory.mktemp("malformed"))


@pytest.mark.parametrize(
    ("part", "name"), few(product(["optimizer", "loss", "metrics", "schedule"], [[], {}, None, 5]), 5)
)
def test_the_class_of_a_part_of_the_setup_is_no_text(part, name, tmp_path):
    model = copy.deepcopy(MODELS["sequential"])
    compiled = model["compile_config"]
    if part == "schedule":
        compiled["optimizer"]["config"]["learning_rate"]["class_name"] = name
    else:
        wrong = {"module": f"keras.{part}", "class_name": name, "config": {}, "registered_name": None}
        compiled[part] = [wrong] if part == "metrics" else wrong
    check(model, tmp_path)


def test_a_dtype_that_a_layer_of_words_keeps_unlooked_at(tmp_path):
    model = copy.deepcopy(MODELS["words"])
    model["config"]["layers"][1]["config"]["dtype"] = "__keras_tensor__"
    check(model, tmp_path)


INPUT = {"module": "keras.layers", "class_name": "InputLayer", "config": {"batch_shape": [None, 3]}}


def with_layers(*layers: Any) -> dict[str, Any]:
    return {
        "module": "keras",
        "class_name": "Sequential",
        "config": {"name": "m", "layers": list(layers)},
        "registered_name": None,
    }


def dense(name: str) -> dict[str, Any]:
    config = {"name": name, "units": 2}
    return {"module": "keras.layers", "class_name": "Dense", "config": config, "registered_name": None}


@pytest.mark.parametrize(
    ("layer", "said"),
    [
        ({}, "class_name is null, expected a text"),
        ({"class_name": 5}, "class_name is 5, expected a text"),
        ({"class_name": "Dense", "config": None}, "Layer 'Dense': config is null, expected an object"),
        ({"class_name": "Dense", "config": {"name": 5}}, "name is 5, expected a text"),
        ([], r"layer is \[\], expected an object"),
    ],
)
def test_a_layer_that_is_none_is_named(layer, said, tmp_path):
    model = with_layers(INPUT, layer)
    with pytest.raises(ModelFileError, match=said):
        build_config(model)
    for path in files_of(model, tmp_path):
        with pytest.raises(ModelFileError, match=said):
            kerasviz.load(path)


@keras.saving.register_keras_serializable("malformed")
class Own(L.Layer):
    def call(self, inputs):
        return inputs.nothing


def test_words_of_python_out_of_the_users_own_code_are_shown():
    own = {"module": None, "class_name": "Own", "config": {"name": "o"}, "registered_name": "malformed>Own"}
    (error,) = kerasviz.analyze(with_layers(INPUT, own)).errors
    assert error.layer == "o" and "has no attribute 'nothing'" in error.message


def with_bytes(value: str) -> dict[str, Any]:
    x = keras.Input((4,), name="i")
    model = json.loads(keras.Model(x, keras.ops.subtract(x, 1.0)).to_json())
    (call,) = model["config"]["layers"][1]["inbound_nodes"]
    call["args"][1] = {"class_name": "__bytes__", "config": {"value": value}}
    return model


@pytest.mark.parametrize("model", [with_layers(INPUT, dense("a\ud800")), with_bytes("a\ud800")])
def test_half_a_character_is_told_at_every_door(model, tmp_path):
    for sentence in said_of(model, tmp_path):
        assert "contains a character that can't be saved" in sentence


@pytest.mark.parametrize("written", ["[1e999]", "[-1e999]", "- 1e999\n"])
def test_a_number_that_no_float_holds_is_refused(written):
    with pytest.raises(ModelFileError, match="1e999 is too large"):
        parse_text(written.encode())
    assert parse_text(written.replace("1e999", "1e300").encode())[0] in (1e300, -1e300)


@pytest.mark.parametrize("word", ["-", ".", "-.", ".e5", "-e5", "e5"])
def test_a_word_of_yaml_without_digits_before_its_exponent_is_a_text(word):
    assert parse_text(f"a: [{word}]".encode()) == {"a": [word]}


@pytest.mark.parametrize("number", ["1.e5", ".5", "-0.25", "1e5", "-.5e-3", "0."])
def test_a_number_of_yaml_is_one(number):
    assert parse_text(f"a: [{number}]".encode()) == {"a": [float(number)]}
