"""Where data comes from: one module for each source."""
