"""The layers of the palette: all public layers of the installed Keras, and those that the user registered."""

import inspect
from typing import Any

import keras
from keras.src import api_export

from kerasviz.catalog.borrowing import borrow_types
from kerasviz.catalog.callschema import call_schema, is_cell, ports
from kerasviz.catalog.docstrings import parse
from kerasviz.catalog.schema import argument_schema, class_schema, constructor
from kerasviz.protocol.encoding import encode
from kerasviz.protocol.text import Text, text

Entry = dict[str, Any]

#: Keras' chapters by package of `keras.src.layers`, in the order of its documentation.
#: The group of any other package is its name.
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

#: Disabled on the palette: their arguments are code, or files that contain code.
_CODE = {
    "Lambda": text(
        "Lambda contains Python code, which can't be drawn and must not be in a file. Define a layer "
        "instead, and register it with keras.saving.register_keras_serializable."
    ),
    "TFSMLayer": text("TFSMLayer runs a SavedModel from a file. Use it in code."),
    "JaxLayer": text("JaxLayer wraps a JAX function. Use it in code."),
    "FlaxLayer": text("FlaxLayer wraps a Flax module. Use it in code."),
    "TorchModuleWrapper": text("TorchModuleWrapper wraps a PyTorch module. Use it in code."),
}


def layer_entries() -> list[Entry]:
    """Describes every public class of `keras.layers` once, in the order of Keras' chapters."""
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
    """Returns the layer classes registered with `keras.saving.register_keras_serializable`, by name."""
    return {
        name: cls
        for name, cls in sorted(keras.saving.get_custom_objects().items())
        if inspect.isclass(cls) and issubclass(cls, keras.Layer)
    }


def layer_entry(cls: Any, registered_name: str | None = None) -> Entry:
    """Describes one layer class.

    Args:
        cls: A subclass of `keras.Layer`.
        registered_name: `package>Class` for a class of the user.

    Returns:
        An `ILayerEntry` of `src/core/catalog/catalog.ts`.
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
        "disabled": encode(_disabled(cls)),
    }


def name_of(cls: Any, registered_name: str | None = None) -> Entry:
    """Returns the names that Keras saves for a class: `class_name`, `module` and `registered_name`."""
    public = None if registered_name else api_export.get_name_from_symbol(cls)
    module, _, class_name = (public or f"{cls.__module__}.{cls.__name__}").rpartition(".")
    return {"class_name": class_name, "module": module, "registered_name": registered_name}


def _add_base_arguments(cls: Any, properties: dict[str, Entry]) -> None:
    """Appends `trainable` and `dtype`, which every layer passes on to `keras.Layer`."""
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
    """Describes `InputLayer`, which Keras saves for `Input(shape)` and which requires `batch_shape`."""
    batch_shape = schema["properties"]["batch_shape"]
    del batch_shape["default"]
    batch_shape["type"] = "array"
    batch_shape["description"] = (
        "Shape of the data: the batch size, which is usually `None`, then the shape of one sample. "
        "For example, `(None, 28, 28, 1)` for grayscale images of 28 x 28 pixels. "
        "Use `None` for a size that varies, such as a sequence length."
    )
    schema["properties"] = {"batch_shape": batch_shape, **schema["properties"]}
    schema["required"] = ["batch_shape"]
    schema["title"] = keras.layers.Input.__name__


def _public_bases(cls: Any) -> list[str]:
    """Returns the base classes of a layer in `keras.layers`: it fits where Keras asks for one of them."""
    public = vars(keras.layers)
    bases = [base for base in cls.__mro__[1:] if base is not keras.Layer]
    return [base.__name__ for base in bases if public.get(base.__name__) is base]


def _group(cls: Any) -> str:
    path = cls.__module__.split(".")
    if path[:3] != ["keras", "src", "layers"] or len(path) < 5:
        return _GROUPS["core"] if path[:3] == ["keras", "src", "layers"] else _BACKEND_GROUP
    package = path[-2]
    return _GROUPS.get(package) or package.replace("_", " ").capitalize() + " layers"


def _disabled(cls: Any) -> Text | None:
    if cls.call is keras.Layer.call:
        return text("{class_name} is a base class. Use one of its subclasses.", class_name=cls.__name__)
    if _returns_its_input(cls):
        return text(
            "In Keras {version}, {class_name} can't be used in a model. Use it on the data.",
            version=keras.__version__,
            class_name=cls.__name__,
        )
    return _CODE.get(cls.__name__)


def _returns_its_input(cls: Any) -> bool:
    """Whether a symbolic call returns its own input tensor, which Keras would take as a cycle."""
    tensor = object()
    try:
        return "compute_output_spec" in vars(cls) and cls.compute_output_spec(None, tensor) is tensor
    except Exception:
        return False
