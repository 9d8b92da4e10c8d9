"""One sample's way through a drawing: the layers that are called for it, and what comes out of each."""
