"""Writers: blocks of final text → files. They know blocks, not the plan, nor each other."""
