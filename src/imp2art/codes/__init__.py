"""Clinical codes: their types, codelists and the library that ships with the project."""
