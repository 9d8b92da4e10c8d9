"""Words: embeddings, recurrent and attentive readers, pairs, characters, and numbers of words."""

from __future__ import annotations

import keras
import numpy as np
from keras import Sequential, layers
from keras.layers import Dense, Dropout, Embedding

from benchmarks.hints.programs.program import Made, drawn, program
from benchmarks.hints.programs.samples import reviews


@program(
    relu_in_the_end="output-does-not-fit-loss",
    two_softmax_units_for_one="output-does-not-fit-loss",
    far_too_slow="learning-rate-too-low",
    others="not-learning",
    embedding_frozen="nothing-trainable @words",
    same_reviews_again="validation-leak",
)
def film_reviews(fault: str) -> Made:
    x, y, words = reviews()
    model = Sequential([keras.Input((30,), dtype="int32"), Embedding(words, 16, name="words")])
    model.add(layers.GlobalAveragePooling1D())
    model.add(Dense(16, "relu"))
    last = {"relu in the end": "relu", "two softmax units for one": "softmax"}.get(fault, "sigmoid")
    model.add(Dense(1, last))
    if fault == "embedding frozen":
        model.layers[0].trainable = False
    rate = 1e-6 if fault == "far too slow" else 0.01
    model.compile(keras.optimizers.Adam(rate), "binary_crossentropy", metrics=["accuracy"])
    if fault == "others":
        y = drawn(81).permutation(y)
    if fault == "same reviews again":
        order = np.r_[np.arange(1200), drawn(82).integers(0, 1200, 1200)]
        return Made(model, x[order], y[order], fit={"epochs": 8})
    return Made(model, x, y, fit={"epochs": 8})


@program()
def masked_reader(fault: str) -> Made:
    x, y, words = reviews(1000, seed=31)
    model = Sequential([keras.Input((30,), dtype="int32"), Embedding(words, 16, mask_zero=True)])
    model.add(layers.Bidirectional(layers.LSTM(16)))
    model.add(Dropout(0.3))
    model.add(Dense(1, "sigmoid"))
    model.compile(keras.optimizers.Adam(0.005), "binary_crossentropy", metrics=["accuracy"])
    return Made(model, x, y, fit={"epochs": 4})


@program()
def convolved_reader(fault: str) -> Made:
    x, y, words = reviews(1000, seed=32)
    model = Sequential([keras.Input((30,), dtype="int32"), Embedding(words, 24), Dropout(0.5)])
    model.add(layers.Conv1D(32, 5, padding="valid", activation="relu"))
    model.add(layers.GlobalMaxPooling1D())
    model.add(Dense(32, "relu"))
    model.add(Dropout(0.5))
    model.add(Dense(1, "sigmoid"))
    model.compile(keras.optimizers.Adam(0.003), "binary_crossentropy", metrics=["accuracy"])
    return Made(model, x, y, fit={"epochs": 8})


@program()
def small_transformer(fault: str) -> Made:
    x, y, words = reviews(1000, seed=33)
    inputs = keras.Input((30,), dtype="int32")
    found = Embedding(words, 16)(inputs)
    said = layers.MultiHeadAttention(2, 8, dropout=0.1)(found, found)
    found = layers.LayerNormalization()(found + said)
    said = Dense(16)(Dense(32, "relu")(found))
    found = layers.LayerNormalization()(found + Dropout(0.1)(said))
    found = Dense(20, "relu")(Dropout(0.1)(layers.GlobalAveragePooling1D()(found)))
    model = keras.Model(inputs, Dense(2, "softmax")(Dropout(0.1)(found)))
    model.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
    return Made(model, x, y, fit={"epochs": 4})


