"""Models of many kinds, as people export them."""

from collections.abc import Callable

import keras
import numpy as np
from keras import layers


def mlp() -> keras.Model:
    return keras.Sequential(
        [
            keras.Input((4,)),
            layers.Dense(8, activation="relu"),
            layers.BatchNormalization(),
            layers.Dropout(0.5),
            layers.Dense(3, activation="softmax"),
        ]
    )


def augmented_convolution() -> keras.Model:
    return keras.Sequential(
        [
            keras.Input((12, 12, 3)),
            layers.RandomFlip(),
            layers.RandomRotation(0.5),
            layers.Rescaling(1 / 255),
            layers.Conv2D(4, 3, strides=2, activation="relu"),
            layers.GlobalAveragePooling2D(),
            layers.Dense(3),
        ]
    )


def masked_lstm() -> keras.Model:
    return keras.Sequential(
        [keras.Input((None,)), layers.Embedding(50, 8, mask_zero=True), layers.LSTM(6), layers.Dense(3)]
    )


def bidirectional() -> keras.Model:
    return keras.Sequential([keras.Input((7, 3)), layers.Bidirectional(layers.GRU(4)), layers.Dense(3)])


def by_names() -> keras.Model:
    a, b = keras.Input((3,), name="a"), keras.Input((5,), name="b")
    x = layers.Concatenate()([a, b])
    outputs = {"z": layers.Dense(2, name="z")(x), "y": layers.Dense(2, name="y")(x)}
    return keras.Model({"b": b, "a": a}, outputs)


def in_lists() -> keras.Model:
    a, b = keras.Input((3,), name="my input"), keras.Input((3,), name="another.one")
    x = layers.Subtract()([a, layers.Dense(3)(b)])
    return keras.Model([b, a], [layers.Dense(2, name="z")(x), layers.Dense(2, name="y")(x)])


def nested_and_shared() -> keras.Model:
    inner = keras.Sequential([keras.Input((4,)), layers.Dense(3)])
    shared, inputs = layers.Dense(2), keras.Input((4,))
    return keras.Model(inputs, layers.Add()([shared(inner(inputs)), shared(inner(inputs * 2))]))


def attention() -> keras.Model:
    tokens = keras.Input((6,), dtype="int32")
    x = layers.Embedding(20, 8)(tokens)
    x = layers.LayerNormalization()(x + layers.MultiHeadAttention(2, 4)(x, x))
    x = layers.Dense(8, activation="gelu")(x)
    return keras.Model(tokens, layers.GlobalAveragePooling1D()(x))


def normalized() -> keras.Model:
    normalization = layers.Normalization()
    normalization.adapt(np.random.default_rng(0).uniform(5, 9, (50, 4)))
    return keras.Sequential([keras.Input((4,)), normalization, layers.Dense(2)])


def mixed_precision() -> keras.Model:
    half = "mixed_float16"
    return keras.Sequential(
        [
            keras.Input((8, 8, 1)),
            layers.Conv2D(4, 3, activation="relu", dtype=half),
            layers.Flatten(dtype=half),
            layers.Dense(3, dtype="float32"),
        ]
    )


def lookup_inside() -> keras.Model:
    """Of which nothing at the input says that it takes small whole numbers alone."""
    encoder = keras.Sequential([keras.Input((5,)), layers.Embedding(9, 4), layers.Flatten()])
    inputs = keras.Input((5,))
    return keras.Model(inputs, layers.Dense(2)(encoder(inputs)))


class Subclassed(keras.Model):
    def __init__(self) -> None:
        super().__init__()
        self.hidden, self.dropout = layers.Dense(3), layers.Dropout(0.3)

    def call(self, inputs, training=False):
        return self.dropout(self.hidden(inputs), training=training)


def subclassed() -> keras.Model:
    model = Subclassed()
    model(np.zeros((2, 4), "float32"))
    return model


def vectorized_text() -> keras.Model:
    vectorize = layers.TextVectorization(output_sequence_length=5)
    vectorize.adapt(["a red fox", "runs over hills"])
    return keras.Sequential(
        [
            keras.Input((), dtype="string"),
            vectorize,
            layers.Embedding(20, 4),
            layers.GlobalAveragePooling1D(),
        ]
    )


KINDS: dict[str, Callable[[], keras.Model]] = {
    each.__name__: each
    for each in (
        augmented_convolution,
        by_names,
        masked_lstm,
        mlp,
        attention,
        in_lists,
        nested_and_shared,
        bidirectional,
        normalized,
        mixed_precision,
        lookup_inside,
        subclassed,
    )
}
