"""What a model is trained with is described by Keras: losses, callbacks, arguments of `fit`."""

import copy
import inspect
import json

import jsonschema
import keras
import pytest

from kerasviz.callbacks import our_callbacks
from kerasviz.callbacks.finding import keras_callbacks, refused_callbacks
from kerasviz.catalog import catalog
from kerasviz.catalog.classes import KINDS
from kerasviz.catalog.conversion import as_keras_takes, class_of, with_python_numbers
from kerasviz.catalog.signatures import method_schema
from kerasviz.config.naming import to_snake_case

TRAINED_WITH = ("optimizers", "schedules", "losses", "metrics", "callbacks")
ENTRIES = [(key, entry) for key in TRAINED_WITH for entry in catalog()[key]]

#: For what has no default, a value of the type that its schema says.
VALUES = {"integer": 2, "number": 0.5, "string": "text", "array": [0, 1]}
#: A schedule by steps has one value more than steps.
SGD = {"module": "keras.optimizers", "class_name": "SGD", "config": {}, "registered_name": None}
NEEDED = {
    "PiecewiseConstantDecay": {"boundaries": [1], "values": [0.5, 0.25]},
    "LossScaleOptimizer": {"inner_optimizer": SGD},
}

#: Needs a package of its own, which Keras names.
PACKAGES = {"OrbaxCheckpoint"}
#: Not offered, and why.
LEFT_OUT = {
    "optimizers": {"MultiOptimizer"},  # made of other optimizers and layers
    "schedules": set(),
    "losses": set(),
    "metrics": {"Mean", "Sum", "MeanMetricWrapper"},  # compare nothing, or need a function
    "callbacks": set(),
}


def values_of(entry):
    """The arguments that a class can't do without, of the types that its schema tells."""
    if entry["class_name"] in NEEDED:
        return NEEDED[entry["class_name"]]
    schema = entry["schema"]
    needed = {}
    for name in [] if entry.get("disabled") else schema.get("required", []):
        argument = schema["properties"][name]
        if "default" in argument:
            needed[name] = argument["default"]
            continue
        kind = argument["type"]
        needed[name] = VALUES[kind if isinstance(kind, str) else kind[0]]
    return needed


def made(key, entry, config):
    name = entry["class_name"]
    if key == "optimizers":
        return getattr(keras.optimizers, name).from_config(copy.deepcopy(config))
    return (our_callbacks().get(name) or getattr(KINDS[key].module, name))(**config)


@pytest.mark.parametrize("key", TRAINED_WITH)
def test_every_class_of_keras_is_offered_but_for_a_few(key):
    kind = KINDS[key]
    public = {
        cls.__name__
        for cls in vars(kind.module).values()
        if inspect.isclass(cls) and issubclass(cls, kind.base) and cls is not kind.base
    }
    if key == "callbacks":
        public = {*our_callbacks(), *keras_callbacks(), *refused_callbacks()}
    assert {entry["class_name"] for entry in catalog()[key]} == public - LEFT_OUT[key]
    disabled = {entry["class_name"] for entry in catalog()[key] if entry.get("disabled")}
    assert disabled == (refused_callbacks().keys() if key == "callbacks" else set())


@pytest.mark.parametrize(
    ("key", "entry"), ENTRIES, ids=[f"{key}-{entry['class_name']}" for key, entry in ENTRIES]
)
def test_an_entry_makes_an_object_whose_config_its_schema_accepts(key, entry):
    config = values_of(entry)
    if key == "callbacks":
        if not entry.get("disabled") and entry["class_name"] not in PACKAGES:
            made(key, entry, config)
        return
    kept = json.loads(json.dumps(made(key, entry, config).get_config()))
    described = entry["schema"]["properties"]
    jsonschema.validate({name: kept[name] for name in described if name in kept}, entry["schema"])
    again = {"module": entry["module"], "class_name": entry["class_name"], "config": config}
    assert type(keras.saving.deserialize_keras_object(again)).__name__ == entry["class_name"]


@pytest.mark.parametrize("key", ["losses", "metrics"])
def test_a_registered_function_that_compares_is_offered(key):
    def own(y_true, y_pred):
        """Errors of my own."""
        return keras.losses.mean_squared_error(y_true, y_pred)

    name = keras.saving.register_keras_serializable("mine", "own_errors")(own) and "mine>own_errors"
    try:
        (entry,) = [entry for entry in catalog()[key] if entry["registered_name"] == name]
        assert (entry["summary"], entry["is_function"]) == ("Errors of my own.", True)
        chosen = {
            "module": "builtins",
            "class_name": "function",
            "config": name,
            "registered_name": "function",
        }
        assert KINDS[key].module.deserialize(chosen) is own
    finally:
        del keras.saving.get_custom_objects()[name]


