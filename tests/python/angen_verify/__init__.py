"""A second implementation of package verification, written from docs/protocol.md alone."""
