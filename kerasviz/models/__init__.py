"""Models that live: built, opened, found in the kernel, drawn as a diagram."""
