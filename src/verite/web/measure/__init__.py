"""All measures, one measure’s trend, targets."""
