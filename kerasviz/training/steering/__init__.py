"""Numbers of a run that can be changed while it trains."""
