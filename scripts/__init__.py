"""What developers run from the root of the project."""
