"""The JSON of the command line for members and for programs with a key."""
