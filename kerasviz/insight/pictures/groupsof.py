"""Samples by what a column says of them: this function is part of scripts as it stands here."""

import numpy as np


def groups_of(values: np.ndarray) -> list[tuple[str, np.ndarray]]:
    """The numbers of samples by the value of a column, or by five ranges of numbers."""
    is_text = values.dtype.kind in "OUS"
    values = values.astype("float64") if values.dtype.kind in "biu" else values
    missing = np.array([value is None or value != value for value in values.tolist()], bool)
    there = np.flatnonzero(~missing)
    known = values[there].astype(str) if is_text else values[there]
    names, which, counts = np.unique(known, return_inverse=True, return_counts=True)
    groups = []
    if is_text or len(names) <= 12:
        frequent = np.sort(np.argsort(-counts, kind="stable")[:20])
        words = [str(name) if is_text else f"{name:g}" for name in names[frequent]]
        groups = [(word, there[which == i]) for word, i in zip(words, frequent, strict=True)]
        rare = there[~np.isin(which, frequent)]
        groups += [("all other values", rare)] if len(rare) else []
    else:
        ordered = np.sort(known)
        which = np.searchsorted(np.unique(ordered[np.arange(1, 5) * len(ordered) // 5]), known, "right")
        for i in np.unique(which):
            inside = known[which == i]
            groups.append((f"{inside.min():.6g} to {inside.max():.6g}", there[which == i]))
    return groups + ([("missing", np.flatnonzero(missing))] if missing.any() else [])
