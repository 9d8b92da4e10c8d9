"""Adaptive pools that end the process: TensorFlow divides by the size of an empty result, which is 0."""

from typing import TYPE_CHECKING

from kerasviz.config.modelfileerror import ModelFileError
from kerasviz.protocol.text import text

if TYPE_CHECKING:
    import keras


def check_adaptive_pools(owner: "keras.Operation") -> None:
    """Refuses an AdaptiveMaxPooling that TensorFlow can't compute.

    Keras pools with a window of `ceil(length / output_size)` and with one that is larger by 1. That one is
    longer than the input where a length or its output is 1.

    Args:
        owner: A built layer or model, of which the layers inside are looked at, too.

    Raises:
        ModelFileError: With the layer.
    """
    import keras

    if keras.backend.backend() != "tensorflow" or not isinstance(owner, keras.layers.Layer):
        return
    for layer in owner._flatten_layers():
        if not type(layer).__name__.startswith("AdaptiveMaxPooling"):
            continue
        shape = (layer.get_build_config() or {}).get("input_shape") or ()
        lengths = shape[1:-1] if layer.data_format == "channels_last" else shape[2:]
        if 1 in (*lengths, *layer.output_size):
            raise ModelFileError(
                text(
                    "{class_name} can't be computed by TensorFlow where a length or its output is 1, and "
                    "would end the kernel. Use GlobalMaxPooling, or an output_size of 2 or more.",
                    class_name=type(layer).__name__,
                ),
                layer=layer.name,
            )
