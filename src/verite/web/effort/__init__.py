"""The page of effort: what repetition costs."""
