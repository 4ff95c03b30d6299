"""The page of experience and loyalty."""
