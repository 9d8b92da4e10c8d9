"""Weights of classes: what they would be taken for is what was meant, or it is refused."""

import numpy as np
import pytest

from kerasviz.data.balancing import balanced
from kerasviz.data.classweights import check_class_weight
from kerasviz.data.dataset import Data
from kerasviz.protocol import RequestError

CLASSES = np.array([0, 1, 2, 3] * 3)
PRIORITY = np.linspace(0, 1, 12)


@pytest.mark.parametrize(
    ("y", "weights", "says"),
    [
        (CLASSES, {0: 1.0, 7: 3.0}, "weights for 7, but y has the classes 0 to 3"),
        (CLASSES, {"cat": 1.0}, "weights for 'cat'"),
        (np.ones((12, 3)), {0: 1.0, 1: 760.0}, "several values for each"),
        (np.zeros((12, 8, 8, 1)), {0: 1.0, 1: 5.0}, "several values for each"),
        (PRIORITY, {0: 1.0, 1: 5.0}, "y holds numbers"),
        ([CLASSES, CLASSES], {0: 1.0}, "one output only"),
    ],
)
def test_weights_of_what_is_no_class_are_refused(y, weights, says):
    with pytest.raises(RequestError, match=says):
        check_class_weight(weights, Data("d", None, y))


@pytest.mark.parametrize("y", [CLASSES, CLASSES[:, None], CLASSES.astype("float32"), np.eye(4)[CLASSES]])
def test_weights_of_classes_are_taken(y):
    check_class_weight({0: 1.0, 3: 5.0}, Data("d", None, y))
    check_class_weight(None, Data("d", None, y))


def test_weights_of_classes_and_of_samples_do_not_go_together():
    with pytest.raises(RequestError, match="not both"):
        check_class_weight({0: 2.0}, Data("d", None, CLASSES, sample_weight=np.ones(len(CLASSES))))


FORMS = [lambda y: y, lambda y: y[:, None], lambda y: np.eye(3)[y], lambda y: y * 1.0]


@pytest.mark.parametrize("form", FORMS)
def test_balanced_weights_are_those_of_scikit_learn(form):
    from sklearn.utils.class_weight import compute_class_weight

    y = np.array([0] * 30 + [1] * 10 + [2] * 5 + [2] * 5)
    found = balanced(Data("d", np.zeros((50, 1)), form(y)), 0.1)
    expected = compute_class_weight("balanced", classes=np.arange(3), y=y[:45])
    assert list(found) == ["0", "1", "2"]
    assert list(found.values()) == pytest.approx(expected, rel=1e-3)


@pytest.mark.parametrize(
    ("y", "says"),
    [
        ([CLASSES, CLASSES], "one class for each sample"),
        (None, "one class for each sample"),
        (PRIORITY, "holds numbers"),
        (np.array(["a", "b"] * 6), "something else"),
        (np.arange(2000), "too many for classes"),
    ],
)
def test_what_holds_no_classes_is_not_balanced(y, says):
    with pytest.raises(RequestError, match=says):
        balanced(Data("d", np.zeros((12, 1)), y), 0.0)
