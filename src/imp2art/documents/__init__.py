"""Values to PDF and words: Typst templates and the readers of `content/`."""
