"""Clairvoie, a made-up fibre operator with planted truths."""
