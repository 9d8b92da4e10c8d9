"""The analysis says what Keras says, layer by layer, and takes no memory for it."""

import copy
import json
import random
import resource

import keras
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from keras import layers

from kerasviz.analysis import Analyzer


def config_of(model):
    return json.loads(model.to_json())


def layer_of(config, name):
    return next(layer for layer in config["config"]["layers"] if layer["config"]["name"] == name)


def analyse(config):
    return Analyzer().update(config)


def sequential(*stack):
    return config_of(keras.Sequential(list(stack)))


def branches():
    """One input, two branches; `left` and `right` are independent of each other."""
    x = keras.Input((8,), name="x")
    left = layers.Dense(4, name="left_1")(x)
    left = layers.Dense(4, name="left_2")(left)
    right = layers.Dense(3, name="right")(x)
    return config_of(keras.Model(x, [left, right]))


def shared():
    a, b = keras.Input((5,), name="a"), keras.Input((5,), name="b")
    dense = layers.Dense(7, name="dense")
    return keras.Model([a, b], layers.Add(name="add")([dense(a), dense(b)]))


def nested():
    x = keras.Input((4,), name="x")
    inner = keras.Model(x, layers.Dense(3)(x), name="inner")
    y = keras.Input((4,), name="y")
    return keras.Model(y, inner(y) + inner(y * 2.0))


def recurrent():
    x = keras.Input((7,), dtype="int32", name="x")
    h = layers.Embedding(10, 4, mask_zero=True, name="embedding")(x)
    h, *states = layers.LSTM(3, return_sequences=True, return_state=True, name="lstm")(h)
    h = layers.MultiHeadAttention(2, 3, name="attention")(h, value=h)
    return keras.Model(x, [h, *states])


MODELS = {
    "shared": shared,
    "nested": nested,
    "recurrent": recurrent,
    "mobilenet": lambda: keras.applications.MobileNetV2(weights=None, input_shape=(96, 96, 3)),
    "efficientnet": lambda: keras.applications.EfficientNetV2B0(weights=None, input_shape=(64, 64, 3)),
}


@pytest.mark.parametrize("name", MODELS)
def test_shapes_dtypes_and_parameters_are_those_of_the_built_model(name):
    model = MODELS[name]()
    config = config_of(model)
    update = analyse(config)
    for layer in model.operations:
        # A nested model has one more node, its own, in front of those of its calls.
        own = isinstance(layer, keras.Model)
        nodes = layer._inbound_nodes[own:] if own else layer._inbound_nodes
        calls = len(layer_of(config, layer.name)["inbound_nodes"]) or 1
        for index, node in enumerate(nodes[-calls:]):
            found = update["nodes"][f"{layer.name}:{index}"]
            assert found["error"] is None and not found["waiting"]
            assert found["shapes"] == [list(t.shape) for t in node.output_tensors]
            assert found["dtypes"] == [t.dtype for t in node.output_tensors]
    assert update["errors"] == []
    assert update["totals"]["params"] == model.count_params()
    assert update["totals"]["trainable"] == sum(w.numpy().size for w in model.trainable_weights)
    assert update["totals"]["bytes"] == 4 * model.count_params()


def test_a_shared_layer_is_counted_at_its_first_call():
    nodes = analyse(config_of(shared()))["nodes"]
    assert [nodes["dense:0"]["params"], nodes["dense:1"]["params"]] == [42, 0]


def test_a_second_call_must_fit_the_weights_that_the_first_made():
    config = config_of(shared())
    layer_of(config, "b")["config"]["batch_shape"] = [None, 6]
    nodes = analyse(config)["nodes"]
    assert nodes["dense:0"]["error"] is None
    assert nodes["dense:1"]["error"]["layer"] == "dense"
    assert nodes["add:0"]["waiting"]


def test_an_enormous_layer_takes_no_memory():
    config = sequential(layers.Input((1_000_000,)), layers.Dense(4))
    config["config"]["layers"][1]["config"]["units"] = 10**9
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    update = analyse(config)
    assert update["totals"]["params"] == 10**15 + 10**9
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 100_000  # kB


def test_a_frozen_layer_has_no_trainable_parameters():
    config = sequential(layers.Input((3,)), layers.Dense(4, name="dense"))
    layer_of(config, "dense")["config"]["trainable"] = False
    assert analyse(config)["totals"] == {"layers": 2, "params": 16, "trainable": 0, "bytes": 64}


def test_mixed_precision_keeps_float32_weights_and_float16_tensors():
    config = sequential(layers.Input((3,)), layers.Dense(4, name="dense", dtype="mixed_float16"))
    update = analyse(config)
    assert update["nodes"]["dense:0"]["dtypes"] == ["float16"]
    assert update["totals"]["bytes"] == 64


