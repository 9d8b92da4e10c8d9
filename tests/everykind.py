"""Models of every kind that Keras can express, and random ones."""

from typing import Any

import keras
from hypothesis import strategies as st
from keras import layers


def branches() -> keras.Model:
    """A shared layer, and inputs and outputs by name."""
    a, b = keras.Input((4,), name="a"), keras.Input((4,), name="b")
    shared = layers.Dense(3, name="shared")
    merged = layers.Concatenate(name="merged")([shared(a), shared(b)])
    return keras.Model(
        {"a": a, "b": b}, {"sum": layers.Dense(1, name="sum")(merged), "raw": merged}, name="two"
    )


def nested() -> keras.Model:
    """Models inside a model."""
    encoder = keras.Sequential([keras.Input((6,)), layers.Dense(3)], name="encoder")
    inner = keras.Input((3,), name="code")
    decoder = keras.Model(inner, [layers.Dense(6)(inner)], name="decoder")
    inputs = keras.Input((6,))
    outputs = decoder(encoder(inputs))[0]
    return keras.Model(inputs, layers.Add()([outputs, inputs]), name="autoencoder")


def twins() -> keras.Model:
    """A model with two inputs and two outputs, by name, inside one inside another, called twice."""
    a, b = keras.Input((3,), name="a"), keras.Input((3,), name="b")
    mixed = {"sum": layers.Add()([a, b]), "first": layers.Dense(3)(a)}
    inner = keras.Model({"a": a, "b": b}, mixed, name="inner")
    x = keras.Input((3,), name="x")
    once = inner({"a": x, "b": layers.Dense(3)(x)})
    middle = keras.Model(x, [once["first"], once["sum"]], name="middle")
    left, right = keras.Input((3,), name="left"), keras.Input((3,), name="right")
    outputs = [*middle(left), middle(right)[1]]
    return keras.Model((left, right), outputs, name="twins")


def recurrent() -> keras.Model:
    """Masks, states, wrappers and cells."""
    words = keras.Input((None,), dtype="int32", name="words")
    x = layers.Embedding(100, 8, mask_zero=True)(words)
    x = layers.Bidirectional(layers.LSTM(4, return_sequences=True), merge_mode="sum")(x)
    x, hidden, cell = layers.LSTM(4, return_sequences=True, return_state=True)(x)
    x = layers.RNN([layers.GRUCell(3), layers.LSTMCell(2)], return_sequences=True)(x)
    x = layers.TimeDistributed(keras.Sequential([layers.Dense(2)], name="head"))(x)
    y = layers.GRU(4)(layers.RepeatVector(3)(hidden), initial_state=[cell])
    return keras.Model(words, [x, y], name="recurrent")


def operations() -> keras.Model:
    """Operators and functions of `keras.ops`."""
    inputs = keras.Input((6, 4))
    x = keras.ops.sin(inputs)[:, ::2, ..., 1:] + 1.5
    x = keras.ops.transpose(x, (0, 2, 1)) * keras.ops.cast(keras.ops.shape(inputs)[1], "float32")
    values, _ = keras.ops.top_k(x, k=2)
    return keras.Model(inputs, keras.ops.concatenate([values, values], axis=-1), name="operations")


def numbers() -> keras.Model:
    """Whole numbers that are floats: without the point, bytes would be calculated in bytes."""
    image = keras.Input((2, 2, 1), dtype="uint8", name="image")
    x = (image - 127.0) / 1e16 * 1e16
    return keras.Model(image, [x, keras.ops.maximum(image, 3), image * 2 + 1], name="numbers")


def attention() -> keras.Model:
    """Keyword arguments, and several results of a call."""
    query, value = keras.Input((5, 8), name="query"), keras.Input((7, 8), name="value")
    x, scores = layers.MultiHeadAttention(2, 4)(query, value, return_attention_scores=True)
    x = layers.LayerNormalization(epsilon=1e-6)(x)
    x = layers.Dropout(0.1)(x, training=False)
    x = layers.Attention(use_scale=True)([x, value])
    return keras.Model([query, value], [x, scores], name="attention")


def keywords() -> keras.Model:
    """Tensors as keyword arguments, masks among them."""
    query, value = keras.Input((5, 8), name="query"), keras.Input((7, 8), name="value")
    padding = keras.Input((5,), dtype="bool", name="padding")
    x = layers.MultiHeadAttention(2, 4)(query, value=value, key=value, query_mask=padding)
    x = layers.LSTM(3, return_sequences=True)(x, mask=padding)
    x = layers.Masking()(x)
    pooled = layers.GlobalAveragePooling1D()(x)
    return keras.Model([query, value, padding], [x, pooled], name="keywords")


