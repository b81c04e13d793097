"""What differs between two Word files: chapter by chapter, table by table, cell by cell."""
