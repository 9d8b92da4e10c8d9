"""What pages ask, one module for each topic."""