def test_an_error_stays_in_its_branch():
    config = branches()
    del layer_of(config, "left_1")["config"]["units"]
    nodes = analyse(config)["nodes"]
    assert nodes["left_1:0"]["error"]["layer"] == "left_1"
    assert "units" in nodes["left_1:0"]["error"]["message"]
    assert nodes["left_2:0"]["waiting"] and nodes["left_2:0"]["error"] is None
    assert nodes["right:0"]["shapes"] == [[None, 3]]


def test_a_waiting_layer_still_tells_what_is_wrong_with_itself():
    config = branches()
    del layer_of(config, "left_1")["config"]["units"]
    layer_of(config, "left_2")["config"]["activation"] = "rellu"
    assert analyse(config)["nodes"]["left_2:0"]["error"]["layer"] == "left_2"


def test_an_unconnected_layer_waits_and_is_named():
    config = branches()
    layer_of(config, "right")["inbound_nodes"] = []
    update = analyse(config)
    assert update["nodes"]["right:0"]["waiting"]
    assert [(error["code"], error["layer"]) for error in update["errors"]] == [("unconnected", "right")]


def test_a_sequential_without_input_says_so_at_its_first_layer():
    update = analyse(sequential(layers.Dense(3, name="first"), layers.Dense(2, name="second")))
    assert update["nodes"]["first:0"]["waiting"] and update["nodes"]["second:0"]["waiting"]
    assert [(error["code"], error["layer"]) for error in update["errors"]] == [("no_input", "first")]
    assert "Input" in update["errors"][0]["message"]


def test_layers_in_a_cycle_are_reported_and_the_others_computed():
    config = branches()
    source = layer_of(config, "left_1")["inbound_nodes"][0]["args"][0]
    source["config"]["keras_history"] = ["left_2", 0, 0]
    nodes = analyse(config)["nodes"]
    assert {nodes["left_1:0"]["error"]["code"], nodes["left_2:0"]["error"]["code"]} == {"cycle"}
    assert nodes["right:0"]["shapes"] == [[None, 3]]


def test_a_layer_that_is_connected_to_itself_is_told_of_the_one_connection():
    config = branches()
    source = layer_of(config, "left_1")["inbound_nodes"][0]["args"][0]
    source["config"]["keras_history"] = ["left_1", 0, 0]
    nodes = analyse(config)["nodes"]
    assert nodes["left_1:0"]["error"]["message"] == (
        "Layer 'left_1' is connected to itself: its input is its own output. Remove this connection."
    )
    assert nodes["left_2:0"]["waiting"]


@pytest.mark.parametrize("history", [["ghost", 0, 0], ["x", 3, 0], ["x", 0, 1], ["x", 0, -1], None, "x", []])
def test_a_reference_to_nothing_is_reported_at_its_layer(history):
    config = branches()
    layer_of(config, "right")["inbound_nodes"][0]["args"][0]["config"]["keras_history"] = history
    nodes = analyse(config)["nodes"]
    assert nodes["right:0"]["error"]["code"] == "dangling"
    assert nodes["left_2:0"]["shapes"] == [[None, 4]]


def test_two_layers_of_one_name_are_reported():
    config = branches()
    layer_of(config, "right")["config"]["name"] = "left_2"
    config["config"]["layers"][-1]["name"] = "left_2"
    assert ("duplicate_name", "left_2") in {(e["code"], e["layer"]) for e in analyse(config)["errors"]}


GARBAGE = [
    {},
    {"config": None},
    {"config": {"layers": 3}},
    {"config": {"layers": [1, None]}},
    {"config": {"layers": [{}]}},
    {"class_name": "Functional", "config": {"layers": [{"class_name": 3, "config": 4, "inbound_nodes": 5}]}},
    {
        "class_name": "Functional",
        "config": {"layers": [{"config": {"name": []}, "inbound_nodes": [3, None]}]},
    },
    {"class_name": "Sequential", "config": {"layers": [{"class_name": "Dense", "module": "os"}]}},
]


@pytest.mark.parametrize("config", GARBAGE)
def test_garbage_is_reported_and_raises_nothing(config):
    update = analyse(config)
    assert update["errors"] or any(node["error"] for node in update["nodes"].values())


def test_a_class_that_a_file_may_not_name_is_refused():
    config = sequential(layers.Input((3,)), layers.Dense(4, name="dense"))
    layer_of(config, "dense").update(module="os", class_name="system")
    assert analyse(config)["nodes"]["dense:0"]["error"]["code"] == "unknown_class"


