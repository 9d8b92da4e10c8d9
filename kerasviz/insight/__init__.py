"""A look inside a model: what its layers give for a sample, what it learned, and what is wrong with it."""
