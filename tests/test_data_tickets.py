"""The ticket model of the guides, with outputs in a dict or a list: the targets of each are fitted."""

import keras
import numpy as np
import pytest

from kerasviz.data import Data
from kerasviz.data.batches import Batches
from kerasviz.data.fitting import fit_to_model
from kerasviz.data.sampleorder import SampleOrder
from kerasviz.protocol import RequestError

SPARSE, ONE_HOT, BINARY = (
    "sparse_categorical_crossentropy",
    "categorical_crossentropy",
    "binary_crossentropy",
)
CLASSES = np.array([0, 1, 2, 3] * 3)
PRIORITY = np.linspace(0, 1, 12)


def tickets(structure, loss):
    """The priority and the department of a ticket, as the guide to the functional API has them."""
    inputs = keras.Input((2,), name="ticket")
    priority = keras.layers.Dense(1, activation="sigmoid", name="priority_unit")(inputs)
    department = keras.layers.Dense(4, activation="softmax", name="department_units")(inputs)
    outputs = (
        {"priority": priority, "department": department} if structure is dict else [priority, department]
    )
    model = keras.Model(inputs, outputs)
    model.compile("sgd", loss)
    return model


def by_structure(structure, priority, department):
    return {"priority": priority, "department": department} if structure is dict else [priority, department]


def fitted(structure, losses, priority, department):
    model = tickets(structure, by_structure(structure, *losses))
    y = by_structure(structure, priority, department)
    data = fit_to_model(Data("x, y", np.ones((12, 2), "float32"), y), model)
    model.fit(data.x, data.y, verbose=0)
    return data


@pytest.mark.parametrize("structure", [dict, list])
def test_classes_become_one_hot_where_the_loss_of_that_output_wants_them(structure):
    data = fitted(structure, (BINARY, ONE_HOT), PRIORITY, CLASSES)
    key = "department" if structure is dict else 1
    np.testing.assert_array_equal(data.y[key], np.eye(4)[CLASSES])
    assert data.y["priority" if structure is dict else 0].shape == (12, 1)
    assert data.notes == [f"y[{key!r}]: classes made one-hot, as {ONE_HOT} expects them."]


@pytest.mark.parametrize("structure", [dict, list])
def test_one_hot_classes_become_numbers(structure):
    data = fitted(structure, ("mse", SPARSE), PRIORITY, np.eye(4)[CLASSES])
    np.testing.assert_array_equal(data.y["department" if structure is dict else 1], CLASSES)


@pytest.mark.parametrize("structure", [dict, list])
@pytest.mark.parametrize(
    ("losses", "targets", "layer", "says"),
    [
        ((BINARY, SPARSE), (PRIORITY, CLASSES + 1), "department", "classes 1 to 4"),
        ((BINARY, SPARSE), (CLASSES * 100, CLASSES), "priority", "from 0 to 1, but"),
        (
            ("mse", "mse"),
            (PRIORITY, np.ones((12, 7))),
            "department",
            r"size 4, but samples of .* hold 7 values\. Set the units of layer 'department_\w+' to 7",
        ),
    ],
)
def test_what_does_not_fit_is_named_with_its_output(structure, losses, targets, layer, says):
    with pytest.raises(RequestError, match=says) as refused:
        fitted(structure, losses, *targets)
    place = {"priority": 0, "department": 1}[layer]
    assert f"y[{layer!r}]" in str(refused.value) or f"y[{place}]" in str(refused.value)


def test_one_loss_is_that_of_all_outputs():
    model = tickets(list, "mse")
    with pytest.raises(RequestError, match=r"'department_units' has the shape \(4,\)"):
        fit_to_model(Data("x, y", np.ones((12, 2)), [PRIORITY, CLASSES]), model)


def test_the_only_array_of_a_dict_is_fitted_too():
    model = keras.Sequential([keras.Input((2,)), keras.layers.Dense(4, activation="softmax", name="out")])
    model.compile("sgd", ONE_HOT)
    data = fit_to_model(Data("x, y", np.ones((12, 2)), {"out": CLASSES}), model)
    np.testing.assert_array_equal(data.y, np.eye(4)[CLASSES])


@pytest.mark.parametrize("loss", [{"department": ONE_HOT}, {"priority": None, "department": ONE_HOT}])
def test_an_output_without_a_loss_needs_no_targets(loss):
    data = fit_to_model(
        Data("x, y", np.ones((12, 2), "float32"), {"department": CLASSES}), tickets(dict, loss)
    )
    np.testing.assert_array_equal(data.y["department"], np.eye(4)[CLASSES])
    tickets(dict, loss).fit(Batches((data.x, data.y), SampleOrder(12, 4, 0, lambda: 0)), verbose=0)


def test_an_output_with_a_loss_needs_targets():
    model = tickets(dict, {"department": ONE_HOT})
    with pytest.raises(RequestError, match="no array for the output 'department', which has a loss"):
        fit_to_model(Data("x, y", np.ones((12, 2)), {"priority": PRIORITY}), model)


def test_metrics_want_targets_for_each_output():
    model = tickets(dict, {"department": ONE_HOT})
    model.compile("sgd", {"department": ONE_HOT}, metrics={"department": ["accuracy"]})
    with pytest.raises(RequestError, match="one array for each output"):
        fit_to_model(Data("x, y", np.ones((12, 2)), {"department": CLASSES}), model)
