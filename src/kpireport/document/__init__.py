"""The format-neutral document and its composition, one function per visible section.

Every string in a block is final: era dates, rates, marks, numbers of tables. Writers lay
blocks out and add nothing to read, so that Word and PDF cannot disagree.

How captions are numbered. Tables and chart grids carry a ``Caption`` (図表番号).
``captions`` numbers all of them in reading order when the composition is done, and gives the
spans that refer to them (:func:`~kpireport.document.captions.refer_to`) their text. In Word
the number is a ``SEQ`` field, whose switch keeps the width of its digits; a span that says
just what its target says is a ``REF`` field, any other with a target a link. The tables that
mirror the decided plan, and the departments' words, have no caption. A new table of 総括 or
資料編 gets one (:func:`~kpireport.document.captions.table_caption`).

How a text finds its way back. A block whose text stands in the inputs says so in its
``source`` (``sources``). Staff may edit such texts in Word, and :mod:`kpireport.pulling`
takes them back. A new text of the inputs needs its source.
"""
