"""The SBOM: CycloneDX as JSON, of what a folder to carry has, the same for the same parts.

Comes in: the parts, a date. Goes out: the text of the file.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterator, Sequence

from cyclonedx.contrib.license.factories import LicenseFactory
from cyclonedx.model import HashAlgorithm, HashType
from cyclonedx.model.bom import Bom, BomMetaData
from cyclonedx.model.component import Component, ComponentType
from cyclonedx.output.json import JsonV1Dot6
from packageurl import PackageURL

from tools.offline.parts import Part


def sbom(parts: Sequence[Part], made: dt.datetime) -> str:
    """Return the SBOM; the serial number is of the parts' sums, so that it is theirs alone."""
    every = {str(part.name): _component(part) for part in parts}
    main = every["kpireport"]
    sums = sorted(wheel.sha256 for part in parts for wheel in part.wheels)
    bom = Bom(
        components=[each for each in every.values() if each is not main],
        serial_number=uuid.uuid5(uuid.NAMESPACE_URL, "".join(sums)),
        metadata=BomMetaData(component=main, timestamp=made),
    )
    for part in parts:
        bom.register_dependency(every[part.name], [every[name] for name in part.needs])
    return str(JsonV1Dot6(bom).output_as_string(indent=2)) + "\n"


def _component(part: Part) -> Component:
    is_main = part.name == "kpireport"
    address = PackageURL("pypi", None, part.name, part.version)
    return Component(
        name=part.name,
        version=part.version,
        description=part.summary,
        type=ComponentType.APPLICATION if is_main else ComponentType.LIBRARY,
        bom_ref=f"{part.name}@{part.version}",
        purl=address,
        licenses=[LicenseFactory().make_from_string(part.licence)] if part.licence else [],
        components=[*_files(part), *map(_inside, part.inside)],
    )


def _files(part: Part) -> Iterator[Component]:
    for wheel in part.wheels:
        yield Component(
            name=wheel.path.name,
            type=ComponentType.FILE,
            bom_ref=wheel.path.name,
            hashes=[HashType(alg=HashAlgorithm.SHA_256, content=wheel.sha256)],
        )


def _inside(part: Part) -> Component:
    return Component(
        name=part.title,
        version=part.version or None,
        description=part.summary,
        bom_ref=f"inside:{part.title}",
        licenses=[LicenseFactory().make_from_string(part.licence)],
    )
