"""The fast engine inside: masks of conditions, and the rules on them."""
