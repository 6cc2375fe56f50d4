"""Releases: versioned, checksummed builds of a catalog, and how they are read."""
