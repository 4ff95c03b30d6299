"""The page of event names: what each means here, and those that nobody has explained yet."""
