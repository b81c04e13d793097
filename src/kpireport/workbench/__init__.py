"""The workbench: the staff's whole year in a browser, on the desk of one computer.

Comes in: a folder, opened by ``kpireport open``; requests of the browser on the same
computer. Goes out: pages; and what the commands write, by the same functions. The folder's
files stay the only store: what a page shows was read from them, and is read again once a
file is another.

How a request is answered
    ``guarding`` lets in what comes from this computer's own browser and knows the token: all
    else is refused before anything is read. ``pages`` has the list of all addresses; each
    leads to a function of a page's module, which is loaded then. One that shows takes a
    :class:`~kpireport.workbench.asking.Asked` and returns a page; one that changes something
    takes a :class:`~kpireport.workbench.asking.Posted`, which exists only where the form bears
    the session's secret, and ends with an address to go to. Templates (``templates/``) have the
    words of pages; what several say is a macro in ``parts.html``.

How nobody waits without knowing why
    The first page needs the settings alone, and loads nothing else. Once it is there,
    ``warming`` loads the other pages' modules and reads the latest year, giving way to
    whatever is asked for. ``shelf`` keeps what was read of a report until one of its files is
    another. A page that takes a while says so at once, and follows (``waiting``).

How long work is done
    ``jobs`` does one thing after the other on a thread of its own; its page shows how far it
    is, and cancels it between two steps: files are written all at the end, or not at all.

How two people find out about each other
    ``presence`` leaves a small file in the folder with a name and a time, and reads those of
    others. What is written holds against what was read (:class:`kpireport.files.NewFile`), so
    nobody's work is overwritten even if nobody looks.
"""
