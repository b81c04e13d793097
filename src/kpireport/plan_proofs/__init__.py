"""A plan read against its original by two people (読み合わせ): what was read, row by row.

Comes in: the plan's file, and the workbook of :mod:`kpireport.plan_books` with the places and
the words of the original (原本), if it was read from one. Goes out: a workbook to tick and a
page to print; what is not ticked yet.

One reads the original aloud (読み手), the other follows what was read (聞き手), and each ticks
for themselves: a row is done when both have. One person alone reads what they expect to
read; so two ticks it is, and nothing is held up by them: ``check`` and a final build tell
what is left, a plan in print may be proved years later.

Ticks live in the workbook beside the plan's file. With each row stands a digest of what the
plan's file says there (:mod:`~kpireport.plan_proofs.rows`), not of how we say it: a row that
was changed after its ticks is to be read again, and a new version of ours unticks nothing.
Made anew, the workbook keeps the ticks of rows that say the same, and all remarks; a remark
whose row is gone stands on a sheet of its own.
"""
