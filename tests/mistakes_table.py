"""Mistakes that students make, by kind: the model, the layer to blame, and whether one click mends it."""

SPARSE, BINARY = "sparse_categorical_crossentropy", "binary_crossentropy"


def layer(class_name, name="it", **config):
    config = {"name": name, **config}
    return {"module": "keras.layers", "class_name": class_name, "config": config, "registered_name": None}


def image(*shape, dtype="float32"):
    return layer("InputLayer", "x", batch_shape=[None, *shape], dtype=dtype)


def dense(units=3, name="dense", **config):
    return layer("Dense", name, units=units, **config)


def conv(name="it", **config):
    return layer("Conv2D", name, **{"filters": 4, "kernel_size": 3, **config})


def chain(*stack, loss=None, data=None, **compile_config):
    config = {"name": "model", "layers": list(stack)}
    model = {"module": "keras", "class_name": "Sequential", "config": config, "registered_name": None}
    return _trained(model, loss, data, compile_config)


def graph(*stack, outputs=None, loss=None, data=None):
    """Each item is a layer and the names it takes; a list of them is one argument."""
    layers, used = [], set()
    for item, sources in stack:
        item = {**item, "name": item["config"]["name"]}
        args = [_tensors(source) for source in ([sources] if isinstance(sources, (list, str)) else sources)]
        used.update(name for s in sources for name in ([s] if isinstance(s, str) else s))
        item["inbound_nodes"] = [{"args": args, "kwargs": {}}] if sources else []
        layers.append(item)
    ends = [item["name"] for item in layers if item["name"] not in used]
    config = {
        "name": "model",
        "layers": layers,
        "input_layers": [[x["name"], 0, 0] for x in layers if x["class_name"] == "InputLayer"],
        "output_layers": [[name, 0, 0] for name in (outputs if outputs is not None else ends)],
    }
    functional = "keras.src.models.functional"
    model = {
        "module": functional,
        "class_name": "Functional",
        "config": config,
        "registered_name": "Functional",
    }
    return _trained(model, loss, data, {})


def _tensors(source):
    if isinstance(source, list):
        return [_tensors(item) for item in source]
    config = {"shape": [None], "dtype": "float32", "keras_history": [source, 0, 0]}
    return {"class_name": "__keras_tensor__", "config": config}


def _trained(model, loss, data, compile_config):
    if loss or compile_config:
        model["compile_config"] = {"optimizer": "adam", "loss": loss, **compile_config}
    if data:
        model["kerasviz"] = {"version": 1, "training": {"data": {"source": data}}}
    return model


def wrapped(class_name, inner):
    return layer(class_name, "it", layer=inner)


def shared():
    model = graph(
        (image(4), ()),
        (layer("InputLayer", "y", batch_shape=[None, 5]), ()),
        (dense(name="it"), ("x",)),
        (layer("Add", "sum"), ["it", "it"]),
    )
    layers = model["config"]["layers"]
    layers[2]["inbound_nodes"].append({"args": [_tensors("y")], "kwargs": {}})
    layers[3]["inbound_nodes"][0]["args"][0][1]["config"]["keras_history"] = ["it", 1, 0]
    return model


def duplicated():
    model = graph((image(4), ()), (dense(name="it"), ("x",)), (dense(name="other"), ("it",)))
    model["config"]["layers"][2]["config"]["name"] = model["config"]["layers"][2]["name"] = "it"
    model["config"]["output_layers"] = [["it", 0, 0]]
    return model


def from_logits(activation, loss="SparseCategoricalCrossentropy"):
    value = {
        "module": "keras.losses",
        "class_name": loss,
        "config": {"from_logits": True},
        "registered_name": None,
    }
    return chain(image(4), dense(3, "it", activation=activation), loss=value)


FLAT = layer("Flatten", "flatten")
GRADIENT = image(28, 28, 1)

