"""The catalogue is what the installed Keras says of itself."""

import inspect
import json
import random
import subprocess
import sys
from pathlib import Path

import jsonschema
import keras
import pytest
from said import said

from kerasviz.catalog import catalog, catalog_hash, to_json
from kerasviz.catalog.classes import KINDS
from kerasviz.catalog.docstrings import parse
from kerasviz.catalog.schema import argument_schema

COMMITTED = Path(__file__).parents[1] / "src" / "core" / "catalog" / "catalog.json"
CLASSES = [
    (kind, entry["class_name"])
    for kind in ("layers", "operations", "data", *KINDS)
    for entry in catalog()[kind]
]


def entry_of(kind, class_name):
    return next(entry for entry in catalog()[kind] if entry["class_name"] == class_name)


def required(entry):
    return entry["schema"].get("required", [])


def argument(class_name, name, kind="layers"):
    return entry_of(kind, class_name)["schema"]["properties"][name]


def test_every_public_layer_appears_once():
    public = {
        cls for cls in vars(keras.layers).values() if inspect.isclass(cls) and issubclass(cls, keras.Layer)
    }
    names = [(entry["module"], entry["class_name"]) for entry in catalog()["layers"]]
    assert len(names) == len(set(names)) == len(public)


@pytest.mark.parametrize(("kind", "class_name"), CLASSES)
def test_schema_is_valid_and_so_is_every_default(kind, class_name):
    schema = entry_of(kind, class_name)["schema"]
    jsonschema.Draft7Validator.check_schema(schema)
    for name, described in schema["properties"].items():
        if "default" in described:
            jsonschema.validate(described["default"], described)
        else:
            assert name in schema.get("required", []), name
    assert set(schema.get("required", [])) <= set(schema["properties"])


def test_committed_catalog_is_that_of_the_installed_keras():
    committed = json.loads(COMMITTED.read_text())
    if committed["keras"] != keras.__version__:
        pytest.skip(
            f"src/core/catalog/catalog.json is of Keras {committed['keras']}, this is {keras.__version__}"
        )
    assert committed == catalog(), "run: python -m kerasviz.catalog > src/core/catalog/catalog.json"


@pytest.mark.thorough
def test_command_prints_the_committed_bytes():
    printed = subprocess.run(
        [sys.executable, "-m", "kerasviz.catalog"], capture_output=True, check=True
    ).stdout
    assert printed.isascii()
    assert len(printed) < 1_300_000
    assert max(map(len, printed.splitlines())) < 40_000, "one entry a line"
    assert json.loads(printed)["hash"] == catalog_hash()
    if json.loads(COMMITTED.read_text())["keras"] == keras.__version__:
        assert printed == COMMITTED.read_bytes()


@pytest.mark.thorough
def test_making_the_catalog_leaves_keras_and_random_numbers_alone():
    random.seed(7)
    state = random.getstate()
    from kerasviz.catalog.layers import layer_entries

    layer_entries()
    assert random.getstate() == state
    keras.backend.clear_session()
    assert keras.layers.Dense(1).name == "dense"


def test_arguments_say_what_keras_accepts():
    assert entry_of("layers", "Dense")["schema"]["required"] == ["units"]
    assert argument("Dense", "units") | {"description": ""} == {
        "type": "integer",
        "minimum": 1,
        "description": "",
    }
    assert argument("Dense", "activation")["x-keras"] == "activation"
    assert argument("Dense", "kernel_initializer")["default"] == "glorot_uniform"
    assert argument("Conv1D", "padding")["enum"] == ["valid", "same", "causal"]
    assert argument("Conv2D", "kernel_size")["type"] == ["integer", "array"]
    assert argument("Conv2D", "kernel_size")["x-keras"] == "ints"
    assert argument("Conv2D", "data_format")["enum"] == ["channels_last", "channels_first", None]
    assert argument("MaxPooling2D", "strides")["type"] == ["integer", "array", "null"]
    assert argument("Bidirectional", "merge_mode")["enum"] == ["sum", "mul", "concat", "ave", None]
    assert argument("Bidirectional", "layer")["x-keras"] == "layer"
    assert argument("Dropout", "rate")["maximum"] == 1
    assert argument("SGD", "learning_rate", "optimizers")["type"] == ["number", "object"]


def test_what_a_docstring_leaves_out_is_taken_from_its_namesakes():
    assert argument("LSTM", "seed")["type"] == ["integer", "null"]
    assert argument("SpatialDropout2D", "data_format")["enum"] == ["channels_last", "channels_first", None]


def test_what_from_config_demands_is_required_in_spite_of_a_default():
    assert required(entry_of("initializers", "Constant")) == ["value"]
    assert required(entry_of("layers", "Rescaling")) == ["scale", "offset"]
    assert argument("Rescaling", "offset")["default"] == 0.0


