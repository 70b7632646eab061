"""The patient's own pages: the plan by a link, on a phone, without an account."""
