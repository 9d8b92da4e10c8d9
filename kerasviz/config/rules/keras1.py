"""What Keras 2.0 renamed in 2017.

Source of all: keras/legacy/interfaces.py and keras/legacy/layers.py of Keras 2.0,
https://github.com/keras-team/keras/tree/2.0.0/keras/legacy
"""

from typing import Any

from kerasviz.config.rules.rule import KERAS_2, Layer, NoCounterpartError, rule
from kerasviz.protocol.text import text

SOURCE = "https://github.com/keras-team/keras/blob/2.0.0/keras/legacy/interfaces.py"

CLASSES = {
    "Convolution1D": "Conv1D",
    "Convolution2D": "Conv2D",
    "Convolution3D": "Conv3D",
    "AtrousConvolution1D": "Conv1D",
    "AtrousConvolution2D": "Conv2D",
    "AtrousConv1D": "Conv1D",
    "AtrousConv2D": "Conv2D",
    "Deconvolution2D": "Conv2DTranspose",
    "Deconv2D": "Conv2DTranspose",
    "Deconvolution3D": "Conv3DTranspose",
    "SeparableConvolution2D": "SeparableConv2D",
    "TimeDistributedDense": "Dense",
}

_WEIGHTS = {
    "init": "kernel_initializer",
    "W_regularizer": "kernel_regularizer",
    "b_regularizer": "bias_regularizer",
    "W_constraint": "kernel_constraint",
    "b_constraint": "bias_constraint",
    "bias": "use_bias",
}
_WINDOW = {
    "border_mode": "padding",
    "pool_length": "pool_size",
    "stride": "strides",
    "subsample": "strides",
    "subsample_length": "strides",
    "length": "size",
}
_CONVOLUTION = {
    **_WEIGHTS,
    **_WINDOW,
    "nb_filter": "filters",
    "filter_length": "kernel_size",
    "atrous_rate": "dilation_rate",
}
_RECURRENT = {
    **_WEIGHTS,
    "output_dim": "units",
    "inner_init": "recurrent_initializer",
    "inner_activation": "recurrent_activation",
    "U_regularizer": "recurrent_regularizer",
    "dropout_W": "dropout",
    "dropout_U": "recurrent_dropout",
    "nb_filter": "filters",
    **_WINDOW,
}
_CONVOLUTIONS = ("Conv1D", "Conv2D", "Conv3D", "Conv2DTranspose", "Conv3DTranspose", "SeparableConv2D")
_DROPOUTS = (
    "Dropout",
    "SpatialDropout1D",
    "SpatialDropout2D",
    "SpatialDropout3D",
    "GaussianDropout",
    "AlphaDropout",
)
_WINDOWED = ("MaxPooling", "AveragePooling", "UpSampling", "ZeroPadding", "Cropping")

ARGUMENTS: dict[str, dict[str, str]] = {
    "Dense": {**_WEIGHTS, "output_dim": "units"},
    **{name: _CONVOLUTION for name in _CONVOLUTIONS},
    **{name: _RECURRENT for name in ("LSTM", "GRU", "SimpleRNN", "ConvLSTM2D")},
    **{f"{name}{rank}D": _WINDOW for name in _WINDOWED for rank in (1, 2, 3)},
    "Embedding": {
        "init": "embeddings_initializer",
        "W_regularizer": "embeddings_regularizer",
        "W_constraint": "embeddings_constraint",
    },
    "BatchNormalization": {
        "gamma_init": "gamma_initializer",
        "beta_init": "beta_initializer",
    },
    "PReLU": {"init": "alpha_initializer"},
    **{name: {"p": "rate"} for name in _DROPOUTS},
    "GaussianNoise": {"sigma": "stddev"},
}
MERGES = {
    "sum": "Add",
    "mul": "Multiply",
    "ave": "Average",
    "max": "Maximum",
    "concat": "Concatenate",
    "dot": "Dot",
    "cos": "Dot",
}
NAMES_OF_KERAS_1 = frozenset(
    "output_dim nb_filter nb_row border_mode subsample inner_activation W_regularizer dim_ordering p".split()
)


@rule(says=text("Renamed classes of Keras 1"), source=SOURCE, before=KERAS_2)
def class_of_keras_1(layer: Layer) -> bool:
    """Convolution2D is Conv2D, and so on."""
    today = CLASSES.get(layer["class_name"])
    if today:
        layer["class_name"] = today
    return today is not None


