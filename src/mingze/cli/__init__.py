"""The `mingze` command: what operators, procedure authors and programs use."""
