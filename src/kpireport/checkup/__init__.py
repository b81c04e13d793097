"""What keeps a computer from doing the work, before it does (点検): for whoever asks for help.

``examining`` looks at everything in turn; each look is one function that returns
:class:`~kpireport.checkup.points.Point`: what was looked at, what there is, and what is wrong
with it. ``programs`` looks at what was installed, ``machine`` at the computer, ``folders`` at
the folder and the reports in it, ``shares`` at where that folder is.

A look never stops another: what cannot be looked at is told as that. Errors keep the work from
being done or spoil it; warnings may do so one day.

What is told can be sent to a stranger. So no text has a name in it that people gave: folders and
files are told by what they are to a report (出来上がりのフォルダー), by the names that the program
itself gives them, or by their number; of names that are wrong, the characters that make
them so. Versions, sums, sizes and counts are told as they are.

No look changes anything but one: whether a folder can be written to is found out by making a
small file in it, which is removed again.
"""

from kpireport.checkup.examining import examine
from kpireport.checkup.points import Checkup, Point, Spot

__all__ = ["Checkup", "Point", "Spot", "examine"]
