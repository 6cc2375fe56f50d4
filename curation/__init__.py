"""Keep a versioned catalog of machine-learning models true."""

__version__ = "0.1.0"
