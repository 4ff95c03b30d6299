"""The model card of the running feeling, and its fit."""
