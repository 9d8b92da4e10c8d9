"""Advice that knows the data, bundled or the user's own, and stands in place of the exception."""

import json

import keras
import numpy as np
import pytest
from conftest import few, tensorflow_only
from mistakes_models import BINARY, FLAT, SPARSE, chain, conv, dense, image, layer, net, source
from said import said as read
from sessionpage import SessionPage

from kerasviz.analysis.analyzer import Analyzer
from kerasviz.analysis.mistakes import apply_fix
from kerasviz.analysis.wholemodel import explained
from kerasviz.data import load
from kerasviz.kernel.session import Session
from kerasviz.protocol import RequestError
from kerasviz.protocol.text import text

SETS = {"digits": (8, 8, 1), "iris": (4,), "breast_cancer": (30,), "diabetes": (10,)}
SOFTMAX = {"activation": "softmax"}


def own(model, x="x", y="y"):
    """The model, to be trained on arrays of the user's."""
    data = {"class_name": "arrays", "config": {"x": x, "y": y}}
    return {**model, "kerasviz": {"version": 1, "training": {"data": data}}}


def said(model):
    _, of_nodes, of_model = explained(model)
    return [(error["code"], error["layer"], error["fix"]) for error in (*of_nodes, *of_model)]


MODELS = {
    "softmax of 2": lambda shape: (image(*shape), FLAT, dense(2, "out", **SOFTMAX), SPARSE),
    "sparse sigmoid": lambda shape: (image(*shape), FLAT, dense(1, "out", activation="sigmoid"), SPARSE),
    "one sigmoid": lambda shape: (image(*shape), FLAT, dense(1, "out", activation="sigmoid"), BINARY),
    "mse of 2": lambda shape: (image(*shape), FLAT, dense(2, "out"), "mse"),
    "one number": lambda shape: (image(*shape), FLAT, dense(1, "out"), "mse"),
    "other input": lambda shape: (image(7), FLAT, dense(2, "out", **SOFTMAX), SPARSE),
    "no flatten": lambda shape: (image(8, 8, 1), dense(2, "out", **SOFTMAX), SPARSE),
    "no input": lambda shape: (dense(3, "out", **SOFTMAX), SPARSE),
    "units missing": lambda shape: (image(*shape), FLAT, layer("Dense", "out", **SOFTMAX), SPARSE),
    "batch as shape": lambda shape: (
        layer("InputLayer", "x", batch_shape=[8, 8, 1]),
        conv("conv"),
        FLAT,
        dense(2, "out", **SOFTMAX),
        SPARSE,
    ),
}


@pytest.mark.parametrize("name", SETS)
@pytest.mark.parametrize("kind", MODELS)
def test_advice_on_own_arrays_is_that_on_bundled_data(kind, name, variables):
    *stack, loss = MODELS[kind](SETS[name])
    data = load({"class_name": name, "config": {}}, {})
    variables.update(x=data.x, y=data.y)
    assert said(own(chain(*stack, loss=loss))) == said(chain(*stack, loss=loss, data=name))


def trained(page, model):
    """The error of a run, or None."""
    return page.trained(json.loads(json.dumps(model)))["error"]


def one_epoch(model, **data):
    training = {**model["kerasviz"]["training"], **data, "fit": {"epochs": 1, "validation_split": 0.0}}
    return {**model, "kerasviz": {"version": 1, "training": training}}


