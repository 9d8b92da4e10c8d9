"""What a kernel does for the pages: sessions, clients, revisions and requests."""
