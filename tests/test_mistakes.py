"""For each kind of mistake: which layer is blamed, and whether one click fixes the model."""

import copy
import json

import keras
import numpy as np
import pytest
from mistakes_models import FLAT, SPARSE, chain, conv, dense, image, layer
from mistakes_table import TABLE

from kerasviz.analysis.advice import advised
from kerasviz.analysis.mistakes import apply_fix
from kerasviz.analysis.wholemodel import explained
from kerasviz.catalog import catalog
from kerasviz.models.building import BuildError, build_model
from kerasviz.training.failure import failure


def errors(model):
    _, of_nodes, of_model = explained(model)
    return [*of_nodes, *of_model]


def outcome(kind):
    """Returns whether the right layer is blamed, and whether the model builds after the offered fix."""
    model, blamed, _ = TABLE[kind]
    found = errors(model)
    right = bool(found) and found[0]["layer"] == blamed
    fix = found[0]["fix"] if found else None
    if fix is None:
        return right, False
    fixed = apply_fix(model, json.loads(json.dumps(fix)))
    if errors(fixed):
        return right, False
    build_model(fixed)
    return right, True


@pytest.mark.parametrize("kind", TABLE)
def test_the_layer_is_blamed_and_the_fixed_model_builds(kind):
    assert outcome(kind) == (True, TABLE[kind][2])


def test_the_table_is_as_large_as_promised():
    assert len(TABLE) >= 40
    assert sum(fixed for _, _, fixed in TABLE.values()) >= 0.7 * len(TABLE)


@pytest.mark.parametrize("kind", TABLE)
def test_messages_are_sentences_that_name_the_layer(kind):
    model, blamed, _ = TABLE[kind]
    error = errors(model)[0]
    assert error["message"][0].isupper() and error["message"].endswith((".", "?"))
    assert blamed is None or f"'{blamed}'" in error["message"]
    assert "Traceback" not in error["message"] and "\n" not in error["message"]
    assert error["fix"] is None or error["fix"]["title"]


def test_a_fix_does_not_change_the_model_that_it_is_given():
    for model, _, _ in TABLE.values():
        before = copy.deepcopy(model)
        fix = errors(model)[0]["fix"]
        if fix is not None:
            apply_fix(model, fix)
        assert model == before


def inside(mistaken):
    """A model that holds a model that holds a mistaken one."""
    middle = chain(image(8, 8, 1), {**mistaken, "config": {**mistaken["config"], "name": "deep"}})
    return chain(image(8, 8, 1), {**middle, "config": {**middle["config"], "name": "middle"}})


def test_a_mistake_in_a_nested_model_is_reported_and_fixed_there():
    model = inside(chain(image(8, 8, 1), conv("conv", activation="rellu")))
    (error,) = errors(model)
    assert error["layer"] == "middle"
    assert "'deep'" in error["message"] and "'conv'" in error["message"] and "relu" in error["message"]
    with pytest.raises(BuildError) as refused:
        build_model(model)
    assert refused.value.error["fix"] == error["fix"]
    fixed = apply_fix(model, json.loads(json.dumps(error["fix"])))
    assert errors(fixed) == []
    build_model(fixed)


def test_a_model_inside_that_is_called_wrongly_is_not_blamed_for_it():
    model = inside(chain(image(8, 8, 1), conv("conv")))
    model["config"]["layers"][0]["config"]["batch_shape"] = [None, 8]
    (error,) = errors(model)
    assert "In the model" not in error["message"]


def test_each_of_two_mistakes_in_a_layer_has_a_fix():
    model = chain(image(4), layer("SpatialDropout1D", rate=20), dense())
    model = apply_fix(model, errors(model)[0]["fix"])
    assert model["config"]["layers"][1]["config"]["rate"] == 0.2
    assert "dimensions" in errors(model)[0]["message"]
    assert errors(apply_fix(model, errors(model)[0]["fix"])) == []


@pytest.mark.parametrize("name", ["Sampling", "TransformerBlock", "PatchEncoder", "L1Dist"])
def test_a_class_of_ones_own_is_not_taken_for_a_layer_of_keras(name):
    (error,) = errors(chain(image(4), layer(name), dense()))
    assert "Did you mean" not in error["message"] and "register it" in error["message"]


