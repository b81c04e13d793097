"""A plan's document that exists (原本), read into the rows of the plan's workbook.

Comes in: a Word file, a workbook or a PDF. Goes out: the sheets of
:mod:`kpireport.plan_books`, each row with its place in the document, and all that could not
be placed on a sheet of its own.

The document's own format ends at :mod:`~kpireport.plan_documents.tables`: tables of cells and
the texts between them, as they stand on the pages. What they mean is told from there on,
whatever file they came from.
"""
