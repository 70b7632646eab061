"""A facilitator: the practices that they support, by protected figures only."""
