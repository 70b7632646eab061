"""The audit on an existing distributed engine: Spark reads, joins and spreads; our own function counts."""
