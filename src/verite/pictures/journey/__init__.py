"""The journey: touchpoints in the columns of their stages, flows between them, feeling under."""
