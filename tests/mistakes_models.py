"""Small models with mistakes in them, as the editor writes them."""

import json

import keras
from keras import layers

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
        model["kerasviz"] = {"version": 1, "training": {"data": {"class_name": data, "config": {}}}}
    return model


def net(*nodes, outputs=None, loss=None, data=None):
    """Each node is a name, a class, the names it takes, and its arguments."""
    stack = [
        (layer(class_name, name, **config), (sources,) if isinstance(sources, str) else sources)
        for name, class_name, sources, config in nodes
    ]
    return graph(*stack, outputs=outputs, loss=loss, data=data)


def source(name, *shape, dtype="float32"):
    return name, "InputLayer", (), {"batch_shape": [None, *shape], "dtype": dtype}


def deep(model, *names):
    """The config of a layer of a model, or of a model inside it."""
    for name in names:
        model = next(x for x in model["config"]["layers"] if x["config"]["name"] == name)
    return model["config"]


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


def unet(size=96, **changes):
    image = h = keras.Input((size, size, 3), name="image")
    skips = []
    for i in range(3):
        h = layers.Conv2D(8, 3, padding="same", name=f"enc{i}")(h)
        skips.append(h)
        h = layers.MaxPooling2D(name=f"down{i}")(h)
    for i in (2, 1, 0):
        h = layers.UpSampling2D(name=f"up{i}")(h)
        h = layers.Concatenate(name=f"skip{i}")([h, skips[i]])
        h = layers.Conv2D(8 * 2**i, 3, padding="same", name=f"dec{i}")(h)
    return changed(keras.Model(image, h), **changes)


def siamese(**changes):
    left, right = keras.Input((28, 28, 1), name="left"), keras.Input((28, 28, 1), name="right")
    encoder = keras.Sequential(
        [keras.Input((28, 28, 1)), layers.Conv2D(8, 3, name="conv"), layers.Flatten(), layers.Dense(16)],
        name="encoder",
    )
    difference = layers.Subtract()([encoder(left), encoder(right)])
    return changed(keras.Model([left, right], layers.Dense(1)(difference)), **changes)


def seq2seq(**changes):
    source, target = keras.Input((10,), dtype="int32"), keras.Input((12,), dtype="int32")
    _, *states = layers.LSTM(32, return_state=True, name="enc")(layers.Embedding(100, 16)(source))
    words = layers.LSTM(32, return_sequences=True, name="dec")(
        layers.Embedding(100, 16, name="emb")(target), initial_state=states
    )
    return changed(keras.Model([source, target], layers.Dense(100)(words)), **changes)


def gan(**changes):
    generator = keras.Sequential(
        [
            keras.Input((16,)),
            layers.Dense(7 * 7 * 4),
            layers.Reshape((7, 7, 4), name="grid"),
            layers.Conv2DTranspose(4, 4, 2, padding="same", name="last"),
        ],
        name="generator",
    )
    discriminator = keras.Sequential(
        [keras.Input((14, 14, 4)), layers.LeakyReLU(name="leaky"), layers.Flatten(), layers.Dense(1)],
        name="discriminator",
    )
    noise = keras.Input((16,), name="noise")
    return changed(keras.Model(noise, discriminator(generator(noise))), **changes)


def changed(model, **changes):
    """The config of a model with arguments of its layers changed: `encoder__conv={"filters": -1}`."""
    config = json.loads(model.to_json())
    for path, arguments in changes.items():
        deep(config, *path.split("__")).update(arguments)
    return config


FLAT = layer("Flatten", "flatten")
GRADIENT = image(28, 28, 1)
