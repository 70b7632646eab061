"""The plan as data: a FHIR R4 Bundle, strictly written and strictly read, and fields coded in CTV3."""
