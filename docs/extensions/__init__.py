"""What the site needs beside Sphinx: search in Japanese, and parts that the code writes."""