def test_what_keras_does_not_keep_in_a_config_is_not_in_the_form():
    assert "weights" not in entry_of("layers", "Embedding")["schema"]["properties"]
    assert "use_cudnn" not in entry_of("layers", "LSTM")["schema"]["properties"]


def test_base_arguments_come_last_and_the_name_has_a_field_of_its_own():
    for entry in catalog()["layers"]:
        assert "name" not in entry["schema"]["properties"]
    assert list(entry_of("layers", "Dense")["schema"]["properties"])[-2:] == ["trainable", "dtype"]


def test_an_input_is_described_as_keras_keeps_it():
    entry = entry_of("layers", "InputLayer")
    kept = keras.Input((3,))._keras_history.operation.get_config()
    assert entry["schema"]["title"] == "Input"
    assert entry["schema"]["required"] == ["batch_shape"]
    assert set(entry["schema"]["properties"]) == set(kept) - {"name"}
    assert entry["inputs"] == []


def test_ports_are_the_tensors_of_call():
    def ports(class_name):
        inputs = entry_of("layers", class_name)["inputs"]
        return [(p["name"], p["many"], p["optional"]) for p in inputs if not p.get("carried")]

    assert ports("Dense") == [("inputs", False, False)]
    assert (
        ports("Concatenate")
        == ports("Add")
        == ports("Dot")
        == ports("Attention")
        == [("inputs", True, False)]
    )
    assert ports("MultiHeadAttention")[:3] == [
        ("query", False, False),
        ("value", False, False),
        ("key", False, True),
    ]
    assert (
        ports("LSTM")
        == ports("Bidirectional")
        == [("sequences", False, False), ("initial_state", True, True)]
    )


def test_masks_that_keras_hands_along_are_ports_of_their_own():
    def carried(class_name):
        return [port["name"] for port in entry_of("layers", class_name)["inputs"] if port.get("carried")]

    assert carried("LSTM") == carried("Softmax") == carried("TimeDistributed") == ["mask"]
    assert carried("MultiHeadAttention") == ["query_mask", "value_mask", "key_mask"]
    assert carried("Dense") == []
    masks = {port["name"]: port for port in entry_of("layers", "Attention")["inputs"]}
    assert masks["mask"]["many"] and masks["mask"]["optional"]


def test_what_a_call_takes_besides_tensors_is_described():
    def described(class_name):
        properties = entry_of("layers", class_name)["call"]["properties"]
        return {name: (schema["type"], schema["default"]) for name, schema in properties.items()}

    training = (["boolean", "null"], None)
    assert described("Embedding") == described("Add") == described("InputLayer") == {}
    # Left out, it is whatever the model is called with, though Dropout's signature says False.
    assert described("Dropout") == described("BatchNormalization") == {"training": training}
    assert described("MultiHeadAttention") == {
        "return_attention_scores": ("boolean", False),
        "training": training,
        "use_causal_mask": ("boolean", False),
    }


def test_an_index_is_no_tensor_and_operands_are_any_number():
    get_item, einsum = entry_of("operations", "GetItem"), entry_of("operations", "Einsum")
    assert get_item["inputs"] == [{"name": "x", "many": False, "optional": False}]
    assert get_item["call"]["properties"]["key"]["x-keras"] == "index"
    assert get_item["call"]["required"] == ["key"]
    assert einsum["inputs"] == [{"name": "operands", "many": False, "optional": False, "variadic": True}]
    assert argument("Einsum", "subscripts", "operations")["type"] == "string"
    assert argument("BroadcastTo", "shape", "operations")["x-keras"] == "shape"


def test_a_layer_says_what_it_can_be_inside_another():
    roles = {entry["class_name"]: entry["roles"] for entry in catalog()["layers"]}
    assert {name for name, of in roles.items() if "cell" in of} == {
        "GRUCell",
        "LSTMCell",
        "SimpleRNNCell",
        "StackedRNNCells",
    }
    assert "RNN" in roles["LSTM"] and "RNN" in roles["ConvLSTM2D"] and "RNN" not in roles["Dense"]
    assert argument("Bidirectional", "layer")["x-role"] == "RNN"
    assert argument("RNN", "cell")["x-role"] == argument("StackedRNNCells", "cells")["x-role"] == "cell"
    assert "x-role" not in argument("TimeDistributed", "layer")


def test_dtypes_and_policies_are_names_that_keras_accepts():
    assert {"float32", "int32", "string"} <= set(catalog()["dtypes"])
    assert {"float32", "mixed_bfloat16", "int8_from_float32"} <= set(catalog()["dtype_policies"])
    for name in catalog()["dtype_policies"]:
        assert keras.layers.Dense(1, dtype=name).dtype_policy.name == name
    assert argument("InputLayer", "dtype")["x-keras"] == "dtype"
    assert argument("Dense", "dtype")["x-keras"] == "dtype_policy"


