"""Keras configs of any age: what they may contain, and what they are today."""

from kerasviz.config.check import check_layer, check_model
from kerasviz.config.modelfileerror import ModelFileError

__all__ = ["ModelFileError", "check_layer", "check_model"]
