"""The clinic: small pure rules that a nurse can read whole and sign. Standard library only."""
