"""The one way to the network: every request bounded, paced, and kept to its origin."""
