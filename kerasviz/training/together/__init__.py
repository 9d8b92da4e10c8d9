"""Several processes that train one model: each computes its share of each batch, and all do the same."""
