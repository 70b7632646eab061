"""Pictures of how an inhaler is used, drawn by code: one for each step, in the page's own ink."""