FAILING = {
    "no flatten": chain(
        image(8, 8, 1), conv("conv"), dense(10, "out", **SOFTMAX), loss=SPARSE, data="digits"
    ),
    "no input": chain(dense(10, "out", **SOFTMAX), loss=SPARSE, data="digits"),
    "other input": chain(image(9), dense(10, "out", **SOFTMAX), loss=SPARSE, data="digits"),
    "too few units": chain(image(8, 8, 1), FLAT, dense(5, "out", **SOFTMAX), loss=SPARSE, data="digits"),
    "loss of numbers": chain(image(8, 8, 1), FLAT, dense(10, "out", **SOFTMAX), loss="mse", data="digits"),
    "loss of classes": chain(image(10), dense(3, "out", **SOFTMAX), loss=SPARSE, data="diabetes"),
    "no such metric": chain(image(4), dense(3, **SOFTMAX), loss=SPARSE, data="iris", metrics=["acuracy"]),
    "batch as shape": chain(
        layer("InputLayer", "x", batch_shape=[8, 8, 1]),
        conv("conv"),
        FLAT,
        dense(10, "out", **SOFTMAX),
        loss=SPARSE,
        data="digits",
    ),
    "attention of two widths": net(
        source("x", 8, 8),
        ("q", "Dense", "x", {"units": 4}),
        ("k", "Dense", "x", {"units": 5}),
        ("both", "Attention", (["q", "k"],), {}),
        ("mean", "GlobalAveragePooling1D", "both", {}),
        ("out", "Dense", "mean", {"units": 10, **SOFTMAX}),
        loss=SPARSE,
        data="digits",
    ),
    "two outputs": net(
        source("x", 4),
        ("a", "Dense", "x", {"units": 3, **SOFTMAX}),
        ("b", "Dense", "x", {"units": 3, **SOFTMAX}),
        loss=SPARSE,
        data="iris",
    ),
}


@pytest.mark.parametrize("kind", few(FAILING, 3))
def test_the_exception_of_a_training_is_the_advice_of_the_card_and_its_fix_trains(kind):
    page, model = SessionPage(Session()), one_epoch(FAILING[kind])
    error = trained(page, model)
    _, of_nodes, of_model = explained(model)
    first = [*of_nodes, *of_model][0]
    assert (error["message"]["text"], error["layer"]) == (first["message"].template, first["layer"])
    fixed = apply_fix(model, explained(model)[1 if of_nodes else 2][0]["fix"])
    assert error["fix"] is not None and trained(page, fixed) is None


def test_each_of_two_outputs_with_one_target_can_go():
    found = said(FAILING["two outputs"])
    assert [(code, name) for code, name, _ in found] == [("one_target", "a"), ("one_target", "b")]
    for (_, name, fix), left in zip(found, "ba", strict=True):
        assert fix["title"] == f"Remove the output '{name}'"
        fixed = apply_fix(FAILING["two outputs"], fix)
        assert [x["name"] for x in fixed["config"]["layers"]] == ["x", left] and said(fixed) == []


def test_an_output_goes_with_what_leads_to_it_alone_and_with_its_loss():
    model = net(
        source("x", 4),
        ("body", "Dense", "x", {"units": 5}),
        ("a", "Dense", "body", {"units": 3, **SOFTMAX}),
        ("deep", "Dense", "body", {"units": 2}),
        ("b", "Dense", "deep", {"units": 3, **SOFTMAX}),
        loss={"a": SPARSE, "b": SPARSE},
        data="iris",
    )
    fixed = apply_fix(model, said(model)[1][2])
    assert [x["name"] for x in fixed["config"]["layers"]] == ["x", "body", "a"]
    assert fixed["compile_config"]["loss"] == {"a": SPARSE} and said(fixed) == []


def test_a_batch_in_the_shape_of_an_input_is_named_with_the_right_shape():
    for typed, right in (([8, 8, 1], "(None, 8, 8, 1)"), ([8, 8], "(None, 8, 8, 1)")):
        model = chain(layer("InputLayer", "x", batch_shape=typed), conv("conv"))
        _, (error,), _ = explained(model)
        assert f"Set the shape to {right}" in error["message"]
        assert error["fix"]["title"] == "Set the shape of 'x' to (8, 8, 1)"
        assert said(apply_fix(model, error["fix"])) == []


def test_missing_units_are_those_that_the_data_needs():
    model = chain(image(8, 8, 1), FLAT, layer("Dense", "out"), loss=SPARSE, data="digits")
    ((_, _, fix),) = said(model)
    assert fix["edits"][0]["arguments"] == {"units": 10, "activation": "softmax"}
    hidden = chain(
        image(8, 8, 1), FLAT, layer("Dense", "h"), dense(10, **SOFTMAX), loss=SPARSE, data="digits"
    )
    assert said(hidden)[0][2]["edits"][0]["arguments"] == {"units": 32}


