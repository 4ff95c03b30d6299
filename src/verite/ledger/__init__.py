"""Interactions for ever: inbox, ledger, timeline; keys; one port, one file per engine."""
