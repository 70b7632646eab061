"""Pages for everyone: what this is, and whether a copy of a plan is the newest one."""
