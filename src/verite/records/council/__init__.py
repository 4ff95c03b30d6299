"""Records of the works council's consultation: without one, no figure per agent is computed."""
