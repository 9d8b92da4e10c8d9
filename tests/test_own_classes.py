"""A class of the user's own is his everywhere: files with it open, train, load and save in the editor."""

import json
import subprocess
import sys
import warnings
from itertools import product

import keras
import numpy as np
import pytest
from conftest import BACKEND, computed, few, planned
from test_training import train

from kerasviz import analyze, storage
from kerasviz.codegen import to_code
from kerasviz.config import ModelFileError
from kerasviz.config.oldnames import of_any_backend
from kerasviz.models.keeper import Keeper
from kerasviz.models.opening import draw, text_of
from kerasviz.training.plan import read_plan


class Scale(keras.layers.Layer):
    """Has a weight of its own, and a layer inside."""

    def __init__(self, by=2.0, **named):
        super().__init__(**named)
        self.by = by
        self.inner = keras.layers.Dense(64, name="inner")

    def build(self, shape):
        self.scale = self.add_weight(shape=(shape[-1],), initializer="ones", name="scale")
        self.inner.build(shape)

    def call(self, inputs):
        return self.inner(inputs) * self.scale * self.by

    def get_config(self):
        return {**super().get_config(), "by": self.by}


class OwnLoss(keras.losses.Loss):
    """Compares classes, as the sparse loss of Keras does."""

    def __init__(self, by=1.0, name="own_loss", reduction="sum_over_batch_size"):
        super().__init__(name=name, reduction=reduction)
        self.by = by

    def call(self, y_true, y_pred):
        return self.by * keras.losses.sparse_categorical_crossentropy(y_true, y_pred)

    def get_config(self):
        return {**super().get_config(), "by": self.by}


class OwnMetric(keras.metrics.SparseCategoricalAccuracy):
    """Accuracy."""


class OwnOptimizer(keras.optimizers.SGD):
    """Gradient descent."""


class OwnSchedule(keras.optimizers.schedules.LearningRateSchedule):
    """The same rate for ever."""

    def __init__(self, rate=0.1):
        self.rate = rate

    def __call__(self, step):
        return self.rate

    def get_config(self):
        return {"rate": self.rate}


class OwnInitializer(keras.initializers.Initializer):
    """Small ones."""

    def __call__(self, shape, dtype=None):
        return keras.ops.ones(shape, dtype) * 0.01


class OwnRegularizer(keras.regularizers.Regularizer):
    """A little of everything."""

    def __call__(self, x):
        return 0.001 * keras.ops.sum(keras.ops.abs(x))

    def get_config(self):
        return {}


class OwnConstraint(keras.constraints.Constraint):
    """At most 1."""

    def __call__(self, w):
        return keras.ops.clip(w, -1, 1)


def own_activation(x):
    return keras.ops.relu(x) * 0.5


def own_loss(y_true, y_pred):
    return keras.losses.sparse_categorical_crossentropy(y_true, y_pred)


def own_metric(y_true, y_pred):
    return keras.metrics.sparse_categorical_accuracy(y_true, y_pred)


ONCE = {"epochs": 1, "batch_size": 512}
OWN = [Scale, OwnLoss, OwnMetric, OwnOptimizer, OwnSchedule, OwnInitializer, OwnRegularizer, OwnConstraint]
OWN += [own_activation, own_loss, own_metric]


def with_own(*inner, optimizer="adam", loss=None, metrics=()):
    digit = keras.layers.Dense(10, activation="softmax", name="digit")
    model = keras.Sequential([keras.Input((64,), name="pixels"), *inner, digit], name="digits")
    loss = loss or keras.losses.SparseCategoricalCrossentropy()
    model.compile(optimizer, loss, metrics=list(metrics), run_eagerly=True)
    return model


def of_parts():
    hidden = keras.layers.Dense(
        8,
        activation=own_activation,
        kernel_initializer=OwnInitializer(),
        kernel_regularizer=OwnRegularizer(),
        kernel_constraint=OwnConstraint(),
        name="hidden",
    )
    return with_own(hidden)


