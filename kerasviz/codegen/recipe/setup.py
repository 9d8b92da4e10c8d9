"""What a document says of its training, as its code needs it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kerasviz.catalog.conversion import with_python_numbers
from kerasviz.catalog.signatures import method_schema
from kerasviz.config.parts import part_of
from kerasviz.config.training import FIT_DEFAULTS, training_of
from kerasviz.data.batches import DEFAULT_SIZE


@dataclass(frozen=True)
class Setup:
    """The plan of a document, read without checks: code is shown of what is half drawn, too.

    Attributes:
        training: What is under `kerasviz.training`, in today's form.
        fit: Arguments of `fit` that Keras knows, with the defaults of kerasviz.
        compile_config: As Keras has it.
        folder: Where the document is; the working directory where it is None.
        seed: Makes the script repeat the run of the editor.
    """

    training: Mapping[str, Any]
    fit: Mapping[str, Any]
    compile_config: Mapping[str, Any]
    seed: int | None
    folder: Path | None = None

    @property
    def epochs(self) -> int:
        """Epochs to train."""
        return int(self.fit["epochs"])

    @property
    def preparation(self) -> list[Mapping[str, Any]]:
        """Steps of the preparation that the plan chooses."""
        return list(self.training.get("preparation") or [])

    @property
    def batch_size(self) -> int:
        """Samples in a batch."""
        return int(self.fit.get("batch_size") or DEFAULT_SIZE)

    @property
    def shuffles(self) -> bool:
        """Whether each epoch has an order of its own."""
        return bool(self.fit.get("shuffle", True))

    @property
    def validation_size(self) -> int:
        """Samples in a batch of the validation."""
        return int(self.fit.get("validation_batch_size") or self.batch_size)


def setup_of(document: Mapping[str, Any], folder: Path | None = None) -> Setup:
    """Reads how a document, which is in a folder, is to be trained."""
    training = training_of(document)
    schema, given = method_schema("fit"), part_of(training, "fit")
    known = {name: value for name, value in given.items() if name in schema["properties"]}
    seed = training.get("seed")
    return Setup(
        training=training,
        fit=with_python_numbers(schema, {**FIT_DEFAULTS, **known}),
        compile_config=part_of(document, "compile_config"),
        seed=int(seed) if isinstance(seed, int | float) and not isinstance(seed, bool) else None,
        folder=folder,
    )
