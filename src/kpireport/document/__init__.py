"""The format-neutral document and its composition, one function per visible section."""
