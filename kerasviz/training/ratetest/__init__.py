"""The learning-rate range test: a few batches with a rate that grows, to see where a model learns."""
