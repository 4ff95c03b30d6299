"""The collector: events over HTTP into the inbox, and out of it into the ledger."""