@rule(says=text("Renamed arguments of Keras 1"), source=SOURCE, before=KERAS_2)
def arguments_of_keras_1(layer: Layer) -> bool:
    """`output_dim` is `units`, `border_mode` is `padding`, and so on."""
    config = layer["config"]
    renamed = {
        old: today
        for old, today in ARGUMENTS.get(layer["class_name"], {}).items()
        if old in config and today not in config
    }
    for old, today in renamed.items():
        config[today] = config.pop(old)
    return bool(renamed)


@rule(
    "Conv2D", "Conv3D", "Conv2DTranspose", "SeparableConv2D", "ConvLSTM2D", "Conv3DTranspose",
    says=text("Merged the dimensions of the kernel into kernel_size"), source=SOURCE, before=KERAS_2,
)  # fmt: skip
def kernel_size_of_keras_1(layer: Layer) -> bool:
    """`nb_row` and `nb_col`, or `kernel_dim1` to `kernel_dim3`, are `kernel_size`."""
    config = layer["config"]
    for names in (("nb_row", "nb_col"), ("kernel_dim1", "kernel_dim2", "kernel_dim3")):
        if names[0] in config:
            config["kernel_size"] = [config.pop(name) for name in names]
            config.pop("output_shape", None)
            return True
    return False


@rule(says=text("Renamed dim_ordering to data_format"), source=SOURCE, before=KERAS_2)
def data_format_of_keras_1(layer: Layer) -> bool:
    """`tf` is `channels_last`, `th` is `channels_first`."""
    ordering = layer["config"].pop("dim_ordering", None)
    if ordering in ("tf", "th"):
        layer["config"]["data_format"] = "channels_last" if ordering == "tf" else "channels_first"
    return ordering is not None


@rule(
    "LSTM",
    "ConvLSTM2D",
    says=text("Replaced forget_bias_init with unit_forget_bias"),
    source=SOURCE,
    before=KERAS_2,
)
def forget_bias_of_keras_1(layer: Layer) -> bool:
    """`forget_bias_init="one"` is `unit_forget_bias=True`."""
    if "forget_bias_init" not in layer["config"]:
        return False
    layer["config"]["unit_forget_bias"] = layer["config"].pop("forget_bias_init") in ("one", "ones")
    return True


@rule(
    "LSTM", "GRU", "SimpleRNN", "ConvLSTM2D",
    says=text("Removed consume_less, which only affected speed"), source=SOURCE, before=KERAS_2,
)  # fmt: skip
def consume_less(layer: Layer) -> bool:
    """How the sum is done no longer needs a word."""
    return layer["config"].pop("consume_less", None) is not None


@rule("Embedding", says=text("Removed dropout=0"), source=SOURCE, before=KERAS_2)
def dropout_of_embedding(layer: Layer) -> bool:
    """Keras 2 has SpatialDropout1D for it."""
    rate = layer["config"].pop("dropout", None)
    if rate:
        raise NoCounterpartError(
            text(
                "Embedding no longer has dropout (dropout={rate}). Add a SpatialDropout1D layer instead.",
                rate=repr(rate),
            )
        )
    return rate is not None


@rule("BatchNormalization", says=text("Removed mode=0"), source=SOURCE, before=KERAS_2)
def mode_of_normalization(layer: Layer) -> bool:
    """Modes 1 (sample-wise) and 2 (batch statistics at inference) went."""
    mode = layer["config"].pop("mode", None)
    if mode:
        raise NoCounterpartError(text("BatchNormalization no longer has mode={mode}.", mode=repr(mode)))
    return mode is not None


@rule("Merge", says=text("Replaced Merge with Add, Multiply, Concatenate, …"), source=SOURCE)
def merge(layer: Layer) -> bool:
    """A `Merge` with a mode is one of today's merging layers; Keras 2 still read and wrote it."""
    config = layer["config"]
    mode = config.get("mode")
    if mode not in MERGES:
        raise NoCounterpartError(text("It merges with a Python function, and code in a file is never run."))
    if config.get("layers"):
        raise NoCounterpartError(text("It merges whole models as branches."))
    today: dict[str, Any] = {"name": config.get("name")}
    if mode == "concat":
        today["axis"] = config.get("concat_axis", -1)
    if mode in ("dot", "cos"):
        axes = config.get("dot_axes", -1)
        # Nested lists, one for each input, are what Theano's tensordot took.
        today["axes"] = (
            [axis[0] if isinstance(axis, list) else axis for axis in axes] if isinstance(axes, list) else axes
        )
        today["normalize"] = mode == "cos"
    layer["class_name"], layer["config"] = MERGES[mode], today
    return True


RULES = (
    class_of_keras_1,
    arguments_of_keras_1,
    kernel_size_of_keras_1,
    data_format_of_keras_1,
    forget_bias_of_keras_1,
    consume_less,
    dropout_of_embedding,
    mode_of_normalization,
    merge,
)
