"""Pages of what comes from inside: values known by staff, the same answer everywhere."""
