"""The action plan on paper and as text: its words, its page, its file."""
