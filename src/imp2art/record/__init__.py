"""One patient's coded record as values, and the shape of an extract. Standard library only."""
