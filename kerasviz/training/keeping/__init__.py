"""Epochs of a run that are kept on the disk, to go back to."""
