"""Moments of truth as people declared or refused them, every version kept."""
