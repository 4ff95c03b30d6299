"""The running feeling: what all contacts so far have left, fitted to an outcome and validated."""
