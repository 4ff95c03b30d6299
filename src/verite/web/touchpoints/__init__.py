"""One touchpoint: its figures, flows, words and owner."""
