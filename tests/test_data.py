"""Training data: what is loaded, and how it is brought into a model's shapes."""

from types import ModuleType
from typing import Literal

import keras
import numpy as np
import pytest

from kerasviz.catalog import catalog
from kerasviz.catalog.sources import source_entries
from kerasviz.config.naming import to_snake_case
from kerasviz.data import Data, load
from kerasviz.data.datavariables import list_variables
from kerasviz.data.fitting import fit_to_model
from kerasviz.data.losses import loss_name
from kerasviz.data.sources import SOURCES
from kerasviz.protocol import RequestError


def model(shape, units, loss="sparse_categorical_crossentropy"):
    layers = [keras.Input(shape, name="input"), keras.layers.Flatten(), keras.layers.Dense(units, name="out")]
    made = keras.Sequential(layers)
    made.compile(loss=loss)
    return made


def refusal(data, to):
    with pytest.raises(RequestError) as refused:
        fit_to_model(data, to)
    return refused.value.error


def bundled(name):
    return load({"class_name": name, "config": {}}, {})


@pytest.mark.parametrize("name", [name for name, source in SOURCES.items() if hasattr(source, "FACTS")])
def test_a_data_set_is_what_its_facts_say(name):
    dataset, data = SOURCES[name].FACTS, bundled(name)
    assert data.x.shape == (dataset["samples"], *dataset["shape"])
    assert data.x.dtype == "float32"
    assert np.isfinite(data.x).all()
    if dataset["classes"]:
        assert sorted(set(data.y)) == list(range(dataset["classes"]))
    else:
        assert len(set(data.y)) > 100
    assert keras.losses.get(dataset["loss"])


def test_pixels_are_0_to_1_and_columns_standardised():
    digits = bundled("digits").x
    assert (digits.min(), digits.max()) == (0, 1)
    for name in ("iris", "diabetes"):
        x = bundled(name).x
        assert np.allclose(x.mean(axis=0), 0, atol=1e-5)
        assert np.allclose(x.std(axis=0), 1, atol=1e-4)


def test_the_order_is_shuffled_and_always_the_same():
    first, second = (bundled("iris") for _ in range(2))
    assert np.array_equal(first.y, second.y)
    assert set(first.y[-30:]) == {0, 1, 2}


def test_data_that_is_not_there_is_said():
    with pytest.raises(RequestError, match="digits, iris, wine"):
        bundled("mnist")
    with pytest.raises(RequestError, match="'y_train'"):
        load({"class_name": "arrays", "config": {"x": "x", "y": "y_train"}}, {"x": np.ones((3, 2))})
    with pytest.raises(RequestError, match="3 and 2"):
        load(
            {"class_name": "arrays", "config": {"x": "x", "y": "y"}}, {"x": np.ones((3, 2)), "y": np.ones(2)}
        )
    with pytest.raises(RequestError, match="array"):
        load({"class_name": "arrays", "config": {"x": "x", "y": "x"}}, {"x": 3})


def test_arrays_and_tables_of_the_kernel_are_listed():
    pandas = pytest.importorskip("pandas")
    namespace = {
        "x": np.ones((5, 4)),
        "table": pandas.DataFrame({"a": [1, 2]}),
        "number": np.float32(1),
        "empty": np.ones((0, 3)),
        "_3": np.ones(2),
        "text": "abc",
    }
    assert list_variables(namespace) == [
        {"name": "x", "kind": "array", "shape": [5, 4], "dtype": "float64"},
        {"name": "table", "kind": "table", "shape": [2, 1], "dtype": "table"},
    ]


def test_samples_are_reshaped_where_the_numbers_are_right():
    fitted = fit_to_model(bundled("digits"), model((64,), 10))
    assert fitted.x.shape == (1797, 64)
    assert fitted.notes == ["digits: samples reshaped from (8, 8, 1) to (64,)."]
    assert fit_to_model(bundled("digits"), model((8, 8, 1), 10)).notes == []


def test_samples_of_a_wrong_shape_name_the_layer_and_both_shapes():
    error = refusal(bundled("digits"), model((784,), 10))
    assert error["layer"] == "input"
    assert "(784,)" in error["message"]
    assert "(8, 8, 1)" in error["message"]


