"""The command line: one verb per file, and the only place that prints or exits."""
