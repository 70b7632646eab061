"""The other forms of a plan: wallet card, large print, easy read, black and white, read aloud."""
