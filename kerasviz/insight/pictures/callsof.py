"""What goes into a layer in each of its calls: this function is part of scripts as it stands here."""

import keras


def calls_of(model: keras.Model, layer: keras.Layer, sample: list[object]) -> list[object]:
    """The arguments of each call of a layer, wherever in the model it is."""
    calls: list[object] = []
    call = layer.call

    def watched(*inputs: object, **options: object) -> object:
        calls.append((inputs, options))
        return call(*inputs, **options)

    layer.call = watched
    try:
        keras.Model(model.inputs, model.outputs)(sample, training=False)
    finally:
        del layer.call
    return calls
