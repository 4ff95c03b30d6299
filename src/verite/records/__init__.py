"""What people write: Django models, records, actions."""
