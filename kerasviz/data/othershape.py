"""Targets of another shape than the output that they are compared with."""

from __future__ import annotations

from kerasviz.data.dataset import Data
from kerasviz.data.losses import ONE_HOT_LOSSES, SPARSE_LOSS
from kerasviz.data.shapes import Shape, axes_to
from kerasviz.data.sizedlayer import Sized, way_to
from kerasviz.protocol import RequestError
from kerasviz.protocol.text import text


def other_shape(data: Data, layer: str, expected: Shape, loss: str, sized: Sized | None) -> RequestError:
    """Says what targets of another shape than the output's need.

    Args:
        data: With the targets.
        layer: The layer of the output.
        expected: Shape of the output for one sample.
        loss: Name of the loss.
        sized: The layer whose units are the size of the output, where that is known.
    """
    received = data.y.shape[1:]
    if order := axes_to(received, expected):
        said = text(
            "The output of layer {layer} has the shape {expected}, but samples of {name} have the shape "
            "{received}: the axes seem to be in another order. Use np.transpose({name}, {order}).",
            layer=repr(layer),
            expected=str(expected),
            name=data.y_name,
            received=str(received),
            order=str(order),
        )
    elif len(received) == len(expected) == 1 and received[0] > 1 and sized is not None:
        said = text(
            "The output of layer {layer} has size {units}, but samples of {name} hold {count} values. {way}",
            layer=repr(layer),
            units=str(expected[0]),
            name=data.y_name,
            count=received[0],
            way=way_to(layer, sized, received[0]),
        )
        if received[0] - 1 == expected[0] and loss in ONE_HOT_LOSSES and not data.y[:, 0].any():
            said = text(
                "The first column of {name} is 0 in every sample, as its classes are numbered from 1. Use "
                "{name}[:, 1:] in its place.",
                name=data.y_name,
            )
    else:
        said = text(
            "The output of layer {layer} has the shape {expected}, but y of {data} has the shape "
            "{received}, and {loss} compares them value by value. Change its units, or use a loss for "
            "classes, such as {right}.",
            layer=repr(layer),
            expected=str(expected),
            data=data.name,
            received=str(received),
            loss=loss,
            right=SPARSE_LOSS,
        )
    return RequestError("shape", said, layer=layer)
