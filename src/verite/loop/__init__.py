"""The loop, one folder per step."""
