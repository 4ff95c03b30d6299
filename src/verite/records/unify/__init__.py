"""What people decide about who is who."""
