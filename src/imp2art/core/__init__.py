"""Words that every room uses. Knows nothing else of the project; standard library only."""
