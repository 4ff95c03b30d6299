"""Import pages: upload, preview, progress, result, quarantine."""
