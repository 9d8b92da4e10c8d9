"""Shares of logits, as Keras' losses take them with `from_logits=True`."""

from __future__ import annotations

import numpy as np


def sigmoid(logits: np.ndarray) -> np.ndarray:
    """The probability of each logit, of the same shape."""
    return np.asarray(1 / (1 + np.exp(-logits)))


def softmax(logits: np.ndarray) -> np.ndarray:
    """The probability of each class, `(items, classes)`; no logit is too large for it."""
    powers = np.exp(logits - logits.max(axis=1, keepdims=True))
    return np.asarray(powers / powers.sum(axis=1, keepdims=True))
