"""What people write: models, records (ORM to words) and actions; no HTTP."""
