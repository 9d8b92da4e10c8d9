"""The palette: every public layer of the installed Keras, and those that the user registered."""

import inspect
from typing import Any

import keras
from keras.src import api_export

from kerasviz.catalog.borrowing import borrow_types
from kerasviz.catalog.callschema import call_schema, is_cell, ports
from kerasviz.catalog.docstrings import parse
from kerasviz.catalog.schema import argument_schema, class_schema, constructor

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
    inputs = ports(cls, doc)
    return {
        **name_of(cls, registered_name),
        "summary": doc.summary,
        "doc": doc.markdown,
        "schema": schema,
        "group": _CUSTOM_GROUP if registered_name else _group(cls),
        "inputs": inputs,
        "call": call_schema(cls, doc),
        "roles": ["cell"] if is_cell(inputs) else _public_bases(cls),
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
    if "dtype" in properties:
        # A tensor has a dtype; a layer has a policy, which may be an object.
        properties["dtype"].update({"type": ["string", "object", "null"], "x-keras": "dtype_policy"})


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


def _public_bases(cls: Any) -> list[str]:
    """The classes of `keras.layers` that a layer is derived from: it fits where Keras asks for one."""
    public = vars(keras.layers)
    bases = [base for base in cls.__mro__[1:] if base is not keras.Layer]
    return [base.__name__ for base in bases if public.get(base.__name__) is base]


def _group(cls: Any) -> str:
    path = cls.__module__.split(".")
    if path[:3] != ["keras", "src", "layers"] or len(path) < 5:
        return _GROUPS["core"] if path[:3] == ["keras", "src", "layers"] else _BACKEND_GROUP
    package = path[-2]
    return _GROUPS.get(package) or package.replace("_", " ").capitalize() + " layers"


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
