"""One declaration each: file = slug = URL = column."""
