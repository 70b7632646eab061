"""What makes an attack more likely, or shows that care fell short: flags with their rule and source."""
