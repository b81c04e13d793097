"""Writers: blocks of final text → files. They know blocks, not the plan, nor each other.

Fonts, points and colours are in ``theme`` alone. Writers dispatch on blocks by ``match``
with ``assert_never``: a kind of block that a writer does not know is a type error.

How lines break. ``breaks`` knows where a text may break (ICU; JIS X 4051) and what each
break costs: BudouX tells where phrases end, and ICU's dictionary the words of a compound in
katakana. What is read as one (an era with its year, a mark's name, a number with its unit)
is kept whole in prose too. Cells of tables and titles of charts choose by the same costs;
``widths`` gives their columns room for the same words. A look says how its lines are chosen
(``Breaking``). Word breaks its own lines of prose, and is told where those of other cells end.
"""
