"""Python as text: expressions, how they are laid out, and pieces of a script."""
