"""What a model is before it is built: shapes, parameters and mistakes, told by Keras without weights."""

from kerasviz.analysis.analyzer import Analyzer

__all__ = ["Analyzer"]
