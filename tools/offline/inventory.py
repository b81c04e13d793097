"""The SBOM: CycloneDX as JSON, of what a folder to carry has, the same for the same parts.

Comes in: the parts, a date. Goes out: the text of the file. What others made that is inside a
wheel stands inside its component, beside the wheel's files.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterator, Sequence

from cyclonedx.contrib.license.factories import LicenseFactory
from cyclonedx.model import HashAlgorithm, HashType
from cyclonedx.model.bom import Bom, BomMetaData
from cyclonedx.model.component import Component as CycloneComponent
from cyclonedx.model.component import ComponentType
from cyclonedx.model.license import License
from cyclonedx.output.json import JsonV1Dot6
from cyclonedx.spdx import is_supported_id
from packageurl import PackageURL

from tools.offline.inside import Component
from tools.offline.parts import OWN, Part


def sbom(parts: Sequence[Part], made: dt.datetime) -> str:
    """Return the SBOM; the serial number is of the parts' sums, so that it is theirs alone."""
    every = {str(part.name): _component(part) for part in parts}
    main = every[OWN]
    sums = sorted(wheel.sha256 for part in parts for wheel in part.wheels)
    bom = Bom(
        components=[each for each in every.values() if each is not main],
        serial_number=uuid.uuid5(uuid.NAMESPACE_URL, "".join(sums)),
        metadata=BomMetaData(component=main, timestamp=made),
    )
    for part in parts:
        bom.register_dependency(every[part.name], [every[name] for name in part.needs])
    return str(JsonV1Dot6(bom).output_as_string(indent=2)) + "\n"


def _component(part: Part) -> CycloneComponent:
    is_main = part.name == OWN
    reference = f"{part.name}@{part.version}"
    return CycloneComponent(
        name=part.name,
        version=part.version,
        description=part.summary,
        type=ComponentType.APPLICATION if is_main else ComponentType.LIBRARY,
        bom_ref=reference,
        # what others have on the registry under this name is not this
        purl=PackageURL("generic" if is_main else "pypi", None, part.name, part.version),
        licenses=[_licence(part.licence)],
        components=[*_files(part), *(_inside(each, reference) for each in part.inside)],
    )


def _licence(expression: str) -> License:
    """Return a licence as SPDX has it: an identifier, or an expression of several."""
    if is_supported_id(expression):
        return LicenseFactory().make_with_id(expression)
    return LicenseFactory().make_with_expression(expression)


def _files(part: Part) -> Iterator[CycloneComponent]:
    for wheel in part.wheels:
        yield CycloneComponent(
            name=wheel.path.name,
            type=ComponentType.FILE,
            bom_ref=wheel.path.name,
            hashes=[HashType(alg=HashAlgorithm.SHA_256, content=wheel.sha256)],
        )


def _inside(component: Component, reference: str) -> CycloneComponent:
    name = "@".join(filter(None, (component.title, component.version)))
    return CycloneComponent(
        name=component.title,
        version=component.version or None,
        description=component.summary or None,
        bom_ref=f"{reference}/{name}",
        purl=PackageURL.from_string(component.address) if component.address else None,
        cpe=component.cpe or None,
        licenses=[_licence(component.licence)],
    )