def test_an_input_of_floats_may_hold_indices():
    assert errors(chain(image(7), layer("Embedding", input_dim=9, output_dim=4))) == []


def test_a_column_of_an_input_may_hold_indices():
    inputs = keras.Input((2,))
    looked_up = keras.layers.Embedding(5, 2)(inputs[:, 0])
    assert errors(json.loads(keras.Model(inputs, looked_up).to_json())) == []


def test_a_fix_breaks_nothing_that_could_be_computed():
    model = chain(image(128), dense(128, "dense"), conv("conv"))
    fix = errors(model)[0]["fix"]
    assert {edit["layer"] for edit in fix["edits"]} == {"conv"}


def test_a_fix_that_comes_too_late_is_refused():
    model, _, _ = TABLE["units missing"]
    fix = errors(model)[0]["fix"]
    with pytest.raises(ValueError, match="no longer applies to this model"):
        apply_fix(chain(image(4), dense(name="another")), fix)
    with pytest.raises(ValueError):
        apply_fix(model, {"title": "Harm", "edits": [{"edit": "eval", "code": "1"}]})


def test_a_right_model_has_no_mistakes():
    model = chain(
        image(8, 8, 1),
        conv("conv", activation="relu"),
        layer("MaxPooling2D", "pool"),
        FLAT,
        dense(10, activation="softmax"),
        loss=SPARSE,
        data="digits",
        metrics=["accuracy"],
    )
    assert errors(model) == []


@pytest.mark.parametrize("inner", ["Embedding", "LSTM"])
def test_ragged_rows_are_said_and_become_padded_rows_with_the_same_numbers(inner):
    rows = keras.Input((None,) if inner == "Embedding" else (None, 2), name="rows")
    embedded = keras.layers.Embedding(9, 3, name="words")(rows) if inner == "Embedding" else rows
    model = json.loads(keras.Model(rows, keras.layers.LSTM(2, name="lstm")(embedded)).to_json())
    model["config"]["layers"][0]["config"]["ragged"] = True
    (error,) = errors(model)
    assert (error["code"], error["layer"]) == ("ragged", "rows")
    fixed = apply_fix(model, json.loads(json.dumps(error["fix"])))
    assert errors(fixed) == []
    built = build_model(fixed)
    long, short = keras.random.randint((1, 3), 1, 9), keras.random.randint((1, 1), 1, 9)
    if inner == "LSTM":
        long, short = keras.random.normal((1, 3, 2)), keras.random.normal((1, 1, 2))
    padded = keras.ops.pad(short, [(0, 0), (0, 2), (0, 0)][: len(short.shape)])
    both = built.predict(keras.ops.concatenate([long, padded]), verbose=0)
    assert both[1] == pytest.approx(built.predict(short, verbose=0)[0], abs=1e-6)


@pytest.mark.parametrize(
    ("arguments", "wrong"),
    [
        ({"momentum": 2.0}, "The momentum of SGD must not be above 1, and it is 2.0."),
        ({"clipnorm": 1.0, "clipvalue": 1.0}, "SGD can't have the clipnorm 1.0."),
        ({"use_ema": True, "ema_momentum": 3.0}, "The ema_momentum of SGD must be below 1, and it is 3.0."),
        ({"gradient_accumulation_steps": 1}, "SGD can't have the gradient_accumulation_steps 1."),
        (
            {
                "learning_rate": {
                    "module": "keras.optimizers.schedules",
                    "class_name": "PiecewiseConstantDecay",
                    "config": {"boundaries": [1, 2], "values": [1.0]},
                    "registered_name": None,
                }
            },
            "SGD can't have the learning_rate PiecewiseConstantDecay(",
        ),
        ({"learning_rate": 1, "momentum": 1}, None),
    ],
)
def test_an_argument_that_keras_refuses_in_an_optimizer_is_named(arguments, wrong):
    optimizer = {
        "module": "keras.optimizers",
        "class_name": "SGD",
        "config": arguments,
        "registered_name": None,
    }
    model = chain(image(4), dense(1), loss="mse", optimizer=optimizer)
    found = errors(model)
    assert [error["message"][: len(wrong or "")] for error in found] == [wrong] * (wrong is not None)
    if wrong:
        with pytest.raises(BuildError) as refused:
            build_model(model)
        assert refused.value.error["message"] == found[0]["message"]
        assert errors(apply_fix(model, found[0]["fix"])) == []


