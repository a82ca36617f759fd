"""The kinds of transactions, as execution options of a connection that begins one."""

WRITE = "write"  # it will write, so that SQLite's lock is taken up front
DURABLE = "durable"  # False: its commit need not outlive a crash of the database's machine
