"""Model files: safely in, atomically out."""

from kerasviz.storage.files import FileReport, convert_file, inspect_file
from kerasviz.storage.formats import FORMATS, Format, format_of
from kerasviz.storage.loading import load, load_weights, read_config, read_document
from kerasviz.storage.saving import save

__all__ = [
    "FORMATS",
    "FileReport",
    "Format",
    "convert_file",
    "format_of",
    "inspect_file",
    "load",
    "load_weights",
    "read_config",
    "read_document",
    "save",
]