def test_classes_become_one_hot_where_the_loss_compares_them():
    fitted = fit_to_model(bundled("iris"), model((4,), 3, "categorical_crossentropy"))
    assert fitted.y.shape == (150, 3)
    assert (fitted.y.sum(axis=1) == 1).all()
    assert "one-hot" in fitted.notes[0]
    by_class = keras.losses.CategoricalCrossentropy()
    assert fit_to_model(bundled("iris"), model((4,), 3, by_class)).y.shape == (
        150,
        3,
    )


def test_too_few_units_for_the_classes_name_the_layer_and_the_number():
    for loss in ("sparse_categorical_crossentropy", "categorical_crossentropy"):
        error = refusal(bundled("digits"), model((64,), 5, loss))
        assert error["layer"] == "out"
        assert "digits has classes 0 to 9. Set the units of layer 'out' to 10." in error["message"]


def test_a_loss_that_would_silently_broadcast_is_refused():
    error = refusal(bundled("digits"), model((64,), 10, "mean_squared_error"))
    assert error["layer"] == "out"
    assert "sparse_categorical_crossentropy" in error["message"]
    assert fit_to_model(bundled("diabetes"), model((10,), 1, "mse")).y.shape == (442, 1)


def test_two_classes_fit_one_unit_or_two():
    cancer = bundled("breast_cancer")
    assert fit_to_model(cancer, model((30,), 1, "binary_crossentropy")).y.shape == (569, 1)
    assert fit_to_model(cancer, model((30,), 2, "binary_crossentropy")).y.shape == (569, 2)


def test_labels_that_are_text_are_said():
    named = Data(name="x, y", x=np.ones((2, 4)), y=np.array(["cat", "dog"]))
    assert "Number the classes" in refusal(named, model((4,), 2))["message"]


def test_several_inputs_want_several_arrays():
    a, b = keras.Input((2,), name="a"), keras.Input((2,), name="b")
    both = keras.Model([a, b], keras.layers.Dense(1)(keras.layers.Add()([a, b])))
    both.compile(loss="mse")
    one = Data(name="x, y", x=np.ones((2, 2)), y=np.ones(2))
    assert "(a, b)" in refusal(one, both)["message"]
    two = Data(name="x, y", x=[np.ones((2, 2))] * 2, y=np.ones(2))
    assert fit_to_model(two, both).x[1] is two.x[1]


def test_a_loss_is_recognised_however_it_is_written():
    """Each class of the catalogue, as an object and by each of its names, is the loss of one name."""
    for entry in catalog()["losses"]:
        made = getattr(keras.losses, entry["class_name"])()
        assert {loss_name(one) for one in (made, *entry["identifiers"])} == {
            to_snake_case(entry["class_name"])
        }
    assert loss_name(keras.losses.KLDivergence()) == loss_name("kld") == "kl_divergence"


def test_objects_of_losses_for_one_hot_classes_train_on_class_numbers():
    for loss in (keras.losses.KLDivergence(), "kld", keras.losses.CategoricalFocalCrossentropy()):
        assert fit_to_model(bundled("digits"), model((64,), 10, loss)).y.shape == (1797, 10)


@pytest.mark.parametrize(
    "chosen",
    [
        None,
        {},
        {"class_name": ["digits"]},
        {"class_name": "digits", "config": {"path": "/"}},
        {"class_name": "arrays", "config": {}},
        {"class_name": "arrays", "config": {"x": ["x"], "y": "x"}},
    ],
)
def test_a_choice_that_no_source_can_follow_is_refused(chosen):
    with pytest.raises(RequestError) as refused:
        load(chosen, {"x": np.ones((3, 2))})
    assert refused.value.error["code"] == "no_data"


def test_a_source_is_one_module_and_a_line_in_the_table(monkeypatch):
    source = ModuleType("coins", "Coins.\n\nMore about them.")

    def coins(count: int = 8, side: Literal["heads", "tails"] = "heads") -> Data:
        """Tosses coins.

        Args:
            count: How many.
            side: What counts as 1.
        """
        return Data("coins", np.zeros((count, 1)), np.full(count, side == "heads"))

    source.load = coins
    monkeypatch.setitem(SOURCES, "coins", source)
    entry = next(entry for entry in source_entries() if entry["class_name"] == "coins")
    assert (entry["schema"]["title"], entry["summary"], entry["facts"]) == ("Coins", "Tosses coins.", None)
    assert entry["schema"]["properties"] == {
        "count": {"type": "integer", "description": "How many.", "default": 8},
        "side": {
            "type": "string",
            "enum": ["heads", "tails"],
            "description": "What counts as 1.",
            "default": "heads",
        },
    }
    assert load({"class_name": "coins", "config": {"count": 3}}, {}).x.shape == (3, 1)