@program(as_numbers="inputs-not-scaled")
def bag_of_words(fault: str) -> Made:
    x, y, words = reviews(1000, seed=34)
    bags = np.stack([np.bincount(row, minlength=words) for row in x])[:, 1:].astype("float32")
    bags = bags * 200 if fault == "as numbers" else (bags > 0).astype("float32")
    model = Sequential([keras.Input((words - 1,)), Dense(16, "relu"), Dense(16, "relu"), Dense(1, "sigmoid")])
    model.compile("rmsprop", "binary_crossentropy", metrics=["accuracy"])
    return Made(model, bags, y, fit={"epochs": 12, "batch_size": 64})


@program()
def next_letter(fault: str) -> Made:
    """Letters of a text: what comes next can be told in part only."""
    text = " ".join(
        f"{who} {does} the {which} {what} {where} ."
        for who in ("anna", "the old man", "a child", "nobody", "our teacher")
        for does in ("saw", "found", "painted", "forgot")
        for which in ("red", "small", "broken")
        for what, where in (("boat", "by the lake"), ("door", "last night"), ("clock", "in the hall"))
    )
    names = sorted(set(text))
    codes = np.array([names.index(letter) for letter in text])
    cut = np.lib.stride_tricks.sliding_window_view(codes, 13)[::2]
    model = Sequential([keras.Input((12,), dtype="int32"), Embedding(len(names), 12), layers.GRU(32)])
    model.add(Dense(len(names)))
    scores = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    model.compile(keras.optimizers.Adam(0.005), scores, metrics=["accuracy"])
    return Made(model, cut[:, :-1].astype("int32"), cut[:, -1], fit={"epochs": 5, "batch_size": 64})


@program()
def ratings_of_films(fault: str) -> Made:
    """Who likes what, by the product of two embeddings."""
    draw = drawn(83)
    people, films = draw.normal(size=(60, 3)), draw.normal(size=(80, 3))
    who, what = draw.integers(0, 60, 4000), draw.integers(0, 80, 4000)
    liked = (people[who] * films[what]).sum(1) + draw.normal(0, 0.3, 4000)
    y = np.clip((liked + 3) / 6, 0, 1).astype("float32")
    left, right = keras.Input((1,), dtype="int32"), keras.Input((1,), dtype="int32")
    both = [layers.Flatten()(Embedding(60, 8)(left)), layers.Flatten()(Embedding(80, 8)(right))]
    model = keras.Model([left, right], layers.Activation("sigmoid")(layers.Dot(1)(both)))
    model.compile(keras.optimizers.Adam(0.01), "binary_crossentropy")
    return Made(
        model, [who[:, None].astype("int32"), what[:, None].astype("int32")], y, "other", {"epochs": 12}
    )


@program()
def same_author(fault: str) -> Made:
    """Two texts through one reader, and the distance of what it makes of them."""
    x, y, words = reviews(1600, seed=35)
    same = (y[:800] == y[800:]) * 1
    reader = Sequential(
        [keras.Input((30,), dtype="int32"), Embedding(words, 16), layers.GlobalAveragePooling1D()]
    )
    reader.add(Dense(8, "tanh"))
    left, right = keras.Input((30,), dtype="int32"), keras.Input((30,), dtype="int32")
    apart = layers.multiply([reader(left), reader(right)])
    model = keras.Model([left, right], Dense(1, "sigmoid")(apart))
    model.compile(keras.optimizers.Adam(0.02), "binary_crossentropy", metrics=["accuracy"])
    return Made(model, [x[:800], x[800:]], same, "other", {"epochs": 15})


@program(sound=False, eighty_reviews="overfitting")
def learned_words(fault: str) -> Made:
    x, y, words = reviews(240, seed=36)
    y = y.copy()
    wrong = drawn(84).random(240) < 0.25
    y[wrong] = 1 - y[wrong]
    model = Sequential(
        [keras.Input((30,), dtype="int32"), Embedding(words, 64), layers.Flatten(), Dense(128, "relu")]
    )
    model.add(Dense(1, "sigmoid"))
    model.compile("adam", "binary_crossentropy", metrics=["accuracy"])
    return Made(model, x, y, fit={"epochs": 50 if fault else 3, "validation": 0.6, "batch_size": 8})
