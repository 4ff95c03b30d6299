"""Who is who: identities become people, and the story so far of each."""
