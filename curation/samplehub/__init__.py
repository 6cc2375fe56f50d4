"""A Hub on this machine's loopback: real models, the real API, and faults on demand."""
