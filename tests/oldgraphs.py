"""Functional models as Keras 2 wrote them, to convert."""


def functional(layers, version="2.15.0", outputs=None):
    return {
        "class_name": "Functional",
        "keras_version": version,
        "config": {
            "name": "m",
            "layers": [entry("InputLayer", "x", [], batch_input_shape=[None, 4]), *layers],
            "input_layers": [["x", 0, 0]],
            "output_layers": [[outputs or layers[-1]["name"], 0, 0]],
        },
    }


def entry(class_name, name, nodes, **config):
    return {
        "class_name": class_name,
        "name": name,
        "config": {"name": name, **config},
        "inbound_nodes": nodes,
    }


def call(*names, **kwargs):
    return [[name, 0, 0, kwargs] for name in names]
