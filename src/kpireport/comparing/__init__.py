"""What differs between two years, two builds or two plans, cell by cell.

Comes in: two report folders, catalogues or built files. Goes out: the differences, each
with its place and both texts.
"""
