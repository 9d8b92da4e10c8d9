"""Model files: safely in, atomically out."""

from kerasviz.storage.files import FileReport, convert_file, inspect_file
from kerasviz.storage.loading import load, load_weights, read_config, read_document
from kerasviz.storage.saving import save

__all__ = [
    "FileReport",
    "convert_file",
    "inspect_file",
    "load",
    "load_weights",
    "read_config",
    "read_document",
    "save",
]
