"""The handbook kept true: its command lines are run, its outputs and pictures are made."""
