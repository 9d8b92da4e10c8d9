"""Mistakes that Keras lets pass, and those in what the model is trained for."""

from mistakes_models import BINARY, FLAT, SPARSE, chain, conv, dense, from_logits, image, layer, net, source


def keras_object(module, class_name, **config):
    return {"module": module, "class_name": class_name, "config": config, "registered_name": None}


def adam(**config):
    return chain(image(4), dense(1), loss="mse", optimizer=keras_object("keras.optimizers", "Adam", **config))


def two_heads(loss, activation="linear"):
    return net(
        source("x", 4),
        ("a", "Dense", "x", {"units": 1}),
        ("b", "Dense", "x", {"units": 3, "activation": activation}),
        outputs=["a", "b"],
        loss=loss,
    )


TRAINING = {
    "embedding of fractions": (
        chain(image(7), dense(7), layer("Embedding", input_dim=9, output_dim=4)),
        "it",
        False,
    ),
    "embedding of half floats": (
        chain(image(7, dtype="float16"), layer("Embedding", input_dim=9, output_dim=4)),
        "it",
        True,
    ),
    "mask into conv": (
        chain(
            image(7, dtype="int32"),
            layer("Embedding", "embedding", input_dim=9, output_dim=4, mask_zero=True),
            layer("Conv1D", filters=3, kernel_size=2),
        ),
        "it",
        True,
    ),
    "text into dense": (chain(image(4, dtype="string"), dense(name="it")), "it", False),
    "units against classes": (
        chain(image(8, 8, 1), FLAT, dense(5, "it", activation="softmax"), loss=SPARSE, data="digits"),
        "it",
        True,
    ),
    "no flatten before dense": (
        chain(
            image(8, 8, 1), conv("conv"), dense(10, "it", activation="softmax"), loss=SPARSE, data="digits"
        ),
        "it",
        True,
    ),
    "softmax with from_logits": (from_logits("softmax"), "it", True),
    "sigmoid with from_logits": (from_logits("sigmoid", "BinaryCrossentropy"), "it", True),
    "no softmax": (chain(image(4), dense(3, "it"), loss=SPARSE), "it", True),
    "relu at the end": (chain(image(4), dense(3, "it", activation="relu"), loss=SPARSE), "it", True),
    "no sigmoid": (chain(image(4), dense(1, "it"), loss=BINARY), "it", True),
    "softmax of one": (chain(image(4), dense(1, "it", activation="softmax"), loss=BINARY), "it", True),
    "loss for two classes": (
        chain(image(4), dense(1, "it", activation="sigmoid"), loss=BINARY, data="iris"),
        "it",
        True,
    ),
    "loss for classes on a regression": (
        chain(image(10), dense(3, "it", activation="softmax"), loss=SPARSE, data="diabetes"),
        "it",
        True,
    ),
    "input of other data": (
        chain(
            layer("InputLayer", batch_shape=[None, 5]),
            dense(3, activation="softmax"),
            loss=SPARSE,
            data="iris",
        ),
        "it",
        True,
    ),
    "loss misspelt": (chain(image(4), dense(1), loss="mean_square_error"), None, True),
    "loss of an old name": (chain(image(4), dense(1), loss="logcosh"), None, True),
    "optimizer of tf.train": (
        chain(image(4), dense(1), loss="mse", optimizer=keras_object("keras.optimizers", "AdamOptimizer")),
        None,
        True,
    ),
    "optimizer with lr": (adam(lr=0.01), None, True),
    "optimizer with decay": (adam(decay=0.01), None, True),
    "learning rate as text": (
        chain(
            image(4),
            dense(1),
            loss="mse",
            optimizer=keras_object("keras.optimizers", "Adam", learning_rate="0.01"),
        ),
        None,
        True,
    ),
    "learning rate of 0": (
        chain(
            image(4),
            dense(1),
            loss="mse",
            optimizer=keras_object("keras.optimizers", "Adam", learning_rate=0),
        ),
        None,
        True,
    ),
    "loss with an argument that it lacks": (
        chain(image(4), dense(1), loss=keras_object("keras.losses", "Huber", delt=2.0)),
        None,
        True,
    ),
    "optimizer misspelt": (chain(image(4), dense(1), loss="mse", optimizer="addam"), None, True),
    "metric misspelt": (chain(image(4), dense(1), loss="mse", metrics=["mean_absolut_error"]), None, True),
    # held out, found by writing the mistakes before looking at the rules
    "digits as rows of 784": (
        net(
            source("x", 784),
            ("d", "Dense", "x", {"units": 10, "activation": "softmax"}),
            loss=SPARSE,
            data="digits",
        ),
        "x",
        True,
    ),
    "sigmoid for ten classes": (
        chain(image(64), dense(10, "it", activation="sigmoid"), loss=SPARSE, data="digits"),
        "it",
        True,
    ),
    "one sigmoid for a loss of classes": (
        chain(image(4), dense(1, "it", activation="sigmoid"), loss=SPARSE),
        "it",
        True,
    ),
    "one sigmoid for three classes": (
        chain(image(4), dense(1, "it", activation="sigmoid"), loss=SPARSE, data="iris"),
        "it",
        True,
    ),
    "softmax of one for a number": (
        chain(image(10), dense(1, "it", activation="softmax"), loss="mse", data="diabetes"),
        "it",
        True,
    ),
    "sigmoid for a number": (
        chain(image(10), dense(1, "it", activation="sigmoid"), loss="mse", data="diabetes"),
        "it",
        True,
    ),
    "two units for one number": (chain(image(10), dense(2, "it"), loss="mse", data="diabetes"), "it", True),
    "mean squared error of classes": (
        chain(image(64), dense(10, "it", activation="softmax"), loss="mse", data="digits"),
        "it",
        True,
    ),
    "whole sequences where one class is right": (
        chain(
            image(8, 8),
            layer("LSTM", "lstm", units=8, return_sequences=True),
            dense(10, "it", activation="softmax"),
            loss=SPARSE,
            data="digits",
        ),
        "it",
        True,
    ),
    "second of two outputs without softmax": (two_heads(["mse", SPARSE]), "b", True),
    "loss of an output that does not exist": (two_heads({"a": "mse", "c": SPARSE}, "softmax"), None, True),
    "loss in a list misspelt": (two_heads(["mse", "sparse_crossentropy"], "softmax"), None, True),
    "class of optimizer misspelt": (
        chain(
            image(4),
            dense(1),
            loss="mse",
            optimizer=keras_object("keras.optimizers", "Adamm", learning_rate=0.1),
        ),
        None,
        True,
    ),
    "Softmax layer with from_logits": (
        chain(
            image(4),
            dense(3),
            layer("Softmax"),
            loss=keras_object("keras.losses", "SparseCategoricalCrossentropy", from_logits=True),
        ),
        "it",
        True,
    ),
}
