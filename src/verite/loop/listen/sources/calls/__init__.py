"""Call records: what telephone systems write of each call, or of each leg of it."""
