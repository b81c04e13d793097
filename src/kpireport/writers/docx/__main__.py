"""``python -m kpireport.writers.docx`` makes the shipped base document anew."""

from kpireport.writers.docx.base import BASE_FILE, make_base

if __name__ == "__main__":
    BASE_FILE.write_bytes(make_base())
