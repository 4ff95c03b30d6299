"""A customer's story across channels: lanes, waits, changes of channel, feeling, waiting."""
