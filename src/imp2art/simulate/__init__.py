"""Synthetic patients and practices, deterministic. No real person is in them."""
