"""Cards of customers handed out by a signed link, and taken back."""
