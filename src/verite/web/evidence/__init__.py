"""The interactions behind a figure."""
