"""The runtimes that models are exported for, and what a kernel lacks to write for them."""

import importlib.util

from kerasviz.backend.installed import backend
from kerasviz.protocol.text import Text, any_of, text
from kerasviz.storage.exports.litertfile import LITERT
from kerasviz.storage.exports.onnxfile import ONNX
from kerasviz.storage.exports.openvinofolder import OPENVINO
from kerasviz.storage.exports.runtime import Runtime
from kerasviz.storage.exports.savedmodel import SAVED_MODEL
from kerasviz.storage.exports.torchprogram import TORCH_PROGRAM

EXPORTS: dict[str, Runtime] = {
    ".onnx": ONNX,
    ".tflite": LITERT,
    "_openvino_model": OPENVINO,
    ".pt2": TORCH_PROGRAM,
    "": SAVED_MODEL,
}
"""What runs each format, by the end of its name."""
_EXTRA = ("tf2onnx", "onnxruntime", "ai_edge_litert", "openvino")
"""The modules that `pip install kerasviz[export]` brings."""
_BACKENDS = {"tensorflow": "TensorFlow", "jax": "JAX", "torch": "PyTorch"}


def missing(runtime: Runtime) -> Text | None:
    """Says what this kernel lacks to write a format, without importing Keras; None where it lacks nothing."""
    used = backend()
    converter = runtime.converters.get(used)
    if converter is None:
        return text(
            "Keras writes this format only on {backends}, and this kernel uses {backend}. Set KERAS_BACKEND "
            "and restart the kernel.",
            backends=any_of([_BACKENDS[each] for each in runtime.converters]),
            backend=_BACKENDS.get(used, used),
        )
    if converter and not is_installed(converter):
        return text(
            "{package} is not installed in this kernel. Run `%pip install {extra}`.",
            package=converter,
            extra="kerasviz[export]" if converter in _EXTRA else converter.replace("_", "-"),
        )
    return None


def is_installed(module: str) -> bool:
    """Whether a module can be imported."""
    return importlib.util.find_spec(module) is not None
