"""Word files opened again, without trust: what they say.

Comes in: a file that was built or kept, and may have been edited since (``opening``). Goes
out: its words as a reader of the page has them, with the texts that may be edited apart
(``words``; ``body``, ``inline`` and ``frames`` read it, ``signs`` stand for what is no text).
"""
