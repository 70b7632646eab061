"""Charts as SVG text, made here: text stays text, no address outside, and a table for each."""
