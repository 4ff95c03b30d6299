"""Arrays or tallies in, estimates out; pure."""
