"""A result drawn as accessible SVG."""
