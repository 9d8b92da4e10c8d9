"""What is to be trained without Jupyter: a file, JSON, a config or a model."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kerasviz.config.compileconfig import is_own
from kerasviz.config.convert import convert
from kerasviz.config.layerlist import check_layers
from kerasviz.config.origin import read_source
from kerasviz.config.parsing import parse_json
from kerasviz.models.opening import draw, text_of
from kerasviz.protocol import JSON, RequestError
from kerasviz.protocol.text import text


@dataclass(frozen=True)
class Subject:
    """What is trained.

    Attributes:
        document: Keras JSON.
        folder: Where its file is, or the working directory.
        name: Name of its file; empty where it has none.
        model: That of the user's, whose weights are trained further.
    """

    document: JSON
    folder: Path
    name: str = ""
    model: Any = None


def subject_of(given: Any) -> Subject:
    """Reads what is to be trained, as `run` takes it.

    Raises:
        RequestError, ModelFileError: Where it is no model.
        OSError: Where there is no such file.
    """
    here = Path.cwd()
    if isinstance(given, str) and given.lstrip().startswith("{"):
        return Subject(_checked(parse_json(given.encode("utf-8", "surrogatepass"))), here)
    if isinstance(given, (str, os.PathLike)):
        path = Path(given).resolve()
        document = _checked(parse_json(text_of(path).encode("utf-8", "surrogatepass")))
        return Subject(document, path.parent, path.name)
    if isinstance(given, Mapping):
        return Subject(_checked(json.loads(json.dumps(given))), here)
    model, document = draw(given)
    return Subject(document, here, model=model)


def _checked(document: Any) -> JSON:
    """A document; what `get_config` of a model gives, which does not say its class, is taken, too."""
    if isinstance(document, dict) and "class_name" not in document and "layers" in document:
        kind = "Functional" if "input_layers" in document else "Sequential"
        document = {"module": "keras", "class_name": kind, "config": document, "registered_name": None}
    if not isinstance(document, dict) or "class_name" not in document:
        raise RequestError(
            "plan", text("Expected a Keras model as JSON, received: {value}.", value=f"{document!r:.80}")
        )
    check_layers(document)
    return _todays(document)


def _todays(document: JSON) -> JSON:
    """A document as today's Keras writes it, where an older one wrote it."""
    if read_source(document, None, None).version >= (3,):
        return document
    made, _ = convert(document, keeps=is_own)
    return {**made, "kerasviz": document["kerasviz"]} if "kerasviz" in document else made
