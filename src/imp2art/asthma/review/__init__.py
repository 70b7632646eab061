"""The review: what was asked and found, what the record already tells, and the codes that it writes."""
