"""What the home holds, and whether it is well."""
