"""What counts: kernels over the timeline, and the same questions as portable SQL."""