MODELS = {
    "layer": lambda: with_own(Scale(3.0, name="scale")),
    "loss": lambda: with_own(loss=OwnLoss(2.0)),
    "loss function": lambda: with_own(loss=own_loss),
    "metrics": lambda: with_own(metrics=[OwnMetric(name="own"), own_metric]),
    "optimizer": lambda: with_own(optimizer=OwnOptimizer(0.1, momentum=0.9)),
    "schedule": lambda: with_own(optimizer=keras.optimizers.SGD(OwnSchedule(0.2))),
    "parts": of_parts,
}


@pytest.fixture(autouse=True)
def registered():
    before = dict(keras.saving.get_custom_objects())
    for own in OWN:
        keras.saving.register_keras_serializable("mine")(own)
    yield
    keras.saving.get_custom_objects().clear()
    keras.saving.get_custom_objects().update(before)


def compiled(model):
    return compiled_in(json.loads(model.to_json()))


def compiled_in(document):
    config = document["compile_config"]
    return {part: config[part] for part in ("optimizer", "loss", "loss_weights", "metrics")}


@pytest.mark.parametrize("kind, end", few(product(MODELS, [".keras", ".h5"]), 7))
def test_what_the_editor_saved_opens_trains_loads_and_saves_there(kind, end, tmp_path):
    made = MODELS[kind]()
    samples, classes = np.random.default_rng(3).random((32, 64)), np.arange(32) % 10
    made.fit(samples, classes, verbose=0)
    expected = made.evaluate(samples, classes, verbose=0)
    document = json.loads(made.to_json())
    keeper = Keeper(tmp_path, "digits.keras.json")
    keeper.adopt(made, document)
    keeper.save(document, f"saved{end}")

    opened = json.loads(text_of(tmp_path / f"saved{end}"))
    assert opened["kerasviz"]["weights"] == f"saved{end}"
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        warnings.simplefilter("ignore", DeprecationWarning)  # Keras has its own with JAX and NumPy 2
        fresh = Keeper(tmp_path, "opened.keras.json")
        assert fresh.load_weights(opened, f"saved{end}") == f"Weights start from saved{end}."
        fresh = Keeper(tmp_path, "opened.keras.json")
        model = fresh.current(opened)
    assert compiled(model) == compiled(storage.load(tmp_path / f"saved{end}", custom=True)) == compiled(made)
    assert np.allclose(model.evaluate(samples, classes, verbose=0), expected)
    assert train(fresh, read_plan(planned(opened, fit=ONCE))).state == "finished"
    fresh.save(opened, f"again{end}")
    again = storage.load(tmp_path / f"again{end}", custom=True)
    assert np.array_equal(predicted(again), predicted(model))


@pytest.mark.parametrize(
    "kind, end",
    few(product(["loss", "loss function", "metrics", "optimizer", "schedule"], [".keras", ".h5"]), 3),
)
def test_a_server_that_does_not_know_a_class_keeps_it(kind, end, tmp_path):
    made = MODELS[kind]()
    storage.save(made, tmp_path / f"m{end}")
    told = subprocess.run(
        [sys.executable, "-m", "kerasviz", "document", str(tmp_path / f"m{end}")],
        capture_output=True,
        check=True,
    )
    answer = json.loads(told.stdout)
    assert any("register it in the kernel" in sentence["text"] for sentence in answer["report"])
    assert compiled(Keeper(tmp_path).current({**answer["document"], "kerasviz": {}})) == compiled(made)


def test_a_class_that_the_kernel_does_not_know_is_said_while_drawing():
    document = json.loads(MODELS["loss"]().to_json())
    assert analyze(document).errors == []
    keras.saving.get_custom_objects().clear()
    (error,) = analyze(document).errors
    assert error.message.startswith("The kernel does not know 'OwnLoss', which is your own. Run the cell")


def test_a_schedule_of_the_users_own_is_never_lost_in_silence(tmp_path):
    storage.save(MODELS["schedule"](), tmp_path / "m.keras")
    with pytest.warns(UserWarning, match=r"OwnSchedule \(learning rate schedule\) is not part of Keras"):
        storage.load(tmp_path / "m.keras")


