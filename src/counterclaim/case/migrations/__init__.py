"""The history of the tables, one file a revision, run by `case.engine` when a case is opened.

A change to `case.schema` needs a new file in `versions`, named and numbered after the last, that says what changed in plain
operations, and `schema.HEAD` set to it. Never edit a revision that was released: cases of that age are out there.
"""
