"""The look: NHS.UK frontend, templates, static files. No audience, no patient."""
