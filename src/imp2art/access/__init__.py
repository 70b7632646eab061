"""Who may do what to which practice: one table, asked by every flow and page."""