class Units(keras.Model):
    """Its code makes the layers."""

    def __init__(self, units=6, **named):
        super().__init__(**named)
        self.units = units
        self.hidden = keras.layers.Dense(units, activation="relu", name="hidden")
        self.digit = keras.layers.Dense(10, activation="softmax", name="digit")

    def build(self, shape):
        self.hidden.build(shape)
        self.digit.build((None, self.units))

    def call(self, inputs):
        return self.digit(self.hidden(inputs))

    def get_config(self):
        return {**super().get_config(), "units": self.units}


class Coder(keras.Model):
    """It is given models, and has no build of its own."""

    def __init__(self, encoder, decoder, **named):
        super().__init__(**named)
        self.encoder, self.decoder = encoder, decoder

    def call(self, inputs):
        return self.decoder(self.encoder(inputs))

    def get_config(self):
        inner = {"encoder": self.encoder, "decoder": self.decoder}
        written = {name: keras.saving.serialize_keras_object(model) for name, model in inner.items()}
        return {**super().get_config(), **written}

    @classmethod
    def from_config(cls, config):
        inner = {name: keras.saving.deserialize_keras_object(config[name]) for name in ("encoder", "decoder")}
        return cls(**{**config, **inner})


class Stepping(keras.Model):
    """A graph of layers that is trained otherwise."""

    def train_step(self, *args, **named):
        told = super().train_step(*args, **named)
        if BACKEND != "jax":
            return {**told, "steps": 1.0}
        return {**told[0], "steps": 1.0}, *told[1:]  # with the state


class Noted(Stepping):
    def __init__(self, *args, note="", **kwargs):
        super().__init__(*args, **kwargs)
        self.note = note

    def get_config(self):
        return {**super().get_config(), "note": self.note}


class Chain(keras.Sequential):
    """A chain of layers."""


class Policy(keras.dtype_policies.DTypePolicy):
    """Computes in another dtype."""


def graph(cls, **named):
    pixels = keras.Input((64,), name="pixels")
    hidden = keras.layers.Dense(8, activation="relu", name="hidden")(pixels)
    return cls(
        pixels, keras.layers.Dense(10, activation="softmax", name="digit")(hidden), name="own", **named
    )


def chain():
    return Chain([keras.Input((64,), name="pixels"), keras.layers.Dense(10, name="digit")], name="own")


WHOLE = {
    "code": lambda: Units(8, name="own"),
    "models given": lambda: Coder(
        keras.Sequential([keras.Input((64,)), keras.layers.Dense(8)]),
        keras.Sequential([keras.Input((8,)), keras.layers.Dense(10, activation="softmax")]),
        name="own",
    ),
    "graph": lambda: graph(Stepping),
    "graph with an argument": lambda: graph(Noted, note="mine"),
    "chain": chain,
    "code inside": lambda: with_own(Units(8, name="units")),
    "graph inside": lambda: keras.Sequential([keras.Input((64,)), graph(Stepping)], name="outer"),
    "policy": lambda: with_own(keras.layers.Dense(8, dtype=Policy("mixed_bfloat16"), name="hidden")),
}
"""Models that are of the user's own class, or have such a model inside."""


@pytest.fixture(params=few(["another package", "mine"], 2))
def models(request):
    for own in (Units, Coder, Stepping, Noted, Chain, Policy):
        keras.saving.register_keras_serializable(request.param)(own)


def fitted(kind):
    made = WHOLE[kind]()
    made.build((None, 64))
    made.compile("adam", "sparse_categorical_crossentropy", run_eagerly=True)
    made.fit(np.random.default_rng(3).random((32, 64)), np.arange(32) % 10, verbose=0)
    return made


def predicted(model):
    return computed(keras.ops.cast(model(np.random.default_rng(5).random((8, 64))), "float32"))


