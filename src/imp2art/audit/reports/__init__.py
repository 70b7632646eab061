"""What a report says, when, to whom, and what is done about it."""
