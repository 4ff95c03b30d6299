"""Pages: each parses, asks the home one question or calls one action, and renders."""