def arguments() -> keras.Model:
    """Arguments of every kind."""
    return keras.Sequential(
        [
            keras.Input((32, 32, 3), batch_size=4, dtype="uint8"),
            layers.Rescaling(1 / 255),
            layers.RandomFlip("horizontal", seed=3),
            layers.Conv2D(8, (3, 5), strides=2, dtype="mixed_float16", trainable=False),
            layers.BatchNormalization(momentum=0.9, gamma_initializer=keras.initializers.Constant(0.5)),
            layers.SpectralNormalization(layers.Conv2D(4, 1, kernel_constraint=keras.constraints.MaxNorm(3))),
            layers.Conv2D(4, 1, kernel_initializer=keras.initializers.RandomNormal(stddev=0.02, seed=1)),
            layers.Conv2D(4, 1, kernel_regularizer=keras.regularizers.L1L2(1e-4, 1e-3), name='it\'s "x"\n#'),
            layers.ZeroPadding2D(((0, 1), (2, 0))),
            layers.Activation(keras.activations.gelu),
            layers.ELU(0.5),
            layers.GlobalAveragePooling2D(keepdims=True),
            layers.Reshape((-1, 2)),
            layers.Normalization(mean=[1.0, 2.0], variance=[1.0, 4.0]),
        ],
        name="arguments",
    )


def stateful() -> keras.Model:
    """A layer that keeps its state between batches."""
    inputs = keras.Input((5, 3), batch_size=2)
    return keras.Model(inputs, layers.GRU(4, stateful=True)(inputs), name="stateful")


MODELS = [
    stateful,
    branches,
    nested,
    twins,
    recurrent,
    operations,
    numbers,
    attention,
    keywords,
    arguments,
]


def _unary() -> st.SearchStrategy[Any]:
    """Makers of layers and operations that keep the shape (None, 3)."""
    makers = [
        lambda: layers.Dense(3),
        lambda: layers.Dense(3, activation="tanh", use_bias=False, kernel_regularizer="l2"),
        lambda: layers.Dropout(0.25),
        lambda: layers.BatchNormalization(),
        lambda: layers.LayerNormalization(epsilon=1e-6),
        lambda: layers.Activation("relu"),
        lambda: layers.Dense(3, trainable=False, dtype="mixed_float16"),
        lambda: keras.Sequential([layers.Dense(2), layers.Dense(3)]),
        _pair,
        _masked,
        lambda: keras.ops.sin,
        lambda: lambda x: x * 2.0,
        lambda: lambda x: x[:, ::-1],
    ]
    return st.sampled_from(makers)


def _pair() -> Any:
    """A model with two results, of which both are used."""
    inputs = keras.Input((3,))
    model = keras.Model(inputs, [layers.Dense(3)(inputs), inputs * 2.0])
    return lambda x: layers.Add()(model(x))


def _masked() -> Any:
    """A mask, and a state of one layer that another begins with."""
    first, second = layers.LSTM(2, return_sequences=True, return_state=True), layers.LSTM(3)
    widen = layers.Dense(3)

    def call(x: Any) -> Any:
        x, hidden, _ = first(layers.Masking()(layers.Reshape((3, 1))(x)))
        return second(x, initial_state=[widen(hidden), widen(hidden)])

    return call


def _merges() -> st.SearchStrategy[Any]:
    return st.sampled_from(
        [
            lambda a, b: layers.Add()([a, b]),
            lambda a, b: layers.Dense(3)(layers.Concatenate()([a, b])),
            lambda a, b: layers.Attention()([layers.Reshape((1, 3))(a), layers.Reshape((1, 3))(b)])[:, 0],
            lambda a, b: keras.ops.maximum(a, b),
            lambda a, b: a - b,
        ]
    )


@st.composite
def random_models(draw: st.DrawFn) -> keras.Model:
    """Functional models with shared layers, models inside, operators, masks, several inputs and outputs."""
    tensors = [keras.Input((3,)) for _ in range(draw(st.integers(1, 2)))]
    inputs = list(tensors)
    made: list[Any] = []
    index = st.integers(0, 100)
    for _ in range(draw(st.integers(1, 8))):
        one = tensors[draw(index) % len(tensors)]
        other = tensors[draw(index) % len(tensors)]
        step = draw(st.sampled_from(["new", "new", "shared", "merge"]))
        if step == "merge":
            tensors.append(draw(_merges())(one, other))
        elif step == "shared" and made:
            tensors.append(made[draw(index) % len(made)](one))
        else:
            made.append(draw(_unary())())
            tensors.append(made[-1](one))
    outputs = [tensors[-1], *(tensors[draw(index) % len(tensors)] for _ in range(draw(st.integers(0, 2))))]
    structure = draw(st.sampled_from([list, tuple, lambda some: {f"o{i}": t for i, t in enumerate(some)}]))
    return keras.Model(inputs, outputs[0] if len(outputs) == 1 else structure(outputs), name="random")
