"""The rights of a person: pages that export, erase, and check a receipt."""
