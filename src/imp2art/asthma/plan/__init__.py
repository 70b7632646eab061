"""The personalised asthma action plan: its value, how it is begun, and whether it may be issued."""