# kind of mistake: (model, layer to blame, whether one click mends it)
TABLE = {
    # values
    "units missing": (chain(image(4), layer("Dense")), "it", True),
    "units negative": (chain(image(4), dense(-3, "it")), "it", True),
    "units zero": (chain(image(4), dense(0, "it")), "it", True),
    "units as text": (chain(image(4), dense("64", "it")), "it", True),
    "units a fraction": (chain(image(4), dense(64.5, "it")), "it", True),
    "units misspelt": (chain(image(4), layer("Dense", unit=10)), "it", True),
    "layer inside a wrapper missing": (chain(image(4, 3), layer("Bidirectional")), "it", False),
    "filters missing": (chain(GRADIENT, layer("Conv2D", kernel_size=3)), "it", True),
    "kernel size missing": (chain(GRADIENT, layer("Conv2D", filters=3)), "it", True),
    "kernel size zero": (chain(GRADIENT, conv(kernel_size=0)), "it", True),
    "kernel size of three numbers": (chain(GRADIENT, conv(kernel_size=[3, 3, 3])), "it", True),
    "strides zero": (chain(GRADIENT, conv(strides=0)), "it", True),
    "strides and dilation": (chain(GRADIENT, conv(strides=2, dilation_rate=2)), "it", True),
    "groups against filters": (chain(image(8, 8, 4), conv(filters=3, groups=2)), "it", True),
    "groups against channels": (chain(image(8, 8, 3), conv(groups=2)), "it", True),
    "normalization groups": (chain(image(8), layer("GroupNormalization", groups=3)), "it", True),
    "dropout of 50": (chain(image(4), layer("Dropout", rate=50)), "it", True),
    "dropout negative": (chain(image(4), layer("Dropout", rate=-0.5)), "it", True),
    "noise negative": (chain(image(4), layer("GaussianNoise", stddev=-0.1)), "it", True),
    "argument that does not exist": (chain(image(4), dense(3, "it", speed=9)), "it", True),
    "argument misspelt": (chain(image(4), dense(3, "it", activaton="relu")), "it", True),
    "activation misspelt": (chain(image(4), dense(3, "it", activation="rellu")), "it", True),
    "initializer misspelt": (chain(image(4), dense(3, "it", kernel_initializer="he_norml")), "it", True),
    "regularizer misspelt": (chain(image(4), dense(3, "it", kernel_regularizer="l3")), "it", True),
    "padding misspelt": (chain(GRADIENT, conv(padding="sane")), "it", True),
    "data format misspelt": (chain(GRADIENT, conv(data_format="channel_last")), "it", True),
    "dtype misspelt": (chain(image(4), dense(3, "it", dtype="flot32")), "it", True),
    "class misspelt": (chain(image(4), layer("Dens", units=3)), "it", True),
    "class from elsewhere": (chain(image(4), layer("SuperQuantumLayer")), "it", False),
    "input without shape": (chain(layer("InputLayer"), dense()), "it", False),
    "input of negative size": (chain(layer("InputLayer", batch_shape=[None, -4, 3]), FLAT), "it", True),
    "input shape a number": (chain(layer("InputLayer", shape=28), dense()), "it", True),
    "output padding": (
        chain(GRADIENT, layer("Conv2DTranspose", filters=2, kernel_size=3, strides=2, output_padding=2)),
        "it",
        True,
    ),
    "permutation from zero": (chain(image(8, 8), layer("Permute", dims=[1, 0])), "it", True),
    "two open sizes in reshape": (chain(image(12), layer("Reshape", target_shape=[-1, -1])), "it", True),
    "embedding of no words": (
        chain(image(7, dtype="int32"), layer("Embedding", input_dim=0, output_dim=4)),
        "it",
        True,
    ),
    # shapes
    "conv after flatten": (chain(GRADIENT, FLAT, conv()), "it", True),
    "conv after global pooling": (chain(GRADIENT, layer("GlobalMaxPooling2D", "pool"), conv()), "it", True),
    "conv after dense": (chain(image(784), dense(64), conv()), "it", True),
    "conv without channels": (chain(image(28, 28), conv()), "it", True),
    "conv 2D on a volume": (chain(image(8, 8, 8, 1), conv()), "it", True),
    "conv 3D on an image": (chain(GRADIENT, layer("Conv3D", filters=3, kernel_size=3)), "it", True),
    "conv 1D on an image": (chain(GRADIENT, layer("Conv1D", filters=3, kernel_size=3)), "it", True),
    "conv 1D on a vector": (chain(image(8), layer("Conv1D", filters=3, kernel_size=3)), "it", True),
    "pooling on a vector": (chain(image(16), layer("MaxPooling2D")), "it", True),
    "lstm on a vector": (chain(image(8), layer("LSTM", units=3)), "it", True),
    "lstm on an image": (chain(GRADIENT, layer("LSTM", units=3)), "it", True),
    "lstm after lstm": (
        chain(image(8, 2), layer("LSTM", "lstm", units=3), layer("LSTM", units=3)),
        "it",
        True,
    ),
    "bidirectional on a vector": (
        chain(image(8), wrapped("Bidirectional", layer("GRU", "gru", units=3))),
        "it",
        True,
    ),
    "time distributed on a vector": (chain(image(8), wrapped("TimeDistributed", dense())), "it", True),
    "repeat of a sequence": (chain(image(8, 2), layer("RepeatVector", n=3)), "it", True),
    "permutation of too many": (chain(image(8, 4), layer("Permute", dims=[1, 2, 3])), "it", True),
    "kernel larger than the image": (chain(image(8, 8, 1), conv(kernel_size=9)), "it", True),
    "pool larger than the image": (chain(image(8, 8, 1), layer("MaxPooling2D", pool_size=9)), "it", True),
    "one pooling too many": (
        chain(image(6, 6, 1), *[layer("MaxPooling2D", f"p{i}") for i in range(2)], layer("MaxPooling2D")),
        "it",
        True,
    ),
    "dilation larger than the image": (
        chain(image(8, 8, 1), conv(kernel_size=5, dilation_rate=4)),
        "it",
        True,
    ),
    "strides larger than the image": (chain(image(8, 8, 1), conv(strides=9), FLAT), "it", True),
    "crop larger than the image": (chain(image(8, 8, 1), layer("Cropping2D", cropping=5)), "it", True),
    "dense on an open size": (chain(image(None, None, 3), FLAT, dense(name="it")), "it", True),
    "reshape to another size": (chain(image(12), layer("Reshape", target_shape=[5, 4])), "it", True),
    "axis of normalization": (chain(image(8), layer("BatchNormalization", axis=4)), "it", True),
    "einsum that does not fit": (
        chain(image(8), layer("EinsumDense", equation="abc,cd->abd", output_shape=[3])),
        "it",
        False,
    ),
    "shared layer on other sizes": (shared(), "it", True),
    # several tensors
    "add of other widths": (
        graph((image(8), ()), (dense(), ("x",)), (layer("Add"), ["x", "dense"])),
        "it",
        True,
    ),
    "add of other images": (
        graph((image(8, 8, 3), ()), (conv("conv"), ("x",)), (layer("Add"), ["x", "conv"])),
        "it",
        True,
    ),
    "add after normalization": (
        graph(
            (image(8, 8, 3), ()),
            (conv("conv", padding="same"), ("x",)),
            (layer("BatchNormalization", "bn"), ("conv",)),
            (layer("Add"), ["x", "bn"]),
        ),
        "it",
        True,
    ),
    "concatenation of other images": (
        graph((image(8, 8, 3), ()), (conv("conv"), ("x",)), (layer("Concatenate"), ["x", "conv"])),
        "it",
        True,
    ),
    "concatenation along another axis": (
        graph((image(8), ()), (dense(), ("x",)), (layer("Concatenate", axis=0), ["x", "dense"])),
        "it",
        True,
    ),
    "concatenation of image and vector": (
        graph((image(8, 8, 3), ()), (FLAT, ("x",)), (layer("Concatenate"), ["x", "flatten"])),
        "it",
        True,
    ),
    "concatenation along no axis": (
        graph((image(8), ()), (dense(), ("x",)), (layer("Concatenate", axis=5), ["x", "dense"])),
        "it",
        True,
    ),
    "dot of other widths": (
        graph((image(8), ()), (dense(), ("x",)), (layer("Dot", axes=1), ["x", "dense"])),
        "it",
        True,
    ),
    "subtraction of three": (
        graph((image(8), ()), (dense(8), ("x",)), (layer("Subtract"), ["x", "dense", "x"])),
        "it",
        True,
    ),
    "attention without value": (
        graph((image(8, 4), ()), (layer("MultiHeadAttention", num_heads=2, key_dim=3), ("x",))),
        "it",
        True,
    ),
    "attention on one tensor": (graph((image(8, 4), ()), (layer("Attention"), ("x",))), "it", True),
    # graph
    "input from nowhere": (graph((image(8), ()), (dense(name="it"), ("xx",)), outputs=["it"]), "it", True),
    "circle": (
        graph((image(8), ()), (layer("Add"), ["x", "dense"]), (dense(8), ("it",)), outputs=["dense"]),
        "it",
        True,
    ),
    "layer without connection": (
        graph((image(8), ()), (dense(), ("x",)), (dense(2, "it"), ()), outputs=["dense", "it"]),
        "it",
        True,
    ),
    "input that is not used": (
        graph(
            (image(8), ()),
            (layer("InputLayer", batch_shape=[None, 3]), ()),
            (dense(), ("x",)),
            outputs=["dense"],
        ),
        "it",
        True,
    ),
    "name taken twice": (duplicated(), "it", True),
    "sequential without input": (chain(dense(name="it"), dense(2)), "it", False),
    "sequential without input, with data": (chain(dense(name="it"), data="iris"), "it", True),
    "model without layers": (chain(), None, False),
    "output that does not exist": (graph((image(8), ()), (dense(), ("x",)), outputs=["ghost"]), None, True),
    "model without output": (graph((image(8), ()), (dense(), ("x",)), outputs=[]), None, True),
    # flow and training
    "embedding of fractions": (chain(image(7), layer("Embedding", input_dim=9, output_dim=4)), "it", True),
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
    "optimizer misspelt": (chain(image(4), dense(1), loss="mse", optimizer="addam"), None, True),
    "metric misspelt": (chain(image(4), dense(1), loss="mse", metrics=["mean_absolut_error"]), None, True),
}
