"""The timeline: a derived, sorted, memory-mapped copy of the ledger, deletable at any time."""