@pytest.mark.parametrize("kind", few(WHOLE, 3))
def test_a_model_of_the_users_own_class_loads_as_in_plain_keras(kind, models, tmp_path):
    made = fitted(kind)
    made.save(tmp_path / "m.keras")
    plain = keras.saving.load_model(tmp_path / "m.keras")
    loaded = storage.load(tmp_path / "m.keras", custom=True)
    assert type(loaded) is type(plain) is type(made)
    assert [type(layer) for layer in loaded.layers] == [type(layer) for layer in plain.layers]
    assert getattr(loaded, "note", None) == getattr(made, "note", None)
    assert np.array_equal(predicted(loaded), predicted(plain))
    storage.save(loaded, tmp_path / "again.keras")
    assert np.array_equal(predicted(keras.saving.load_model(tmp_path / "again.keras")), predicted(plain))


@pytest.mark.parametrize("kind", ["graph", "graph with an argument", "chain"])
def test_an_h5_file_keeps_its_class_too_where_plain_keras_does_not_find_it(kind, models, tmp_path):
    made = fitted(kind)
    made.save(tmp_path / "m.h5")
    loaded = storage.load(tmp_path / "m.h5", custom=True)
    assert type(loaded) is type(made) and getattr(loaded, "note", None) == getattr(made, "note", None)
    assert np.array_equal(predicted(loaded), predicted(made))
    assert loaded.compiled and loaded.loss == made.loss


@pytest.mark.parametrize("kind, name", [("code", "Units"), ("models given", "Coder")])
def test_an_h5_file_of_a_class_whose_code_makes_the_layers_is_refused_with_a_way_out(
    kind, name, models, tmp_path
):
    fitted(kind).save(tmp_path / "m.h5")
    with pytest.raises(ModelFileError, match=rf"^'m\.h5': {name} makes its layers in its code"):
        storage.load(tmp_path / "m.h5", custom=True)


@pytest.mark.parametrize("kind, end", few(product(WHOLE, [".keras", ".h5", ".weights.h5"]), 10))
def test_it_is_drawn_trained_and_saved_there(kind, end, models, tmp_path):
    made = fitted(kind)
    expected = predicted(made)
    drawn, document = draw(made)
    assert analyze(document).errors == []
    keeper = Keeper(tmp_path, "own.keras.json")
    keeper.adopt(drawn, document)
    keeper.save(document, f"saved{end}")
    again = Keeper(tmp_path, "again.keras.json")
    again.load_weights({**document, "kerasviz": {}}, f"saved{end}")
    assert np.array_equal(predicted(again.model), expected)
    assert train(again, read_plan(planned(document, fit=ONCE))).state == "finished"
    assert not np.array_equal(predicted(again.model), expected)


@pytest.mark.parametrize("kind", WHOLE)
def test_its_code_makes_the_same_model(kind, models):
    made = fitted(kind)
    scope = {}
    exec(to_code(made), scope)
    again = scope["model"]
    again.build((None, 64))
    again.set_weights(made.get_weights())
    assert type(again) is type(made) and getattr(again, "note", None) == getattr(made, "note", None)
    assert np.array_equal(predicted(again), predicted(made))


def test_a_class_that_a_later_cell_defines_again_is_the_new_one(tmp_path):
    storage.save(MODELS["layer"](), tmp_path / "m.keras")
    document = json.loads(text_of(tmp_path / "m.keras"))
    before = predicted(Keeper(tmp_path).current(document))

    class Twice(Scale):
        def call(self, inputs):
            return 2 * super().call(inputs)

    Twice.__name__ = "Scale"
    keras.saving.register_keras_serializable("mine")(Twice)
    model = Keeper(tmp_path).current(document)
    assert type(model.get_layer("scale")) is Twice
    assert not np.array_equal(predicted(model), before)
    assert np.array_equal(predicted(model), predicted(keras.saving.load_model(tmp_path / "m.keras")))


def test_the_optimizer_that_keras_forgets_as_it_saves_h5_is_drawn(tmp_path):
    made = with_own(optimizer=keras.optimizers.Adam(0.25))
    expected = of_any_backend(compiled(made)["optimizer"])
    made.save(tmp_path / "m.h5")
    assert "optimizer" not in made.get_compile_config()
    assert compiled_in(draw(made)[1])["optimizer"] == expected