def test_arrays_are_chosen_among_those_of_the_kernel():
    schema = next(entry for entry in source_entries() if entry["class_name"] == "arrays")["schema"]
    kinds = {name: argument["x-keras"] for name, argument in schema["properties"].items()}
    assert kinds == dict.fromkeys(["x", "y", "sample_weight", "x_val", "y_val"], "array_name")
    assert schema["required"] == ["x"]


def arrays(x, y):
    return load({"class_name": "arrays", "config": {"x": "x", "y": "y"}}, {"x": x, "y": y})


def test_a_table_of_booleans_and_numbers_is_made_numbers():
    table = np.array([[0.5, True, None], [1, False, 2]], dtype=object)
    fitted = fit_to_model(arrays(table, np.array([0, 1], dtype=object)), model((3,), 2))
    assert fitted.x.dtype == "float32"
    assert np.array_equal(fitted.x, [[0.5, 1, np.nan], [1, 0, 2]], equal_nan=True)
    assert fitted.y.dtype == "int64"
    ids = np.array([[2**53 + 1, True]], dtype=object)
    assert fit_to_model(arrays(ids, np.zeros(1)), model((2,), 1, "mse")).x.tolist() == [[2**53 + 1, 1]]


def test_a_table_of_pandas_is_made_numbers():
    pandas = pytest.importorskip("pandas")
    table = pandas.DataFrame({"a": [1.5, 2], "b": [True, False], "c": pandas.array([1, None], dtype="Int64")})
    fitted = fit_to_model(arrays(table, np.zeros(2)), model((3,), 1, "mse"))
    assert np.array_equal(fitted.x, [[1.5, 1, 1], [2, 0, np.nan]], equal_nan=True)


@pytest.mark.parametrize(
    ("x", "said"),
    [
        (np.array([[1, "red"], [2, "blue"]], dtype=object), "Column 1 of x holds text ('red')"),
        (np.array([["red"], ["3"]]), "Column 0 of x holds text ('red')"),
        (np.array(["red", "blue"]), "x holds text ('red')"),
        (
            np.array(["2020-01-01", "2020-01-02"], dtype="datetime64[D]"),
            "x holds dates or times",
        ),
        ([[1, 2], [3]], "The rows of x differ in length"),
        (np.array([np.ones(1), np.ones(2)], dtype=object), "The rows of x differ in length"),
        (np.ones((0, 2)), "x is empty: its shape is (0, 2)"),
    ],
)
def test_what_is_no_number_is_refused_by_name(x, said):
    with pytest.raises(RequestError) as refused:
        fit_to_model(arrays(x, np.zeros(len(x))), model((2,), 1, "mse"))
    assert refused.value.error["message"].startswith(said)


def text_model():
    words = keras.Input((1,), dtype="string", name="words")
    numbers = keras.layers.TextVectorization(output_sequence_length=2, vocabulary=["good", "bad"])(words)
    made = keras.Model(words, keras.layers.Dense(1)(numbers))
    made.compile(loss="mse")
    return made


@pytest.mark.skipif(keras.backend.backend() != "tensorflow", reason="only TensorFlow has text")
def test_text_goes_to_a_model_that_takes_it():
    texts, to = np.array([["good fine"], ["bad"]]), text_model()
    for x in (texts, texts.astype(object), texts.astype("S"), texts[:, 0].tolist()):
        fitted = fit_to_model(arrays(x, np.zeros(2)), to)
        assert fitted.x.dtype == "string"
        assert fitted.x.shape == (2, 1)
        to.fit(fitted.x, fitted.y, verbose=0)


def test_numbers_do_not_go_to_a_model_that_takes_text():
    error = refusal(arrays(np.ones((2, 1)), np.zeros(2)), text_model())
    assert error["message"] == "Layer 'words' expects text, but x holds other values. Make all of them text."


