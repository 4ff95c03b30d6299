"""The nouns: interactions, estimates, journeys, and every result; frozen and pure."""
