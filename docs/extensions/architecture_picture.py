"""The picture of the architecture, for readers without the script that draws it.

Comes in: the ``mermaid`` block of CONTRIBUTING, which GitHub draws with a script from
the network. Goes out: the picture that ``tools/handbook`` made of it.
"""

from __future__ import annotations

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective
from sphinx.util.typing import ExtensionMetadata

PICTURE = "/images/architecture.svg"
ALT = "How data walks through the packages; the table below says the same in words."


class ArchitecturePicture(SphinxDirective):
    """A fenced ``mermaid`` block: the picture instead of its source."""

    has_content = True

    def run(self) -> list[nodes.Node]:
        """Return the picture."""
        return [nodes.image(uri=PICTURE, alt=ALT)]


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the directive with Sphinx."""
    app.add_directive("mermaid", ArchitecturePicture)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