@pytest.mark.parametrize("key", ["losses", "metrics"])
def test_a_name_means_an_object_with_default_arguments(key):
    for entry in catalog()[key]:
        for name in entry["identifiers"]:
            found = KINDS[key].module.get(name)
            name_found = getattr(found, "__name__", type(found).__name__)
            assert to_snake_case(name_found) == to_snake_case(entry["class_name"])


def test_accuracy_stands_for_the_class_that_suits_the_model():
    metrics = method_schema("compile")["properties"]["metrics"]
    assert metrics["examples"] == ["accuracy", "crossentropy"]
    named = [name for entry in catalog()["metrics"] for name in entry["identifiers"]]
    assert not {"accuracy", "acc", "crossentropy", "ce"} & set(named)


def test_a_learning_rate_is_a_number_or_a_schedule():
    for entry in catalog()["optimizers"]:
        if entry["class_name"] != "LossScaleOptimizer":  # has that of the optimizer inside
            assert entry["schema"]["properties"]["learning_rate"]["x-keras"] == "schedule"


@pytest.mark.parametrize(
    ("method", "elsewhere"),
    [("fit", {"x", "y", "callbacks", "validation_data", "sample_weight", "verbose"}), ("compile", set())],
)
def test_a_method_is_described_but_for_data_and_callbacks(method, elsewhere):
    schema = method_schema(method)
    signature = inspect.signature(getattr(keras.Model, method)).parameters
    assert {*schema["properties"]} == {*signature} - elsewhere - {"self"}
    jsonschema.Draft7Validator.check_schema(schema)
    for name, argument in schema["properties"].items():
        jsonschema.validate(signature[name].default, argument)


def test_counts_of_fit_begin_at_one():
    fit = method_schema("fit")
    for name in ("epochs", "batch_size", "steps_per_epoch"):
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.validate({name: 0}, fit)
    jsonschema.validate({"initial_epoch": 0, "class_weight": {"0": 1, "1": 2.5}}, fit)


def test_values_become_those_that_keras_takes():
    sgd = {
        "module": "keras.optimizers",
        "class_name": "SGD",
        "config": {"learning_rate": 1, "nesterov": True},
    }
    taken = as_keras_takes([sgd])[0]["config"]
    assert type(taken["learning_rate"]) is float and taken["nesterov"] is True
    assert sgd["config"]["learning_rate"] is not taken["learning_rate"]
    metric = {"module": "keras.metrics", "class_name": "CategoricalCrossentropy", "config": {"axis": -1}}
    assert type(as_keras_takes(metric)["config"]["axis"]) is int
    assert with_python_numbers(method_schema("fit"), {"class_weight": {"0": 1}, "epochs": 3}) == {
        "class_weight": {0: 1},
        "epochs": 3,
    }
    assert class_of({"module": "os", "class_name": "SGD"}) is None


@pytest.mark.parametrize(
    ("key", "base"),
    [
        ("losses", keras.losses.Loss),
        ("metrics", keras.metrics.Metric),
        ("callbacks", keras.callbacks.Callback),
    ],
)
def test_registered_classes_of_the_user_are_offered(key, base):
    @keras.saving.register_keras_serializable("mine")
    class Own(KINDS[key].base):
        """Does it another way.

        Args:
            strength: Float. How much.
        """

        def __init__(self, strength=0.5, **kwargs):
            super().__init__(**kwargs)
            self.strength = strength

        def get_config(self):
            return {"strength": self.strength}

    try:
        entry = catalog()[key][-1]
        assert (entry["class_name"], entry["registered_name"]) == ("Own", "mine>Own")
        assert entry["schema"]["properties"]["strength"]["type"] == "number"
        own = {"module": None, "class_name": "Own", "config": {"strength": 2}, "registered_name": "mine>Own"}
        assert type(as_keras_takes(own)["config"]["strength"]) is float
    finally:
        del keras.saving.get_custom_objects()["mine>Own"]
    assert all(entry["registered_name"] is None for entry in catalog()[key])
