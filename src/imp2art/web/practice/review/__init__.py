"""The review being written: its form, its column, what was prefilled, and two people's words merged."""
