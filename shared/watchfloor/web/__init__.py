"""The door to the outside: the guarded client, by which every outbound request of the services goes.

Nothing is re-exported here: what a caller needs stands in `client`, `limits`, `response`, `errors` and `allowed`, and
who asks only for a code or a limit need not load the HTTP library.
"""
