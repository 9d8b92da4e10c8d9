"""A value other than the default for every argument of every layer of the catalogue."""

from typing import Any

Config = dict[str, Any]

OBJECTS = {
    "initializer": ("keras.initializers", "RandomUniform", {"minval": 0.1, "maxval": 0.9, "seed": 3}),
    "regularizer": ("keras.regularizers", "L1", {"l1": 0.25}),
    "constraint": ("keras.constraints", "MaxNorm", {"max_value": 0.5}),
}
ARRAYS = ([1], [2], [2, 1], [0.2, 0.6], [1, 2, 1], [[1, 2], [2, 1]], ["a", "b"])
STRINGS = ("valid", "same", "int", "multi_hot", "a")


def keras_object(class_name: str, module: str = "keras.layers", **config: Any) -> Config:
    """The config of an object of Keras."""
    return {"module": module, "class_name": class_name, "config": config, "registered_name": None}


def others(schema: Config) -> list[Any]:
    """Values that an argument may have, by its kind."""
    kind, kinds, default = schema.get("x-keras"), schema.get("type", []), schema.get("default")
    if kind in OBJECTS:
        module, class_name, config = OBJECTS[kind]
        return [keras_object(class_name, module, **config)]
    if kind == "activation":
        return ["tanh"]
    if kind in ("dtype", "dtype_policy"):
        return ["mixed_float16", "float64"]
    found = [*schema.get("enum", [])]
    if "boolean" in kinds or isinstance(default, bool):
        found += [not default]
    if "integer" in kinds:
        found += [2, 1, 3]
    if "number" in kinds:
        found += [0.25, 1.5]
    if "array" in kinds:
        found += ARRAYS
    if "string" in kinds and not found:
        found += STRINGS
    return [value for value in found if value != default]


CELL = keras_object("LSTMCell", units=2)
INT8 = keras_object("Int8QuantizationConfig", "keras.quantizers")
WEIGHTS = {"idf_weights": [0.5, 0.25], "output_mode": "tf_idf"}
WIDE = {"output_mode": "multi_hot", "max_tokens": 8, "pad_to_max_tokens": True}
SPARSE = {"sparse": True, "output_mode": "multi_hot"}
TOGETHER: dict[str, list[Config]] = {
    "BatchNormalization": [
        {"renorm_clipping": {"rmax": 2.0, "rmin": 0.5, "dmax": 1.0}, "renorm": True},
    ],
    "Bidirectional": [
        {"layer": keras_object("LSTM", units=2)},
        {"backward_layer": keras_object("GRU", units=2, go_backwards=True)},
    ],
    "Conv1DTranspose": [{"output_padding": [1], "strides": [2]}],
    "Conv2D": [{"groups": 3, "filters": 3}],
    "Conv2DTranspose": [{"output_padding": [1, 1], "strides": [2, 2]}],
    "Conv3D": [{"groups": 3, "filters": 3}],
    "Conv3DTranspose": [{"output_padding": [1, 1, 1], "strides": [2, 2, 2]}],
    "Dense": [{"quantization_config": INT8}],
    "Discretization": [SPARSE],
    "EinsumDense": [
        {"equation": "abc,dc->abd"},
        {"output_shape": [None, 3]},
        {"bias_axes": "d"},
        {"gptq_unpacked_column_size": 2},
        {"quantization_config": INT8},
    ],
    "Embedding": [{"quantization_config": INT8}],
    "Hashing": [{"mask_value": 1}, SPARSE, {"dtype": "int32"}],
    "IntegerLookup": [WEIGHTS, SPARSE, WIDE],
    "Normalization": [{"mean": 0.5, "variance": 2.0}],
    "Pipeline": [{"layers": [keras_object("Dense", units=3), keras_object("Dense", units=2)]}],
    "RNN": [{"cell": CELL}, {"stateful": True, "cell": CELL}],
    "Reshape": [{"target_shape": [2, -1]}],
    "ReversibleEmbedding": [{"logit_soft_cap": 0.5}],
    "STFTSpectrogram": [{"fft_length": 512}],
    "SpectralNormalization": [{"layer": keras_object("Dense", units=3)}],
    "StackedRNNCells": [{"cells": [keras_object("SimpleRNNCell", units=2, activation="relu")]}],
    "StringLookup": [{"invert": True}, WEIGHTS, SPARSE, WIDE],
    "TextVectorization": [{"max_tokens": 8}, {**WEIGHTS, "ngrams": None}, SPARSE, WIDE],
    "TimeDistributed": [{"layer": keras_object("Dense", units=3)}],
}
"""By class: values that only the class knows, each with the arguments that it needs beside it."""
NO_OTHER: dict[str, dict[str, str]] = {
    "IntegerLookup": {
        "vocabulary_dtype": "Keras takes int64 alone",
        "salt": "Keras hashes strings alone",
    },
    "Resizing": {"fill_mode": "Keras takes 'constant' alone"},
    "AdaptiveMaxPooling3D": {"dtype": "TensorFlow has no kernel on a CPU"},
    "AveragePooling3D": {"dtype": "TensorFlow has no kernel on a CPU"},
    "MaxPooling3D": {"dtype": "TensorFlow has no kernel on a CPU"},
}
"""Arguments that have one value, and why."""
PLAIN: dict[str, tuple[Config, tuple[int, ...]]] = {
    "AdaptiveMaxPooling1D": ({"output_size": 2}, (8, 8)),
    "AdaptiveMaxPooling2D": ({"output_size": 2}, (8, 8, 8)),
    "AdaptiveMaxPooling3D": ({"output_size": 2}, (4, 4, 4, 4)),
}
"""Where trying shapes ends the process: Keras 3.15 divides by zero in TensorFlow for an axis of size 0."""
