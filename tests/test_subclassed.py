"""Subclassed models: one node, which Keras' summary tells about."""

import json

import keras
import numpy as np
import pytest
from test_training import plan, train

from kerasviz import analyze
from kerasviz.models import subclassed
from kerasviz.models.building import build_model
from kerasviz.models.keeper import Keeper
from kerasviz.models.opening import draw
from kerasviz.models.subclassed import drawable, summary, unused_steps
from kerasviz.protocol import RequestError


class Block(keras.Model):
    """Of a size to choose."""

    def __init__(self, units=3, **kwargs):
        super().__init__(**kwargs)
        self.units = units
        self.hidden = keras.layers.Dense(units, name="hidden")
        self.score = keras.layers.Dense(2, name="score")

    def call(self, inputs):
        return self.score(self.hidden(inputs))

    def get_config(self):
        return {**super().get_config(), "units": self.units}


class Named(keras.Model):
    """Takes and gives tensors by name."""

    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self.sum = keras.layers.Dense(2)

    def call(self, inputs):
        return {"sum": self.sum(inputs["left"] + inputs["right"])}


class Listed(keras.Model):
    """Takes a list."""

    def call(self, inputs):
        return inputs[0] * inputs[1]


class Whole(keras.Model):
    """Makes a Functional model of itself, of words."""

    def __init__(self, **kwargs):
        words = keras.Input((7,), dtype="int32", name="words")
        super().__init__(words, keras.layers.Embedding(10, 2)(words), **kwargs)


class Loose(keras.Model):
    """Not registered."""

    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self.inner = keras.layers.Dense(2, name="inner")

    def call(self, inputs):
        return self.inner(inputs)


class Stepping(Block):
    """Trains in its own way."""

    def train_step(self, data):
        return {"loss": 0.0}


class Forgetful(Block):
    """Takes an argument that it does not write down."""

    def __init__(self, size, **kwargs):
        super().__init__(size, **kwargs)

    get_config = keras.Model.get_config


@pytest.fixture(autouse=True)
def registered():
    for cls in Block, Named, Listed, Whole:
        keras.saving.register_keras_serializable("test_subclassed")(cls)
    yield
    for cls in Block, Named, Listed, Whole:
        del keras.saving.get_custom_objects()[keras.saving.get_registered_name(cls)]


@pytest.fixture
def block() -> Block:
    model = Block(name="block")
    model(np.zeros((5, 4)))
    return model


def test_a_subclassed_model_is_one_node_with_its_shapes_and_parameters(block):
    _, document = draw(block)
    names = [layer["class_name"] for layer in document["config"]["layers"]]
    assert names == ["InputLayer", "Block"]
    analysis = analyze(document)
    assert analysis.nodes["block"].error is None
    assert analysis.nodes["block"].output_shapes == [(None, 2)]
    assert analysis.total_params == block.count_params() == 4 * 3 + 3 + 3 * 2 + 2


def test_what_trains_the_drawing_trains_the_model_itself(block):
    block.compile("sgd", "mse")
    drawn, _ = draw(block)
    before = block.score.get_weights()[1]
    drawn.fit(np.ones((8, 4)), np.ones((8, 2)), verbose=0)
    assert drawn.layers[1] is block
    assert not np.array_equal(block.score.get_weights()[1], before)


def test_a_step_of_its_own_that_a_run_does_not_take_is_told(tmp_path):
    keras.saving.register_keras_serializable("tests")(Stepping)
    model = Stepping(name="stepping")
    model(np.zeros((2, 4)))
    model.compile("sgd", "mse")
    drawn, document = draw(model)
    keeper = Keeper(tmp_path)
    keeper.adopt(drawn, document)
    data = {"class_name": "arrays", "config": {"x": "x", "y": "y"}}
    arrays = {"x": np.zeros((8, 4)), "y": np.zeros((8, 2))}
    notes = train(keeper, plan(document, data=data), arrays).notes
    assert [note for note in notes if "own train_step, which the editor does not use" in note]
    assert (
        unused_steps(keras.Sequential([keras.Input((4,)), keras.Sequential([keras.layers.Dense(1)])])) == []
    )


def test_the_document_builds_the_same_model(block):
    drawn, document = draw(block)
    rebuilt = build_model(document)
    rebuilt.set_weights(drawn.get_weights())
    data = np.random.default_rng(0).normal(size=(3, 4))
    assert np.allclose(rebuilt.predict(data, verbose=0), block.predict(data, verbose=0))


