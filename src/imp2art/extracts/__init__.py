"""Supplier files (CSV, Parquet) to records, with a reject list; and records to files."""
