"""The format-neutral document and its composition, one function per visible section.

Every string in a block is final: era dates, rates, marks, numbers of tables. Writers lay
blocks out and add nothing to read, so that Word and PDF cannot disagree.

How the review is laid together. ``review`` puts the chapters one after the other.
``glance`` is the page that stands alone: the year in sentences (``year_sentences``), the bars
of marks (``marks``), what went well and what did not. ``behind`` lists what is late, worst
first, with what is missing to its target (``missing``), why (``sentences`` finds the one that
says so) and who is responsible (``owners``), then whose mark changed. A goal's chapter is its
band (``goal_bands``), its table (``kpi_tables``, the columns in ``kpi_columns``) with what
stands below each plan's rows (``plan_notes``), and the charts of the most telling indicators
(``main_charts``); all others have their course (``indicator_charts``) as a sparkline in
their row. ``appendix`` has the rest, with the index by department (``department_index``).
``digest`` (概要版) is the glance
alone, with the worst of what is behind: it reuses both, and refers to no page that it has
not got. ``sheets`` is the edition of evaluation sheets (評価シート), of the same facts: a
section for each indicator (``indicator_sheets``) or plan (``plan_sheets``), whose head and
boxes are ``sheet_parts``. Counts and rankings are made in :mod:`kpireport.evaluation`, never here.

How captions are numbered. Tables and chart grids carry a ``Caption`` (図表番号).
``captions`` numbers all of them in reading order when the composition is done, and gives the
spans that refer to them (:func:`~kpireport.document.captions.refer_to`) their text. In Word
the number is a ``SEQ`` field, whose switch keeps the width of its digits; a span that says
just what its target says is a ``REF`` field, any other with a target a link. The tables that
mirror the decided plan, and the departments' words, have no caption. A new table of any other
kind gets one (:func:`~kpireport.document.captions.table_caption`).

How a text finds its way back. A block whose text stands in the inputs says so in its
``source`` (``sources``). Staff may edit such texts in Word, and :mod:`kpireport.pulling`
takes them back. A new text of the inputs needs its source.
"""
