"""A folder to carry to a closed network: ``make offline``.

Comes in: this checkout, and the registry of pip's usual configuration. Goes out: for each
of :data:`tools.offline.targets.CARRIED` a zip file in ``dist``, the same for the same wheels.

:mod:`~tools.offline.fetching` finds what is needed and fetches it,
:mod:`~tools.offline.own_wheel` makes kpireport's wheel, :mod:`~tools.offline.wheels` reads
what each wheel says of itself, :mod:`~tools.offline.licences` puts its licence as SPDX does,
:mod:`~tools.offline.inside` finds what others made that it carries,
:mod:`~tools.offline.parts` puts these together, :mod:`~tools.offline.pages` and
:mod:`~tools.offline.inventory` tell that on pages and as an SBOM,
:mod:`~tools.offline.scripts` writes what people double-click,
:mod:`~tools.offline.folders` puts all together with the list of sums, and
:mod:`~tools.offline.making` answers the command line.
"""