def followed(model):
    """The codes of what is said, and of what is left when every fix is applied."""
    first, left = [code for code, _, _ in said(model)], said(model)
    while left and left[0][2]:
        model = apply_fix(model, left[0][2])
        left = said(model)
    return first, left, model


def test_questions_that_people_asked_end_in_a_model_that_trains(variables):
    """Public questions about Keras, drawn: what is said of each, and what its fixes lead to."""
    n, draw = 40, np.random.default_rng(0)
    ten, two, number = np.arange(n) % 10, np.arange(n) % 2, draw.random(n) * 100
    inner = layer("Dense", "inner", units=10)
    sequences, steps = image(9, 4), layer("LSTM", "lstm", units=5, return_sequences=True)
    vectors = draw.random((n, 6))
    asked = [
        # keras-team/keras#1838: a sequence of classes, though each sequence has one label.
        (
            (sequences, steps, layer("TimeDistributed", "each", layer=inner), layer("Softmax", "out")),
            SPARSE,
            draw.random((n, 9, 4)),
            ten,
            "not_flat",
        ),
        # keras-team/keras#1159: the batch size in the shape, and a sequence of numbers.
        (
            (layer("InputLayer", "x", batch_shape=[9, 4]), steps, dense(1, "out")),
            "mse",
            draw.random((n, 9, 4)),
            number,
            "batch_in_shape",
        ),
        # keras-team/keras#14341: a convolution into Dense without Flatten.
        (
            (image(8, 8, 3), conv("conv"), dense(10, "out", **SOFTMAX)),
            "categorical_crossentropy",
            draw.random((n, 8, 8, 3)),
            np.eye(10)[ten],
            "not_flat",
        ),
        # tensorflow/tensorflow#52060: (None, 8) and (None, 7).
        (
            (image(6), dense(7, "out", **SOFTMAX)),
            "categorical_crossentropy",
            vectors,
            np.eye(8)[np.arange(n) % 8],
            "classes",
        ),
        # One softmax unit, and two classes one-hot.
        (
            (image(6), dense(1, "out", **SOFTMAX)),
            "categorical_crossentropy",
            vectors,
            np.eye(2)[two],
            "classes",
        ),
        ((image(6), dense(1, "out", **SOFTMAX)), SPARSE, vectors, ten, "classes"),
        # An autoencoder whose last layer has another size than its input.
        ((image(6), dense(2, "code"), dense(5, "out")), "mse", vectors, vectors, "other_size"),
    ]
    for stack, loss, x, y, code in asked:
        variables.update(x=x, y=y, answer=None)
        first, left, fixed = followed(own(chain(*stack, loss=loss)))
        assert code in first and left == []
        page = SessionPage(Session())
        assert trained(page, one_epoch(fixed, model_name="answer")) is None, code


def test_what_is_not_sure_of_own_arrays_is_not_said(variables):
    variables.update(
        x=np.zeros((90, 4)), gaps=np.repeat([3, 7, 40], 30), many=np.zeros((90, 3)), text=np.array(["a"] * 90)
    )
    model = chain(image(4), dense(3, **SOFTMAX), loss="mse")
    for y in ("gaps", "many", "text", "nobody"):
        assert said(own(model, y=y)) == []
    variables.update(some=np.repeat([0, 1, 2], 30))
    assert said(own(chain(image(4), dense(5, **SOFTMAX), loss=SPARSE), y="some")) == []  # there may be others


def test_other_arrays_of_the_same_name_are_seen(variables):
    analyzer, model = Analyzer(), own(chain(image(4), dense(3, **SOFTMAX), loss=SPARSE))
    variables.update(x=np.zeros((90, 4)), y=np.repeat([0, 1, 2], 30))
    assert analyzer.update(model)["errors"] == []
    variables.update(y=np.repeat(np.arange(5), 18))
    assert [error["code"] for error in analyzer.update(model)["errors"]] == ["classes"]


