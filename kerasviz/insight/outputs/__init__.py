"""What came out of a layer, as something to look at; and what the outputs of a model say."""
