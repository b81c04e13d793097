"""Where the collection of a year's actuals stands: who has reported, what looks wrong.

Comes in: a report folder. Goes out: a board, by department, of what is reported, missing,
refused and suspicious, and of the judgements to come.
"""