def test_values_that_a_docstring_tells_in_other_words_are_typed():
    assert argument("StringLookup", "vocabulary")["x-keras"] == "strings"
    assert argument("IntegerLookup", "vocabulary")["items"] == {"type": "integer"}
    assert argument("Discretization", "bin_boundaries")["items"] == {"type": "number"}
    assert argument("Normalization", "mean")["type"] == ["number", "array", "null"]
    assert argument("TextVectorization", "ngrams")["type"] == ["integer", "array", "null"]
    assert argument("RandAugment", "interpolation")["enum"] == ["nearest", "bilinear"]


def test_layers_that_hold_code_or_are_abstract_say_why_they_are_disabled():
    disabled = {entry["class_name"]: entry["disabled"] for entry in catalog()["layers"] if entry["disabled"]}
    code = {"Lambda", "TFSMLayer", "JaxLayer", "FlaxLayer", "TorchModuleWrapper"}
    # Its compute_output_spec returns its input, which keras.Model calls a cycle.
    faulty = {"Equalization"} if keras.__version__ == "3.15.1" else set()
    assert set(disabled) >= code | {"Layer", "Wrapper"} | faulty
    assert len(disabled) < 12
    assert all(said(reason).endswith(".") for reason in disabled.values())


def test_activations_have_names_that_keras_accepts():
    names = [entry["name"] for entry in catalog()["activations"]]
    assert len(names) == len(set(names)) > 20
    for entry in catalog()["activations"]:
        assert entry["summary"]
        assert callable(keras.activations.get(entry["name"]))


@pytest.mark.parametrize("kind", ["optimizers", "initializers", "regularizers", "constraints"])
def test_objects_can_be_made_from_their_required_arguments(kind):
    sgd = {"module": "keras.optimizers", "class_name": "SGD", "config": {}, "registered_name": None}
    objects = {"optimizer": sgd}
    for entry in catalog()[kind]:
        config = {
            name: objects.get(schema.get("x-keras", ""), schema.get("default", 1))
            for name in required(entry)
            for schema in [argument(entry["class_name"], name, kind)]
        }
        made = keras.saving.deserialize_keras_object({**entry, "config": config})
        assert type(made).__name__ in dir(getattr(keras, kind))


def test_docs_are_markdown():
    doc = entry_of("layers", "Dense")["doc"]
    assert "\n- **units**: Positive integer, dimensionality of the output space.\n" in doc
    assert "```python" in entry_of("layers", "InputLayer")["doc"]
    for entry in catalog()["layers"]:
        assert entry["doc"].count("```") % 2 == 0, entry["class_name"]
        assert entry["summary"] and "\n" not in entry["summary"]


def test_docstring_sections_are_told_apart():
    def layer():
        """Does it.

        Long.

        Args:
            units: Positive integer.
                More of it.
            **kwargs: Others.

        Call arguments:
            inputs: A tensor.

        Example:

        >>> layer()
        1
        """

    doc = parse(layer)
    assert doc.summary == "Does it."
    assert doc.arguments == {"units": "Positive integer. More of it."}
    assert doc.call_arguments == {"inputs": "A tensor."}
    assert doc.markdown.endswith("**Example**\n\n```python\n>>> layer()\n1\n```")


def test_arguments_without_words_or_default_accept_any_json():
    assert argument_schema("thing", inspect.Parameter.empty, "") == {"x-keras": "json"}
    assert argument_schema("thing", object(), "") == {"x-keras": "json"}


def test_registered_layers_join_the_catalog():
    before = catalog_hash()

    @keras.saving.register_keras_serializable("mine")
    class Scale(keras.Layer):
        """Multiplies.

        Args:
            factor: Float, what to multiply by.
        """

        def __init__(self, factor, **kwargs):
            super().__init__(**kwargs)
            self.factor = factor

        def call(self, inputs, offset=0.5):
            return inputs * self.factor + offset

    try:
        entry = next(entry for entry in catalog()["layers"] if entry["registered_name"])
        assert (entry["class_name"], entry["registered_name"], entry["group"]) == (
            "Scale",
            "mine>Scale",
            "Custom",
        )
        assert entry["schema"]["properties"]["factor"]["type"] == "number"
        assert entry["call"]["properties"] == {"offset": {"type": "number", "default": 0.5}}
        assert entry["roles"] == []
        assert catalog_hash() != before
        layer = keras.layers.deserialize({**entry, "config": {"factor": 2.0}})
        assert layer(keras.ops.ones(1), offset=0) == 2
    finally:
        del keras.saving.get_custom_objects()["mine>Scale"]
    assert catalog_hash() == before
    assert to_json(catalog()) == to_json(catalog())
