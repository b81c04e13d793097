"""What a report's document is made by: composing its words, writing its files.

Word and PDF at once
    A review's Word file is made by a process of its own (``word_beside``) where there are two
    cores: it begins while this one reads and loads what it needs, draws the charts and breaks the
    lines of tables while the PDF is laid out here, is told its pages, and writes while it is
    painted. Threads would gain nothing: nearly all of it is Python. A plan or a digest is written
    before another process has begun.

Charts that stay the same
    What is dear of a chart are its images for Word. They are kept in the report's folder
    (``kept_charts``), known by what is drawn in them, and only for the very programs and fonts
    that made them. Who keeps nothing (an archive, a cluster) draws all.
"""
