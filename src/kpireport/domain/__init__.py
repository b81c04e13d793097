"""The facts: the plan, its values, years and settings. Imports nothing but the errors.

How the plan changes. ``catalogue.json`` keeps the plan as decided, and its ``revisions``
(改定) beside it, oldest first. ``histories`` applies them one after the other, by
``plan_trees``, and knows what was in force in which fiscal year. Whoever needs the plan of
a year asks :func:`~kpireport.domain.histories.in_force`.

A row's id is the same in all of these plans. A part of a split row that goes on with the
whole (``continues``) finds the whole's actuals and judgements under its own id.

Reading (``sources``) follows the changes in the raw file, so that each change is held
against the plan as it is by then, whether or not its neighbours are faulty. What reading
lets pass, :class:`~kpireport.domain.plan_trees.PlanTree` can apply: tests mangle files to
make sure of it.

Every year is judged by its own plan (``evaluation``).

The document numbers the changes (``document.changes``): marks in the tables, the notes below
them and the list in 資料編 bear the same number.
"""
