"""The plan as a workbook (計画のブック), both ways.

Comes in: the plan's file ``catalogue.json``, or a workbook. Goes out: the other of the two.

What a sheet and a column is stands in one place, :mod:`~kpireport.plan_books.columns`. A cell
has a value in a notation of its own (:mod:`~kpireport.plan_books.notations`); what has no
column, or would not come back as it was, stands as a merge patch in the row's last cell
(:mod:`~kpireport.plan_books.patches`). So every plan's file in its canonical form
(:mod:`kpireport.sources.catalogue_text`) goes through a workbook and comes back as the same
bytes, also one with items that no sheet knows.

``flattening`` makes rows of the file's objects, ``growing`` objects of rows; ``exporting`` and
``importing`` do so with a workbook. Whoever walks the goals, all that is below them and what
revisions bring does so by :mod:`~kpireport.plan_books.parts`. Problems are those of the file's
own checks, told at the cell that an item was made of.

A form is a row too: :mod:`~kpireport.plan_books.plan_rows` changes the file row by row without
a workbook, and :mod:`~kpireport.plan_books.new_change` writes a revision as the rows that it is.
"""
