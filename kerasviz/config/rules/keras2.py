"""What Keras 3.0 dropped or renamed in 2023, and what changed between the releases of Keras 2."""

from typing import Any

from kerasviz.config.rules.rule import Layer, NoCounterpartError, rule
from kerasviz.protocol.text import text

RECURRENT = ("LSTM", "GRU", "SimpleRNN", "RNN", "ConvLSTM1D", "ConvLSTM2D", "ConvLSTM3D")
MIGRATION = "https://keras.io/guides/migrating_to_keras_3/"


def _drop(layer: Layer, argument: str, *harmless: Any) -> bool:
    """Removes an argument that no longer exists, if its value changes nothing."""
    if argument not in layer["config"]:
        return False
    value = layer["config"].pop(argument)
    if value not in harmless:
        raise NoCounterpartError(
            text(
                "{class_name} no longer has {argument}={value}.",
                class_name=layer["class_name"],
                argument=argument,
                value=repr(value),
            )
        )
    return True


@rule(
    *RECURRENT, "Bidirectional", "CuDNNLSTM", "CuDNNGRU",
    says=text("Removed time_major=False"), source="https://github.com/keras-team/keras/issues/20750",
)  # fmt: skip
def time_major(layer: Layer) -> bool:
    """Time is always the second axis."""
    return _drop(layer, "time_major", False, None)


@rule(
    *RECURRENT, says=text("Removed implementation, which only affected speed"),
    source="https://github.com/keras-team/keras/blob/v3.0.0/keras/layers/rnn/gru.py",
)  # fmt: skip
def implementation(layer: Layer) -> bool:
    """Both ways give the same numbers."""
    return layer["config"].pop("implementation", None) is not None


@rule(
    "DepthwiseConv1D", "DepthwiseConv2D", "SeparableConv1D", "SeparableConv2D",
    "Conv1DTranspose", "Conv2DTranspose", "Conv3DTranspose",
    says=text("Removed groups=1"), source="https://github.com/keras-team/keras/issues/19441",
)  # fmt: skip
def groups(layer: Layer) -> bool:
    """Keras 2.3 to 2.15 wrote an argument of their base class."""
    return _drop(layer, "groups", 1)


@rule(
    "SeparableConv1D", "SeparableConv2D", "DepthwiseConv1D", "DepthwiseConv2D",
    says=text("Removed unused kernel arguments"), source="https://github.com/keras-team/keras/issues/19151",
)  # fmt: skip
def kernel_of_separable(layer: Layer) -> bool:
    """These have a depthwise and a pointwise kernel; the arguments for `kernel` had no effect."""
    found = [name for name in layer["config"] if name.startswith("kernel_") and name != "kernel_size"]
    if layer["class_name"].startswith("Depthwise"):
        found += [name for name in ("filters",) if name in layer["config"]]
    for name in found:
        del layer["config"][name]
    return bool(found)


@rule(
    "LeakyReLU", says=text("Renamed alpha to negative_slope"),
    source="https://github.com/keras-team/keras/blob/v3.0.0/keras/layers/activations/leaky_relu.py",
)  # fmt: skip
def slope_of_leaky_relu(layer: Layer) -> bool:
    """The argument was renamed."""
    if "alpha" not in layer["config"]:
        return False
    layer["config"]["negative_slope"] = layer["config"].pop("alpha")
    return True


@rule("ThresholdedReLU", says=text("Replaced ThresholdedReLU with ReLU and a threshold"), source=MIGRATION)
def thresholded_relu(layer: Layer) -> bool:
    """`x if x > theta else 0` is `ReLU(threshold=theta)`; for theta below 0 neither gives the other."""
    theta = layer["config"].pop("theta", 1.0)
    if theta < 0:
        raise NoCounterpartError(text("ReLU has no negative threshold (theta={theta}).", theta=repr(theta)))
    layer["class_name"], layer["config"]["threshold"] = "ReLU", theta
    return True


@rule(
    "BatchNormalization", "LayerNormalization", "SyncBatchNormalization", "BatchNormalizationV1",
    "BatchNormalizationV2", says=text("Wrote axis as a number"),
    source="https://github.com/tensorflow/tensorflow/blob/v2.4.0/tensorflow/python/keras/layers/normalization.py",
)  # fmt: skip
def axis_of_normalization(layer: Layer) -> bool:
    """Tf.keras writes a list of one number."""
    axis = layer["config"].get("axis")
    if isinstance(axis, dict) and isinstance(axis.get("items"), list):
        axis = axis["items"]
    if not isinstance(axis, list) or len(axis) != 1:
        return False
    layer["config"]["axis"] = axis[0]
    return True


@rule(
    "BatchNormalization", "SyncBatchNormalization", "BatchNormalizationV1", "BatchNormalizationV2",
    says=text("Replaced a variant of BatchNormalization with the one of today"), source=MIGRATION,
)  # fmt: skip
def batch_normalization(layer: Layer) -> bool:
    """Several classes became one, without renorm, virtual batches and a choice of kernels."""
    config = layer["config"]
    if config.get("renorm"):
        raise NoCounterpartError(
            text("BatchNormalization(renorm=True) of Keras 2 has other weights than that of Keras 3.")
        )
    changed = layer["class_name"] != "BatchNormalization"
    if layer["class_name"] == "SyncBatchNormalization":
        config["synchronized"] = True
    layer["class_name"] = "BatchNormalization"
    for name in ("renorm", "renorm_clipping", "renorm_momentum", "fused", "adjustment"):
        changed |= config.pop(name, None) is not None
    return _drop(layer, "virtual_batch_size", None) or changed


