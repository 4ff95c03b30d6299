"""The story of one customer on a card that opens by a signed link, in a help desk or alone."""
