"""Analysis of a model before it is built: shapes, parameters and mistakes, without weights."""

from kerasviz.analysis.analyzer import Analyzer
from kerasviz.analysis.mistakes import apply_fix
from kerasviz.analysis.wholemodel import analyze

__all__ = ["Analyzer", "analyze", "apply_fix"]
