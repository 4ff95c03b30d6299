"""NPS, CSAT, CES, times, rates, retention, changes, trends, targets."""
