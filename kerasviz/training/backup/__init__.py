"""The backup of a run, from which a new kernel continues."""