@pytest.mark.parametrize(("value", "word"), [(np.nan, "NaN"), (np.inf, "inf"), (-np.inf, "-inf")])
def test_missing_and_infinite_values_are_said_with_their_place(value, word):
    x, y = np.ones((64, 4)), np.ones(64)
    x[5, 2] = value
    fitted = fit_to_model(arrays(x, y), model((4,), 1, "mse"))
    assert fitted.notes == [
        f"1 of 64 samples in x has a value that is missing or infinite, first {word} at [5, 2]. Fill it in, "
        "or leave the sample out of x and y."
    ]
    assert not fitted.finite  # so no smaller learning rate is advised
    y[[3, 4]] = value
    error = refusal(arrays(x, y), model((4,), 1, "mse"))
    assert error["message"].startswith("2 of 64 samples in y have values")
    assert f"{word} at [3]" in error["message"]


def test_too_few_samples_for_a_validation_split_are_said():
    one = arrays(np.ones((1, 4)), np.ones(1))
    with pytest.raises(RequestError, match="x holds 1 sample, too few"):
        fit_to_model(one, model((4,), 1, "mse"), 0.2)
    assert fit_to_model(one, model((4,), 1, "mse")).x.shape == (1, 4)


@pytest.mark.parametrize("shape", [(0, 4), (5, 0), (0,)])
def test_an_array_without_values_says_what_it_lacks(shape):
    lacks = "x holds no values" if shape[0] else "x is empty"
    error = refusal(arrays(np.ones(shape), np.ones(shape[0])), model((4,), 1, "mse"))
    assert error["message"].startswith(f"{lacks}: its shape is {shape}.")


def test_a_dict_of_wrong_names_is_said_with_both():
    a, b = keras.Input((2,), name="a"), keras.Input((2,), name="b")
    both = keras.Model([a, b], keras.layers.Dense(1)(keras.layers.Add()([a, b])))
    both.compile(loss="mse")
    wrong = arrays({"a": np.ones((2, 2)), "c": np.ones((2, 2))}, np.ones(2))
    assert "for 'a' and 'c', but the inputs of the model are 'a' and 'b'" in refusal(wrong, both)["message"]
    right = {"b": np.ones((2, 2), dtype=object), "a": np.ones((2, 2))}
    assert fit_to_model(arrays(right, np.ones(2)), both).x["b"].dtype == "int64"


def two_by_two():
    a, b = keras.Input((2,), name="a"), keras.Input((2,), name="b")
    made = keras.Model([a, b], [keras.layers.Dense(1, name="p")(a), keras.layers.Dense(1, name="q")(b)])
    made.compile(loss={"p": "mse", "q": "mse"})
    return made


X, Y = np.ones((8, 2)), np.ones((8, 1))


@pytest.mark.parametrize(
    ("x", "y", "said"),
    [
        (
            [X, X],
            {"p": Y, "r": Y},
            "y holds arrays for 'p' and 'r', but the outputs of the model are 'p' and 'q'",
        ),
        ([X, X], Y, "The model has 2 outputs (p, q), but the number of arrays in y is 1"),
        ([X, X], [Y, Y, Y], "The model has 2 outputs (p, q), but the number of arrays in y is 3"),
        ([X], [Y, Y], "The model has 2 inputs (a, b), but the number of arrays in x is 1"),
        ([X, np.ones((8, 3))], [Y, Y], "Layer 'b' expects samples of shape (2,), but those of x[1]"),
        ([X, np.ones((7, 2))], [Y, Y], "Expected as many samples in x[0] as in x[1]. Received: 8 and 7."),
        ([X, X * 1j], [Y, Y], "x[1] holds complex numbers, but the layer takes real ones. Use x[1].real"),
    ],
)
def test_arrays_of_several_inputs_and_outputs_are_named(x, y, said):
    with pytest.raises(RequestError) as refused:
        fit_to_model(arrays(x, y), two_by_two())
    assert refused.value.error["message"].startswith(said)


def test_one_output_takes_its_array_out_of_a_list_or_dict():
    for y in ([Y], {"out": Y}):
        assert fit_to_model(arrays(X, y), model((2,), 1, "mse")).y.shape == (8, 1)
    assert fit_to_model(arrays([X, X], {"p": Y, "q": Y}), two_by_two()).y.keys() == {"p", "q"}


def test_an_output_without_a_loss_needs_no_targets():
    to = two_by_two()
    to.compile(loss=["mse", None])
    for y in (Y, [Y], {"p": Y}):
        to.fit([X, X], fit_to_model(arrays([X, X], y), to).y, verbose=0)
