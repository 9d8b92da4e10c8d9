"""Tables that are written as text: a row a line, its values with a delimiter between them."""
