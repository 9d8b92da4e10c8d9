"""Model files: safely in, atomically out."""

from kerasviz.storage.loading import load, load_weights, read_config, read_document
from kerasviz.storage.saving import save

__all__ = ["load", "load_weights", "read_config", "read_document", "save"]
