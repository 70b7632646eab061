"""One file per job, a verb phrase: check, think, keep, answer."""
