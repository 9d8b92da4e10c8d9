"""From a document and data to a trained model, with its curves."""
