"""Who is told outside: webhook targets, and the deliveries made to them."""