def test_named_and_listed_inputs_are_inputs_of_the_drawing():
    named, listed = Named(name="named"), Listed(name="listed")
    pair = np.zeros((5, 4)), np.zeros((5, 4))
    named(dict(zip(("left", "right"), pair, strict=True)))
    listed(list(pair))
    assert type(subclassed._inputs(listed)) is list  # JAX takes none that Keras tracks
    for model in named, listed:
        _, document = draw(model)
        analysis = analyze(document)
        assert analysis.nodes[model.name].error is None
        assert len(document["config"]["layers"]) == 3
        assert len(build_model(document).inputs) == 2
    assert [tensor.name for tensor in drawable(named).inputs] == ["left", "right"]


def test_a_class_that_is_functional_needs_no_call_and_keeps_its_inputs():
    _, document = draw(Whole(name="whole"))
    analysis = analyze(document)
    assert analysis.nodes["words"].dtypes == ["int32"]
    assert analysis.nodes["whole"].output_shapes == [(None, 7, 2)]


def test_a_model_is_summarised_alive_and_rebuilt_without_weights(block):
    drawn, document = draw(block)
    question = {"document": document, "layers": ["block"]}
    alive, rebuilt = (summary(question, live)["summary"] for live in (drawn, None))
    for text in alive, rebuilt:
        assert all(words in text for words in ("block", "hidden (Dense)", "score (Dense)", "23 (92.00 B)"))
        assert max(map(len, text.splitlines())) <= 72


def test_a_subclassed_model_inside_a_model_is_summarised_too(block):
    inner_input, outer_input = keras.Input((4,)), keras.Input((4,))
    inner = keras.Model(inner_input, block(inner_input), name="inner")
    document = json.loads(keras.Model(outer_input, inner(outer_input)).to_json())
    told = summary({"document": document, "layers": ["inner", "block"]}, None)["summary"]
    assert "hidden (Dense)" in told
    assert summary({"document": document, "layers": ["inner"]}, None) == {"summary": None}
    steps = keras.Input((5, 4))
    each = keras.layers.TimeDistributed(inner, name="each")
    document = json.loads(keras.Model(steps, each(steps)).to_json())
    assert "hidden (Dense)" in summary({"document": document, "layers": ["each", "block"]}, None)["summary"]


@pytest.mark.parametrize("layers", [None, [], ["missing"], ["block", "missing"]])
def test_a_summary_of_no_layer_is_refused(block, layers):
    with pytest.raises(RequestError):
        summary({"document": draw(block)[1], "layers": layers}, None)


def test_a_class_that_is_not_registered_is_a_node_that_says_how_to_register_it():
    model = Loose(name="loose")
    model(np.zeros((5, 4)))
    drawn, document = draw(model)
    assert "inner (Dense)" in summary({"document": document, "layers": ["loose"]}, drawn)["summary"]
    error = analyze(document).nodes["loose"].error
    assert error is not None
    assert "keras.saving.register_keras_serializable" in error.message


def test_a_model_that_was_never_called_is_refused_with_the_way_out():
    with pytest.raises(TypeError, match="Call the model once on data"):
        draw(Block())


def test_a_model_without_get_config_is_refused_with_the_way_out():
    model = Forgetful(3)
    model(np.zeros((5, 4)))
    with pytest.raises(TypeError, match="`get_config`"):
        draw(model)


def test_a_config_that_has_lost_arguments_is_never_another_model_in_silence():
    @keras.saving.register_keras_serializable("mine")
    class Lossy(keras.Model):
        def __init__(self, units=3, **named):
            super().__init__(**named)
            self.dense = keras.layers.Dense(units)

        def call(self, inputs):
            return self.dense(inputs)

    try:
        for units in (3, 4):
            model = Lossy(units=units)
            model(np.zeros((5, 4)))
            if units == 3:  # the default, which Keras notes
                assert draw(model)[0].count_params() == 15
            else:
                with pytest.raises(TypeError, match="does not return all arguments of its constructor"):
                    draw(model)
    finally:
        del keras.saving.get_custom_objects()["mine>Lossy"]


def test_what_is_no_model_is_refused():
    with pytest.raises(TypeError, match="received: int"):
        draw(3)
