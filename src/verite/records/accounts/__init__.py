"""Who may sign in: members, one-time sign-in links, failed attempts."""
