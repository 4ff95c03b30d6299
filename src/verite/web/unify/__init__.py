"""The pages of people: joined, to review, undone."""
