"""A sweep: runs of one plan with other values, to see which do best."""
