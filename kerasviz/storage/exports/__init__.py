"""Models for other programs than Keras: written by `model.export`, and run before they are kept."""

from kerasviz.storage.exports.exportedfile import Tell, check_exportable, export
from kerasviz.storage.exports.exporterror import ExportError
from kerasviz.storage.exports.runtimes import EXPORTS, missing

__all__ = ["EXPORTS", "ExportError", "Tell", "check_exportable", "export", "missing"]
