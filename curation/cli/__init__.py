"""The command line, and the only place that prints or exits: a file for each verb.

A verb with helpers that nobody else needs is a folder; what several verbs need lies beside them.
"""
