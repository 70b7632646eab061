"""One command, `imp2art`."""
