"""What a user finds in their session after kerasviz has asked Keras something."""

import random
from concurrent.futures import ThreadPoolExecutor

import keras
from keras import layers

from kerasviz import analyze
from kerasviz.backend.isolation import aside, draw_from


def test_names_seeds_and_policy_are_as_the_user_left_them():
    keras.backend.clear_session()
    random.seed(7)
    expected = random.random()
    config = keras.saving.serialize_keras_object(
        keras.Sequential([layers.Input((4, 2)), layers.LSTM(3), layers.Dropout(0.5)])
    )
    keras.backend.clear_session()
    random.seed(7)
    keras.config.set_dtype_policy("mixed_float16")
    try:
        assert analyze(config).total_params == 72
        assert keras.config.dtype_policy().name == "mixed_float16"
    finally:
        keras.config.set_dtype_policy("float32")
    assert random.random() == expected
    assert layers.LSTM(3).name == "lstm"


def test_what_a_cell_draws_meanwhile_stays_drawn():
    random.seed(7)
    expected = [random.random(), random.random()]
    random.seed(7)
    drawn = []

    def ask_while_a_cell_draws():
        layers.Dropout(0.5)
        drawn.append(random.random())
        keras.initializers.GlorotUniform()

    aside(ask_while_a_cell_draws)
    assert [*drawn, random.random()] == expected
    keras.utils.set_random_seed(3)
    seed = keras.initializers.GlorotUniform().seed
    keras.utils.set_random_seed(3)
    assert keras.initializers.GlorotUniform().seed == seed


def test_a_seed_is_not_disturbed_by_what_other_threads_draw():
    def draw(meanwhile):
        with draw_from(7):
            first = keras.initializers.GlorotUniform().seed
            with ThreadPoolExecutor(1) as other:
                other.submit(meanwhile).result()
            return first, keras.initializers.GlorotUniform().seed

    undisturbed = draw(lambda: None)
    assert draw(keras.initializers.GlorotUniform) == undisturbed
    assert draw(lambda: keras.utils.set_random_seed(1)) == undisturbed
    keras.utils.set_random_seed(7)
    assert (keras.initializers.GlorotUniform().seed, keras.initializers.GlorotUniform().seed) == undisturbed
