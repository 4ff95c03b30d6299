"""Who changed what, when: one entry per action."""
