"""Who is told of alerts outside, and what became of each delivery."""