def test_what_has_to_be_tried_comes_with_the_fixes_and_then_at_once():
    model = chain(image(8, 8, 1), FLAT, dense(10, "out", **SOFTMAX), loss=SPARSE)
    model["kerasviz"] = {"version": 1, "training": {"data": {"class_name": "digits", "config": {}}}}
    analyzer = Analyzer()
    given = model["compile_config"]
    given["metrics"] = ["mean_squared_logarithmic_error"]
    given["optimizer"] = {"module": "keras.optimizers", "class_name": "SGD", "config": {"momentum": 17.5}}

    def superseded():
        raise RequestError("superseded", text("A newer one waits."))

    told = analyzer.update(model)
    assert told["judging"]
    assert told["errors"] == []
    with pytest.raises(RequestError):
        analyzer.fixes(superseded)
    found = analyzer.fixes()["errors"]
    assert [error["code"] for error in found] == ["metrics", "compile"]
    assert [error["fix"] is not None for error in found] == [True, True]
    again = Analyzer().update(model)
    assert not again["judging"]
    assert again["errors"] == [{**error, "fix": None} for error in found]
    assert analyzer.update(model)["errors"] == again["errors"]


def test_metrics_of_several_outputs_keep_no_shape_waiting():
    x = keras.Input((4,))
    ends = [keras.layers.Dense(3, name="a")(x), keras.layers.Dense(1, name="b")(x)]
    model = keras.Model(x, ends)
    model.compile(loss=["mse", "mae"], metrics=["mean_squared_logarithmic_error"])
    told = Analyzer().update(json.loads(model.to_json()))
    assert told["nodes"]["b:0"]["shapes"] == [[None, 1]]
    assert not any("reported an error" in error["message"] for error in told["errors"])


def test_code_of_a_sequential_without_an_input_is_shown():
    model = chain(dense(10, "out", **SOFTMAX), loss=SPARSE)
    reply = SessionPage(Session()).ask("code", document=model)
    assert "layers.Dense(10" in reply["payload"]["code"] and "Input" not in reply["payload"]["code"]


LAST = {
    "Activation": [dense(3, "units"), layer("Activation", "last", activation="softmax")],
    "Softmax": [dense(3, "units"), layer("Softmax", "last")],
    "Reshape": [dense(3, "units", **SOFTMAX), layer("Reshape", "last", target_shape=[3])],
    "normalised": [
        dense(3, "units"),
        layer("BatchNormalization", "norm"),
        layer("Activation", "last", activation="softmax"),
    ],
}


@pytest.mark.parametrize("kind", few(LAST, 4))
def test_units_are_set_where_the_output_has_them_from(kind, variables):
    variables.update(x=np.ones((10, 4)), y=np.arange(10) % 5)
    page, model = SessionPage(Session()), one_epoch(own(chain(image(4), *LAST[kind], loss=SPARSE)))
    error = trained(page, model)
    assert (error["layer"], error["fix"]["title"]["text"]) == (
        "last",
        "Set {argument} to {value} in {layers}",
    )
    assert error["fix"]["title"]["args"]["layers"] == "'units'"
    fixed = apply_fix(model, error["fix"])
    assert said(fixed) == [] and trained(page, fixed) is None


def test_filters_are_the_units_of_a_convolution(variables):
    variables.update(x=np.ones((10, 4, 4, 1)), y=np.arange(10) % 5)
    stack = (conv("units"), layer("GlobalAveragePooling2D", "mean"), layer("Softmax", "last"))
    model = own(chain(image(4, 4, 1), *stack, loss=SPARSE))
    (fault,) = explained(model)[2]
    assert fault["fix"]["title"] == "Set filters to 5 in 'units'"
    assert said(apply_fix(model, fault["fix"])) == []


def test_an_output_whose_units_nobody_knows_has_no_fix(variables):
    variables.update(x=np.ones((10, 2, 2)), y=np.arange(10) % 5)
    (found,) = said(own(chain(image(2, 2), FLAT, layer("Softmax", "last"), loss=SPARSE)))
    assert found == ("classes", "last", None)


@pytest.mark.parametrize(
    "last", [layer("Activation", "last", activation="linear"), layer("Dropout", "last", rate=0.1)]
)
def test_probabilities_that_are_only_passed_on_are_no_raw_scores(last):
    assert said(chain(image(4), dense(3, **SOFTMAX), last, loss=SPARSE)) == []
    (found,) = said(chain(image(4), dense(3, "scores"), last, loss=SPARSE))
    assert found[0] == "no_probabilities" and found[2]["edits"][0]["layer"] == "scores"


