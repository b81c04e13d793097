"""Sphinx's settings for the site: the staff's handbook, and the developers' pages."""

from __future__ import annotations

import logging
import sys
from pathlib import Path

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE), str(HERE.parent / "src")]

from kpireport import __version__  # noqa: E402 -- found by the line above

# the highlighting that the theme brings has every program's notes shown when it is imported
logging.getLogger("pikepdf").setLevel(logging.WARNING)

project = "kpireport"
author = "The kpireport authors"
release = version = __version__
language = "ja"
locale_dirs = ["locales"]

extensions = [
    "myst_parser",
    "sphinx.ext.autodoc",
    "sphinx.ext.napoleon",
    "extensions.architecture_picture",
    "extensions.japanese_search",
]
exclude_patterns = ["site", "extensions"]

# --- Markdown --------------------------------------------------------------------
myst_enable_extensions = ["attrs_block", "colon_fence", "deflist"]
myst_heading_anchors = 3
myst_fence_as_directive = ["mermaid"]

# --- the API reference -----------------------------------------------------------
autodoc_class_signature = "separated"
autodoc_member_order = "bysource"
# `theme=DEFAULT_THEME`, not all that it is
autodoc_preserve_defaults = True
autodoc_typehints = "signature"
autodoc_default_options = {"members": True, "undoc-members": False, "show-inheritance": True}
napoleon_numpy_docstring = False
napoleon_use_ivar = True
napoleon_use_rtype = False

# --- the site --------------------------------------------------------------------
html_theme = "furo"
html_title = "kpireport の手引"
html_static_path = ["static"]
html_css_files = ["handbook.css"]
html_copy_source = False
html_show_copyright = False
html_permalinks_icon = "#"
# a page opened as a file may not fetch another, from which the excerpt would be taken
html_show_search_summary = False
