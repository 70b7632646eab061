"""Rivals of the audit's engine, each written as a good user of that library would write it."""
