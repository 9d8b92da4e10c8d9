"""Model files: safely in, atomically out."""

from kerasviz.storage.exports import ExportError
from kerasviz.storage.files import FileReport, convert_file, inspect_file
from kerasviz.storage.formats import FORMATS, Format, format_of, missing_for
from kerasviz.storage.loading import load, load_weights, read_config, read_document
from kerasviz.storage.saving import save, write_model

__all__ = [
    "FORMATS",
    "ExportError",
    "FileReport",
    "Format",
    "convert_file",
    "format_of",
    "inspect_file",
    "load",
    "load_weights",
    "missing_for",
    "read_config",
    "read_document",
    "save",
    "write_model",
]
