"""The palette: every public layer of the installed Keras, and those that the user registered."""

import inspect
import re
from typing import Any

import keras
from keras.src import api_export

from .borrowing import borrow_types
from .docstrings import Docstring, parse
from .schema import argument_schema, class_schema, constructor

Entry = dict[str, Any]

#: Keras' own chapters, by package of `keras.src.layers`, in the order of its documentation.
#: A package that is not here gets its own name.
_GROUPS = {
    "core": "Core layers",
    "convolutional": "Convolution layers",
    "pooling": "Pooling layers",
    "rnn": "Recurrent layers",
    "attention": "Attention layers",
    "normalization": "Normalization layers",
    "regularization": "Regularization layers",
    "reshaping": "Reshaping layers",
    "merging": "Merging layers",
    "activations": "Activation layers",
    "preprocessing": "Preprocessing layers",
    "image_preprocessing": "Image preprocessing layers",
}
_BACKEND_GROUP = "Backend-specific layers"
_CUSTOM_GROUP = "Custom"

#: Not from the palette, by choice: their arguments are code, or files that hold code.
_CODE = {
    "Lambda": "Lambda holds Python code, which a drawing cannot show and a file must not carry. "
    "Register a layer of your own with keras.saving.register_keras_serializable instead.",
    "TFSMLayer": "TFSMLayer runs a SavedModel from a file. Use it from code.",
    "JaxLayer": "JaxLayer wraps a JAX function. Use it from code.",
    "FlaxLayer": "FlaxLayer wraps a Flax module. Use it from code.",
    "TorchModuleWrapper": "TorchModuleWrapper wraps a PyTorch module. Use it from code.",
}
#: "a list of tensors", "List of initial state tensors"; and `layer((a, b))` in an example.
_LIST = re.compile(r"(?i)\blist of (?:the following )?(?:[a-z0-9]+ ){0,3}(?:tensors|inputs)\b")
_TUPLE_CALL = re.compile(r"\blayer\(\(\w+, \w+\)\)")


def layer_entries() -> list[Entry]:
    """Describes every public class of `keras.layers`, aliases once, in the order of Keras' chapters."""
    classes = {
        cls for cls in vars(keras.layers).values() if inspect.isclass(cls) and issubclass(cls, keras.Layer)
    }
    chapters = [*_GROUPS.values()]
    entries = [layer_entry(cls) for cls in sorted(classes, key=lambda cls: cls.__name__)]
    borrow_types(entries)

    def order(entry: Entry) -> tuple[int, str, bool, str]:
        group = entry["group"]
        rank = chapters.index(group) if group in chapters else len(chapters)
        return rank, group, entry["class_name"] != "InputLayer", entry["class_name"]

    return sorted(entries, key=order)


def custom_layers() -> dict[str, type]:
    """The layer classes that the user registered with `keras.saving.register_keras_serializable`, by name."""
    return {
        name: cls
        for name, cls in sorted(keras.saving.get_custom_objects().items())
        if inspect.isclass(cls) and issubclass(cls, keras.Layer)
    }


def layer_entry(cls: Any, registered_name: str | None = None) -> Entry:
    """Describes one layer class.

    Args:
        cls: A subclass of `keras.Layer`.
        registered_name: `package>Class` for a class of the user's.

    Returns:
        An `ILayerEntry` of `src/core/catalog.ts`.
    """
    is_input = cls is keras.layers.InputLayer
    doc = parse(keras.layers.Input if is_input else cls)
    schema = class_schema(cls, doc)
    if is_input:
        _describe_input(schema)
    else:
        _add_base_arguments(cls, schema["properties"])
    return {
        **name_of(cls, registered_name),
        "summary": doc.summary,
        "doc": doc.markdown,
        "schema": schema,
        "group": _CUSTOM_GROUP if registered_name else _group(cls),
        "inputs": _ports(cls, doc),
        "disabled": _disabled(cls),
    }


