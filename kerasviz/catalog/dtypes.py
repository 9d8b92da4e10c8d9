"""The names of dtypes and of dtype policies that the installed Keras accepts."""

import re

import keras
from keras.src.backend.common.dtypes import ALLOWED_DTYPES
from keras.src.dtype_policies.dtype_policy import QUANTIZATION_MODES


def dtypes() -> list[str]:
    """Returns the dtypes that a tensor may have, e.g. `float32`."""
    return [*ALLOWED_DTYPES]


def dtype_policies() -> list[str]:
    """Returns the possible names for the `dtype` of a layer: dtypes, mixed precision, quantized policies.

    Policies that need calibrated weights, such as `gptq`, have no such name.
    """
    mixed = re.findall(r"`\"(mixed_\w+)\"`", keras.DTypePolicy.__doc__ or "")
    floats = [name for name in ALLOWED_DTYPES if re.fullmatch(r"b?float\d\d", name)]
    quantized = [f"{mode}_from_{source}" for mode in QUANTIZATION_MODES for source in [*floats, *mixed]]
    names = [*ALLOWED_DTYPES, *mixed, *quantized]
    return [name for name in dict.fromkeys(names) if _is_policy(name)]


def _is_policy(name: str) -> bool:
    try:
        keras.dtype_policies.get(name)
    except ValueError:
        return False
    return True