@rule(
    "MultiHeadAttention", says=text("Removed shapes that Keras computes"),
    source="https://github.com/keras-team/keras/blob/v3.0.0/keras/layers/attention/multi_head_attention.py",
)  # fmt: skip
def shapes_of_attention(layer: Layer) -> bool:
    """Keras 2 wrote what it needed to build the layer again."""
    found = [name for name in ("query_shape", "key_shape", "value_shape") if name in layer["config"]]
    for name in found:
        del layer["config"][name]
    return bool(found)


@rule(
    "Attention", "AdditiveAttention", says=text("Replaced causal with the call argument use_causal_mask"),
    source="https://github.com/keras-team/keras/blob/v2.15.0/keras/layers/attention/base_dense_attention.py",
)  # fmt: skip
def causal(layer: Layer) -> bool:
    """`nodes.py` writes it into the calls."""
    return layer["config"].pop("causal", None) is not None


@rule(
    "CuDNNLSTM", "CuDNNGRU",
    says=text("Replaced CuDNNLSTM and CuDNNGRU with LSTM and GRU, which use CuDNN where they can"),
    source="https://github.com/keras-team/tf-keras/blob/v2.16.0/tf_keras/layers/rnn/cudnn_lstm.py",
)  # fmt: skip
def cudnn(layer: Layer) -> bool:
    """CuDNN has fixed activations, and a GRU that resets after the multiplication."""
    config = layer["config"]
    layer["class_name"] = layer["class_name"].removeprefix("CuDNN")
    config |= {"activation": "tanh", "recurrent_activation": "sigmoid", "use_bias": True}
    if layer["class_name"] == "GRU":
        config["reset_after"] = True
    return True


@rule(
    "GRU", "GRUCell", says=text("Added reset_after=False, the only behavior before Keras 2.1.3"),
    source="https://github.com/keras-team/keras/pull/8950",
)  # fmt: skip
def reset_after(layer: Layer) -> bool:
    """A file without the word was made when there was one way; today's default is the other."""
    if "reset_after" in layer["config"]:
        return False
    layer["config"]["reset_after"] = False
    return True


@rule(
    "Resizing", "UpSampling2D", says=text("Checked the interpolation"),
    source="https://github.com/keras-team/keras/blob/v3.0.0/keras/layers/preprocessing/image_preprocessing/resizing.py",
)  # fmt: skip
def interpolation(layer: Layer) -> bool:
    """Some ways to resize exist in TensorFlow alone."""
    way = layer["config"].get("interpolation")
    if way in ("gaussian", "mitchellcubic"):
        raise NoCounterpartError(text("Keras no longer has interpolation={way}.", way=repr(way)))
    return False


@rule(
    "RandomCrop",
    says=text(
        "Replaced RandomCrop with Resizing, which it does outside training: crops are no longer random"
    ),
    source="https://github.com/keras-team/keras/blob/v2.15.0/keras/layers/preprocessing/image_preprocessing.py",
)
def random_crop(layer: Layer) -> bool:
    """Outside training Keras 2 resizes without distortion; today's gives the image back as it came."""
    kept = ("name", "trainable", "dtype", "height", "width")
    config = {key: value for key, value in layer["config"].items() if key in kept}
    layer["class_name"], layer["config"] = "Resizing", {**config, "crop_to_aspect_ratio": True}
    return True


@rule(
    says=text("Removed sizes that the layer computes"),
    source="https://github.com/keras-team/keras/blob/v3.0.0/keras/layers/preprocessing/index_lookup.py",
)
def vocabulary_size(layer: Layer) -> bool:
    """Keras 2 wrote the size as well as the vocabulary; without the vocabulary the size tells the width."""
    config = layer["config"]
    if _tells_width(config):
        return config.pop("has_input_vocabulary", None) is not None
    found = [name for name in ("vocabulary_size", "has_input_vocabulary") if name in config]
    for name in found:
        del config[name]
    return bool(found)


@rule(
    says=text("Removed a dtype that was that of the input"),
    source="https://github.com/keras-team/keras/blob/2.0.2/keras/layers/embeddings.py",
)
def dtype_of_input(layer: Layer) -> bool:
    """Before Keras 2.4 a first layer wrote the dtype of its input; weights with an initializer are floats."""
    config = layer["config"]
    dtype = config.get("dtype")
    if not isinstance(dtype, str) or not dtype.startswith(("int", "uint", "bool", "string")):
        return False
    if not any(name.endswith("_initializer") for name in config):
        return False
    del config["dtype"]
    return True


def _tells_width(config: dict[str, Any]) -> bool:
    """Tells whether a layer learned words that are beside the config, and puts out one number for each."""
    size = config.get("vocabulary_size")
    special = config.get("num_oov_indices", 1) + (config.get("mask_token") is not None)
    return (
        isinstance(size, int)
        and size > special
        and config.get("vocabulary") is None
        and config.get("output_mode", "int") != "int"
    )


RULES = (
    time_major,
    implementation,
    groups,
    kernel_of_separable,
    slope_of_leaky_relu,
    thresholded_relu,
    axis_of_normalization,
    batch_normalization,
    shapes_of_attention,
    causal,
    cudnn,
    reset_after,
    interpolation,
    random_crop,
    vocabulary_size,
    dtype_of_input,
)
