"""Files with data, before anybody knows what is in them."""
