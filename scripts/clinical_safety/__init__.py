"""The clinical safety file as data: read, checked, and made into a safety case."""
