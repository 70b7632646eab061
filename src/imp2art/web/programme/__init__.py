"""The programme office: every practice's report clock, releases, versions, tables for research. No figure."""