def name_of(cls: Any, registered_name: str | None = None) -> Entry:
    """The names under which Keras writes a class: `class_name`, `module` and `registered_name`."""
    public = None if registered_name else api_export.get_name_from_symbol(cls)
    module, _, class_name = (public or f"{cls.__module__}.{cls.__name__}").rpartition(".")
    return {"class_name": class_name, "module": module, "registered_name": registered_name}


def _add_base_arguments(cls: Any, properties: dict[str, Entry]) -> None:
    """Appends `trainable` and `dtype`, which every layer hands on to `keras.Layer`."""
    accepted = constructor(cls)
    open_ended = any(parameter.kind is parameter.VAR_KEYWORD for parameter in accepted.values())
    base = constructor(keras.Layer)
    described = parse(keras.Layer).arguments
    for name in ("trainable", "dtype"):
        if open_ended or name in accepted:
            known = properties.pop(name, None)
            properties[name] = known or argument_schema(name, base[name].default, described.get(name, ""))


def _describe_input(schema: Entry) -> None:
    """People write `Input(shape)`; Keras keeps an `InputLayer`, which can't do without `batch_shape`."""
    batch_shape = schema["properties"]["batch_shape"]
    del batch_shape["default"]
    batch_shape["type"] = "array"
    batch_shape["description"] = (
        "Shape of the data: the batch size in front, `None` for any, then the dimensions of one sample. "
        "For instance `(None, 28, 28, 1)` for grey images of 28 x 28 pixels. "
        "A dimension that may vary (e.g. sequence length) is `None`."
    )
    schema["properties"] = {"batch_shape": batch_shape, **schema["properties"]}
    schema["required"] = ["batch_shape"]
    schema["title"] = keras.layers.Input.__name__


def _group(cls: Any) -> str:
    path = cls.__module__.split(".")
    if path[:3] != ["keras", "src", "layers"] or len(path) < 5:
        return _GROUPS["core"] if path[:3] == ["keras", "src", "layers"] else _BACKEND_GROUP
    package = path[-2]
    return _GROUPS.get(package) or package.replace("_", " ").capitalize() + " layers"


def _ports(cls: Any, doc: Docstring) -> list[Entry]:
    """The arguments of `call` that take tensors.

    Those are the ones without a default and the ones that may be None, but for `training` and the masks
    that Keras hands along by itself (`mask`, and `<port>_mask` for each port).
    """
    if cls is keras.layers.InputLayer:
        return []
    parameters = [
        parameter
        for parameter in list(inspect.signature(cls.call).parameters.values())[1:]
        if parameter.kind not in (parameter.VAR_POSITIONAL, parameter.VAR_KEYWORD)
    ]
    tensors = [p for p in parameters if p.default in (p.empty, None) and p.name not in ("training", "mask")]
    carried = {f"{parameter.name}_mask" for parameter in tensors}
    return [
        {
            "name": parameter.name,
            "many": _takes_many(parameter.name, doc),
            "optional": parameter.default is None,
        }
        for parameter in tensors
        if parameter.name not in carried
    ]


def _takes_many(port: str, doc: Docstring) -> bool:
    if port.endswith(("_state", "states")):
        # Keras' cells index their states, whatever their docstrings say.
        return True
    said = doc.call_arguments.get(port)
    if said is not None:
        return bool(_LIST.search(said))
    return port == "inputs" and bool(_LIST.search(doc.markdown) or _TUPLE_CALL.search(doc.markdown))


def _disabled(cls: Any) -> str | None:
    if cls.call is keras.Layer.call:
        return f"{cls.__name__} is a base class: it computes nothing until a subclass says what."
    if _returns_its_input(cls):
        return f"In Keras {keras.__version__}, {cls.__name__} can't be part of a model. Use it on the data."
    return _CODE.get(cls.__name__)


def _returns_its_input(cls: Any) -> bool:
    """Whether a symbolic call gives back the very tensor it was given, which Keras then takes for a cycle."""
    tensor = object()
    try:
        return "compute_output_spec" in vars(cls) and cls.compute_output_spec(None, tensor) is tensor
    except Exception:
        return False
