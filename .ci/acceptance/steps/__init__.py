"""The scenarios of the acceptance."""
