"""The cockpit: what changed, where we stand, what is silent."""
