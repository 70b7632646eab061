"""What conditions mean, slowly and plainly: what the fast engine is held to, and what explains it."""
