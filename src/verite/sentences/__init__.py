"""A result, or an error, said in one French or English sentence."""
