"""The catalog on disk: read typed, written whole or not at all."""