def heads(**compile_config):
    nodes = [source("x", 4), ("a", "Dense", "x", {"units": 3, **SOFTMAX})]
    nodes += [("b", "Dense", "x", {"units": 1, "activation": "sigmoid"}), ("c", "Dense", "x", {"units": 1})]
    model = net(*nodes, outputs=["a", "b", "c"], loss=[SPARSE, BINARY, "mse"])
    return {
        **model,
        "compile_config": {"optimizer": "adam", "loss": [SPARSE, BINARY, "mse"], **compile_config},
    }


@pytest.mark.parametrize(
    ("metrics", "sorted_"),
    [
        (["accuracy"], {"a": ["accuracy"], "b": ["accuracy"], "c": []}),
        (["accuracy", "mae"], {"a": ["accuracy"], "b": ["accuracy", "mae"], "c": ["mae"]}),
    ],
)
def test_metrics_without_an_output_go_to_the_outputs_that_they_can_judge(metrics, sorted_, variables):
    variables.update(
        x=np.random.rand(24, 4), y=[np.arange(24) % 3, np.arange(24) % 2, np.random.rand(24) * 90]
    )
    model = one_epoch(own(heads(metrics=metrics)))
    (fault,) = explained(model)[2]
    assert fault["fix"]["title"] == "Use each for the outputs it can judge"
    fixed = apply_fix(model, fault["fix"])
    assert fixed["compile_config"]["metrics"] == sorted_
    assert trained(SessionPage(Session()), fixed) is None


def test_a_loss_for_some_outputs_only_names_the_others(variables):
    variables.update(
        x=np.random.rand(24, 4), y=[np.arange(24) % 3, np.arange(24) % 2, np.random.rand(24) * 90]
    )
    model = one_epoch(own(heads(loss={"a": SPARSE})))
    (fault,) = explained(model)[2]
    assert fault["message"] == "The loss leaves out the outputs 'b', 'c'. Give one for each, or None."
    assert read(trained(SessionPage(Session()), model)["message"]) == fault["message"]


LOOKUPS = {
    "Layer 'up' has no vocabulary. Adapt it in a cell, or give it one in its arguments.": {},
    "Layer 'up' has no index for 'bar', which x holds: it is not in its vocabulary. Add it there, or set "
    "num_oov_indices to 1.": {"vocabulary": ["foo"], "num_oov_indices": 0},
    None: {"vocabulary": ["foo", "bar"], "num_oov_indices": 0},
}


@tensorflow_only("it takes text as an input")
@pytest.mark.parametrize("sentence", LOOKUPS)
def test_a_lookup_without_what_it_is_to_look_up_is_named(sentence, variables):
    variables.update(x=np.array([["foo"], ["bar"]] * 12), y=np.arange(24) % 3)
    table = layer("Embedding", "table", input_dim=9, output_dim=2)
    up = layer("StringLookup", "up", **LOOKUPS[sentence])
    model = chain(image(1, dtype="string"), up, table, FLAT, dense(3, **SOFTMAX), loss=SPARSE)
    error = trained(SessionPage(Session()), one_epoch(own(model)))
    assert (error and (error["layer"], read(error["message"]))) == (sentence and ("up", sentence))


@pytest.mark.parametrize(
    ("loss", "activation"),
    [("categorical_crossentropy", "sigmoid"), ("categorical_crossentropy", "softmax"), (BINARY, "softmax")],
)
def test_several_classes_of_a_sample_are_rated_each_by_itself(loss, activation, variables):
    several = (np.random.default_rng(0).random((90, 3)) < 0.5).astype("float32")
    variables.update(x=np.zeros((90, 4)), y=several)
    model = own(chain(image(4), dense(3, "out", activation=activation), loss=loss))
    ((code, layer_name, fix),) = said(model)
    assert (code, layer_name) == ("loss", "out")
    fixed = apply_fix(model, fix)
    assert fixed["compile_config"]["loss"] == BINARY
    assert fixed["config"]["layers"][-1]["config"]["activation"] == "sigmoid"
    assert said(fixed) == []
    variables.update(y=np.eye(3)[np.arange(90) % 3])
    assert (said(model) == []) == (loss != BINARY and activation == "softmax")
