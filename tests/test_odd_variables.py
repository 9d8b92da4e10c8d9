"""Variables of the user's cells may be objects of any class: ones that raise or lie harm no list."""

import contextlib

import h5py
import keras
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kerasviz.data import known, load
from kerasviz.data.datavariables import list_variables
from kerasviz.models.namespace import find_model, list_models, name_of
from kerasviz.models.variablename import Variables
from kerasviz.protocol import RequestError

ASKED = [
    "__len__",
    "__eq__",
    "__repr__",
    "__str__",
    "__bool__",
    "__array__",
    "__getitem__",
    "__iter__",
    "__hash__",
]
READ = ["shape", "dtype", "ndim", "built", "name", "__class__", "count_params"]
LIES = [
    None,
    -1,
    10**30,
    float("nan"),
    "text",
    (),
    (None, 3),
    ("a",),
    (-1, 2),
    (0,),
    (2**70,),
    keras.Model,
    object(),
]
RAISED = [ValueError, TypeError, RuntimeError, AttributeError, MemoryError, SystemExit, KeyboardInterrupt]
ANSWERS = st.one_of(
    st.sampled_from(LIES).map(lambda value: ("lie", value)),
    st.sampled_from(RAISED).map(lambda e: ("raise", e)),
)
BASES = [object, dict, list, tuple, str, np.ndarray, keras.Model, keras.layers.Layer]


def answering(answer):
    kind, value = answer

    def method(self, *args, **kwargs):
        if kind == "raise":
            raise value("odd")
        return value

    return method


@st.composite
def odd(draw):
    """An object whose class answers what is asked of it with a lie or an exception."""
    body = {name: answering(draw(ANSWERS)) for name in draw(st.sets(st.sampled_from(ASKED)))}
    body |= {name: property(answering(draw(ANSWERS))) for name in draw(st.sets(st.sampled_from(READ)))}
    if draw(st.booleans()):
        body["__getattr__"] = answering(draw(ANSWERS))
    base = draw(st.sampled_from(BASES))
    meta = type(base)
    if draw(st.booleans()):
        meta = type("OddMeta", (meta,), {"__getattr__": answering(draw(ANSWERS))})
    kind = meta("Odd", (base,), body)
    if draw(st.booleans()):
        return kind
    if base is np.ndarray:
        return np.zeros((2, 3)).view(kind)
    return (object if base.__module__.startswith("keras") else base).__new__(kind)


@given(st.lists(odd(), max_size=4))
def test_objects_that_raise_or_lie_harm_no_list(objects):
    net = keras.Sequential([keras.Input((4,)), keras.layers.Dense(2)])
    namespace = {f"odd{index}": value for index, value in enumerate(objects)}
    namespace |= {"x": np.ones((5, 4)), "net": net, 3: "not a name"}
    arrays = {array["name"]: array for array in list_variables(namespace)}
    assert arrays["x"] == {"name": "x", "kind": "array", "shape": [5, 4], "dtype": "float64"}
    for array in arrays.values():
        assert (array["shape"] or array["kind"] == "batches") and all(
            type(length) is int and length >= 0 for length in array["shape"]
        )
        assert type(array["dtype"]) is str
    models = {model["name"]: model for model in list_models(namespace)}
    assert models["net"] == {"name": "net", "class_name": "Sequential", "params": 10}
    assert find_model("net", namespace) is net
    assert name_of(net, namespace) == "net"
    for name in [name for name in namespace if str(name).startswith("odd")]:
        with contextlib.suppress(
            RequestError, KeyboardInterrupt
        ):  # an interrupt ends the look at one variable
            load({"class_name": "arrays", "config": {"x": "x", "y": name}}, namespace)
        with contextlib.suppress(RequestError):
            find_model(name, namespace)
        assert Variables(None).free(name, namespace) not in namespace


def test_a_tensor_of_a_model_is_no_array():
    namespace = {
        "inputs": keras.Input((32,)),
        "batch": keras.Input((32,), batch_size=4),
        "x": np.ones((2, 32)),
    }
    assert [array["name"] for array in list_variables(namespace)] == ["x"]
    with pytest.raises(RequestError, match=r"inputs is not an array: it is of type KerasTensor"):
        load({"class_name": "arrays", "config": {"x": "inputs", "y": "x"}}, namespace)
    with pytest.raises(RequestError, match=r"pair\[1\] is not an array: it is of type KerasTensor"):
        load(
            {"class_name": "arrays", "config": {"x": "pair", "y": "x"}},
            {**namespace, "pair": {1: namespace["batch"]}},
        )


def test_tensors_with_values_are_listed():
    namespace = {"t": keras.ops.ones((3, 2)), "v": keras.Variable(np.ones((2,), dtype="float32"))}
    assert list_variables(namespace) == [
        {"name": "t", "kind": "array", "shape": [3, 2], "dtype": "float32"},
        {"name": "v", "kind": "array", "shape": [2], "dtype": "float32"},
    ]


class Lazy:
    """An array whose values must be computed, as those of dask."""

    computed = 0

    def __init__(self, values):
        self._values = values
        self.shape, self.dtype = values.shape, values.dtype

    def compute(self):
        Lazy.computed += 1
        return self._values

    def __array__(self, dtype=None, copy=None):
        return self.compute()


def test_only_training_computes_or_reads_what_is_lazy(monkeypatch, tmp_path):
    with h5py.File(tmp_path / "data.h5", "w") as file:
        classes = np.arange(64) % 3
        namespace = {
            "x": np.zeros((64, 4)),
            "lazy": Lazy(classes),
            "stored": file.create_dataset("y", data=classes),
            "here": classes,
        }
        monkeypatch.setattr(known, "user_namespace", lambda: namespace)

        def target(name):
            found = known.known_data({"class_name": "arrays", "config": {"x": "x", "y": name}})
            assert found.shape == (4,) and found.has_one_target
            return found.target

        assert target("here").classes == 3
        assert target("lazy") is None and target("stored") is None and Lazy.computed == 0
        assert {"lazy", "stored"} <= {array["name"] for array in list_variables(namespace)}
        loaded = load({"class_name": "arrays", "config": {"x": "x", "y": "lazy"}}, namespace)
        assert np.array_equal(loaded.y, classes) and Lazy.computed == 1
