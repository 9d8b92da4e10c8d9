"""Data that `fit` takes batch by batch: what it is, and whether a model takes it."""
