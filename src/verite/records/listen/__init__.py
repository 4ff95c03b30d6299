"""What was brought in from the pages: imports and saved column mappings."""
