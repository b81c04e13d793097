"""On which page of a Word file something stands, as far as the file says.

Comes in: the breaks in the order of the text: those that people set, and those that Word
noted when it laid the document out for the last time (17.3.3.13). Goes out: the page. A file
without such notes may have any number of pages: nobody knows them but who lays it out.
"""

from __future__ import annotations

from kpireport.quickly import dataclass


@dataclass(slots=True)
class Pages:
    """Counts pages.

    Attributes:
        is_known: the file notes where its pages end.
        now: the page that is being read, from 1.
    """

    is_known: bool
    now: int = 1
    _has_words: bool = False  # or nothing stands on it yet

    @property
    def told(self) -> int:
        """The page that is being read; 0 where the file does not say."""
        return self.now if self.is_known else 0

    def break_here(self) -> None:
        """Begin a page where somebody set a break."""
        self.now += 1
        self._has_words = False

    def noted(self) -> None:
        """Begin a page where Word did; a break that was set just before is the same."""
        if self._has_words:
            self.break_here()

    def wrote(self) -> None:
        """Note that something stands on the page."""
        self._has_words = True

    def state(self) -> tuple[int, bool]:
        """Return where the count is, for :meth:`back_to`; the further, the greater."""
        return self.now, self._has_words

    def back_to(self, state: tuple[int, bool]) -> None:
        """Count on from an earlier place: cells of a row stand beside each other."""
        self.now, self._has_words = state
