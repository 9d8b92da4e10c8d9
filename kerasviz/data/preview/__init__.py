"""A look at data before anybody trains on it: what is in it, and what a careful person would ask."""
