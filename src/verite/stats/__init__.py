"""Numbers in, intervals out: the formulas of every figure, each with its source."""
