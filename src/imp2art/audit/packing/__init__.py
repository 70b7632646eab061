"""People and their entries as small sorted arrays, of a practice or a nation."""