@pytest.mark.parametrize(
    "arguments", [{"lr": 0.1, "decay": 0.5}, {"decay": 0.5, "lr": 0.1, "rho": 0.0}, {"lr": 0.1, "decay": 0.0}]
)
def test_several_old_arguments_of_an_optimizer_are_fixed_one_by_one_with_the_same_rates(arguments):
    model = chain(image(4), dense(1), loss="mse", optimizer={"class_name": "SGD", "config": arguments})
    for _ in range(len(arguments)):
        model = apply_fix(model, errors(model)[0]["fix"])
    assert errors(model) == []
    optimizer = build_model(model).optimizer
    rates = [
        float(optimizer.learning_rate),
        float(optimizer.iterations.assign_add(3)),
        float(optimizer.learning_rate),
    ]
    assert rates[::2] == pytest.approx([0.1, 0.1 / (1 + 3 * arguments["decay"])])


@pytest.mark.parametrize(
    ("name", "value", "wrong"),
    [
        ("run_eagerly", "yes", "is either on or off, not 'yes'"),
        ("jit_compile", "on", "is either on or off, not 'on'"),
        ("auto_scale_loss", 2, "is either on or off, not 2"),
        ("steps_per_execution", 0, "must be a whole number above 0, not 0"),
        ("steps_per_execution", "4", "must be a whole number above 0, not '4'"),
        ("run_eagerly", True, None),
        ("jit_compile", False, None),
        ("steps_per_execution", 4, None),
    ],
)
def test_options_of_compile_are_honoured_or_named(name, value, wrong):
    model = chain(image(4), dense(1), loss="mse")
    model["compile_config"][name] = value
    if wrong is None:
        assert errors(model) == []
        kept = build_model(model).get_compile_config()
        assert kept[name] == value
        return
    (error,) = errors(model)
    assert error["message"] == f"{name} {wrong}."
    with pytest.raises(BuildError, match=wrong):
        build_model(model)
    assert errors(apply_fix(model, error["fix"])) == []


@pytest.mark.parametrize("as_class", [False, True])
@pytest.mark.parametrize(
    ("name", "right"), [("AdamOptimizer", "Adam"), ("TFOptimizer", None), ("LossScaleOptimizers", None)]
)
def test_an_optimizer_of_an_old_name_is_that_of_today_and_an_unknown_one_has_no_fix(name, right, as_class):
    optimizer = {"module": "keras.optimizers", "class_name": name, "config": {}, "registered_name": None}
    (error,) = errors(chain(image(4), dense(1), loss="mse", optimizer=optimizer if as_class else name))
    assert (error["fix"] is not None) is (right is not None)
    assert right is None or error["fix"]["title"] == f"Use {right}"


def test_an_activation_that_halves_the_values_is_said_before_training_fails():
    names = [entry["name"] for entry in catalog()["activations"]]
    said = {name for name in names if errors(chain(image(4), dense(8, "it", activation=name), dense(3)))}
    assert said == {"glu"}
    model = chain(image(4), dense(8, "it", activation="glu"), dense(3))
    (error,) = errors(model)
    assert error["layer"] == "it" and errors(apply_fix(model, error["fix"])) == []
    with pytest.raises(ValueError) as raised:
        keras.saving.deserialize_keras_object(model).predict(np.zeros((1, 4)), verbose=0)
    assert advised(model, failure(raised.value))["message"] == error["message"]
    (error,) = errors(chain(image(4), dense(3, "on"), dense(8, "it", activation="glu")))
    assert "as its shape says" in error["message"] and error["fix"] is not None  # it trains