@pytest.mark.parametrize(
    ("change", "code", "says"),
    [
        ({"class_name": "Lambda", "config": {"name": "z"}}, "refused", "Lambda"),
        ({"kerasviz": {"reason": "It has no counterpart."}}, "refused", "no counterpart"),
        ({"class_name": "Concatenate", "config": {"name": "z", "axes": 1}}, None, "axes"),
    ],
)
def test_a_layer_that_can_t_be_made_is_not_blamed_for_its_inputs(change, code, says):
    entry = layers.Input((6,))
    both = [layers.Dense(2)(entry), layers.Dense(2)(entry)]
    config = json.loads(keras.Model(entry, layers.Add(name="z")(both)).to_json())
    layer_of(config, "z").update(change)
    error = analyse(config)["nodes"]["z:0"]["error"]
    assert says in error["message"] and error["code"] != "different_shapes"
    assert code in (None, error["code"])


def test_only_what_an_edit_changed_is_reported_again():
    config, analyzer = branches(), Analyzer()
    analyzer.update(config)
    assert analyzer.update(config)["nodes"] == {}
    assert analyzer.update(copy.deepcopy(config))["nodes"] == {}
    edited = copy.deepcopy(config)
    layer_of(edited, "left_1")["config"]["units"] = 6
    changed = analyzer.update(edited)["nodes"]
    assert set(changed) == {"left_1:0", "left_2:0"}  # the parameters of the second change
    edited = copy.deepcopy(edited)
    layer_of(edited, "left_1")["config"]["use_bias"] = False
    assert set(analyzer.update(edited)["nodes"]) == {"left_1:0"}
    edited = copy.deepcopy(edited)
    edited["config"]["layers"] = [x for x in edited["config"]["layers"] if x["name"] != "right"]
    assert analyzer.update(edited)["nodes"] == {"right:0": None}


def _random_edit(config, draw):
    layer = draw.choice(config["config"]["layers"])
    kind = draw.choice(["units", "drop", "reference", "shape", "unconnect", "connect"])
    if kind == "units":
        layer["config"]["units"] = draw.choice([3, 4, 0, None])
    elif kind == "drop":
        layer["config"].pop("units", None)
    elif kind == "unconnect":
        layer["inbound_nodes"] = []
    elif kind == "shape" and layer["class_name"] == "InputLayer":
        layer["config"]["batch_shape"] = draw.choice([[None, 8], [None, 9], [None, 2, 8], []])
    elif layer["inbound_nodes"]:
        names = ["x", "left_1", "left_2", "right", "ghost"]
        history = [draw.choice(names), 0, 0] if kind == "reference" else ["x", 0, 0]
        layer["inbound_nodes"][0]["args"][0]["config"]["keras_history"] = history


@settings(max_examples=40)
@given(st.integers(0, 2**32), st.integers(1, 12))
def test_after_any_edits_the_changes_add_up_to_a_fresh_analysis(seed, count):
    draw, config, analyzer = random.Random(seed), branches(), Analyzer()
    nodes = dict(analyzer.update(config)["nodes"])
    for _ in range(count):
        index = draw.randrange(len(config["config"]["layers"]))
        kept = list(config["config"]["layers"])
        kept[index] = copy.deepcopy(kept[index])
        config = {**config, "config": {**config["config"], "layers": [kept[index]]}}
        _random_edit(config, draw)
        config["config"]["layers"] = kept
        update = analyzer.update(config)
        nodes.update(update["nodes"])
        fresh = Analyzer().update(copy.deepcopy(config))
        assert {k: v for k, v in nodes.items() if v is not None} == fresh["nodes"]
        assert (update["totals"], update["errors"]) == (fresh["totals"], fresh["errors"])


def test_an_unknown_class_comes_alive_when_it_is_registered():
    config = sequential(layers.Input((3,)), layers.Dense(4, name="mine"))
    layer_of(config, "mine").update(
        module="my_package", class_name="Mine", registered_name="my_package>Mine", config={"name": "mine"}
    )
    analyzer = Analyzer()
    error = analyzer.update(config)["nodes"]["mine:0"]["error"]
    assert (error["code"], error["fix"]) == ("unknown_class", None)
    assert "'my_package>Mine', which is not registered in this kernel" in error["message"]

    @keras.saving.register_keras_serializable("my_package")
    class Mine(layers.Layer):
        def call(self, x):
            return keras.ops.concatenate([x, x], axis=-1)

    try:
        assert analyzer.update(config)["nodes"]["mine:0"]["shapes"] == [[None, 6]]
    finally:
        keras.saving.get_custom_objects().clear()


def test_a_mask_on_its_way_into_a_layer_without_masking_prints_nothing(recwarn):
    config = sequential(
        layers.Input((7,), dtype="int32"), layers.Embedding(10, 4, mask_zero=True), layers.Conv1D(3, 2)
    )
    recwarn.clear()
    assert analyse(config)["totals"]["params"] == 67
    assert [str(w.message) for w in recwarn if "mask" in str(w.message)] == []
