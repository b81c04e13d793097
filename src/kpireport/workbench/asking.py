"""What pages are asked, and what they answer with.

Comes in: a request that was let in. Goes out: an :class:`Asked`, or for a form that bears the
session's secret a :class:`Posted`; responses made of templates.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from kpireport.domain.names import in_one_line
from kpireport.messages import in_plain_lines
from kpireport.quickly import dataclass
from kpireport.workbench.desk import Desk
from kpireport.workbench.mending import Mending
from kpireport.workbench.page_words import whole_ids
from kpireport.workbench.workplace import Found

if TYPE_CHECKING:
    from kpireport.plan_books.plan_rows import PlanRows
    from kpireport.reports import Report

MOST_FILES = 200
MOST_FIELDS = 5_000
LARGEST_FIELD = 2**20


class UnknownAddressError(Exception):
    """The address leads to nothing that is in the folder."""


class OutdatedFormError(Exception):
    """A form does not bear the secret of this session: it is of an earlier one."""


def address(*parts: str) -> str:
    """Return an address made of names, which may have any characters."""
    return "/" + "/".join(quote(each, safe="/~") for each in parts)


_TEMPLATES = Environment(
    loader=PackageLoader("kpireport.workbench"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
_TEMPLATES.globals["address"] = address
_TEMPLATES.filters["one_line"] = in_one_line
_TEMPLATES.filters["plain"] = in_plain_lines
_TEMPLATES.filters["whole_ids"] = whole_ids


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that was dropped: its name as the person has it, and its bytes."""

    name: str
    data: bytes


class Asked:
    """A request for a page.

    Attributes:
        desk: what all pages share.
        request: as it came.
    """

    def __init__(self, desk: Desk, request: Request) -> None:
        """Take a request that was let in."""
        self.desk, self.request = desk, request

    @cached_property
    def found(self) -> Found:
        """What is in the folder now."""
        return self.desk.workplace.look()

    @property
    def is_free(self) -> bool:
        """Whether a plan may be begun in the opened folder itself: there is none in it or below."""
        return not self.found.plans and not self.found.is_cut

    @property
    def name(self) -> str:
        """The report's or plan's name in the address."""
        return str(self.request.path_params["name"])

    @property
    def folder(self) -> Path:
        """The report folder that the address names.

        Raises:
            UnknownAddressError: there is none of that name.
        """
        folder = self.found.reports.get(self.name)
        if folder is None:
            raise UnknownAddressError
        return folder

    @property
    def plan_file(self) -> Path:
        """The plan's file that the address names.

        Raises:
            UnknownAddressError: there is none of that name.
        """
        file = self.found.plans.get(self.name)
        if file is None:
            raise UnknownAddressError
        return file

    @property
    def plan(self) -> PlanRows:
        """The plan that the address names, as rows.

        Raises:
            InputError: with every problem of the plan's file.
            UnknownAddressError: there is none of that name.
        """
        return self.desk.shelf.plan(self.plan_file)

    @property
    def report(self) -> Report:
        """The report that the address names, inspected.

        Raises:
            InputError: its settings or its plan cannot be used.
            UnknownAddressError: there is none of that name.
        """
        return self.desk.shelf.report(self.folder)

    @cached_property
    def _mending(self) -> Mending:
        name = str(self.request.path_params.get("name", ""))
        return Mending(self.desk.shelf, self.found, name, address)

    def crumbs(self) -> tuple[tuple[str, str], ...]:
        """Return the way down to the page below the list of all: words, each with its page."""
        from kpireport.workbench.standing import standing_of

        place, name = self.request.url.path.split("/")[1], self.request.path_params.get("name", "")
        if place == "reports" and name in self.found.reports:
            standing = standing_of(name, self.found.reports[name])
            section = "board" if standing.is_review else "document"
            return ((standing.title, address(place, name, section)),)
        if place == "plans" and name in self.found.plans:
            return (("計画", address(place, name, "overview")),)
        return ()

    def query(self, name: str) -> str:
        """Return what the address says after ``?``; empty for nothing."""
        return self.request.query_params.get(name, "")

    @property
    def is_part(self) -> bool:
        """Whether a part of a page is asked for, to be put into one that is shown."""
        return self.request.headers.get("hx-request") == "true"

    def page(self, template: str, *, status: int = 200, **values: object) -> Response:
        """Return a page, or a part of one, made of a template.

        Every page knows ``csrf``; what extends ``base.html`` also tells the notes, which are
        told then.
        """
        return HTMLResponse(self.text(template, **values), status_code=status)

    def go(self, to: str) -> Response:
        """Lead to a page, so that nothing is sent twice when it is loaded again."""
        if self.is_part:
            return Response(status_code=204, headers={"HX-Redirect": to})
        return RedirectResponse(to, status_code=303)

    def text(self, template: str, **values: object) -> str:
        """Return a template's text."""
        common: Mapping[str, object] = {
            "csrf": self.desk.csrf,
            "take_notes": self.desk.take_notes,
            "others": self.desk.presence.others,
            "jobs": self.desk.jobs,
            "root": self.desk.workplace.root,
            "in_folder": self.desk.workplace.shortened,
            "by_folder": self.desk.workplace.said,
            "path": self.request.url.path,
            "mended": self._mending.of,
            "crumbs": self.crumbs,
        }
        return _TEMPLATES.get_template(template).render({**common, **values})


class Posted(Asked):
    """A form that was sent by one of our pages.

    Attributes:
        fields: what was typed and chosen, each with all its values.
        files: what was dropped, by the field's name.
    """

    def __init__(
        self,
        desk: Desk,
        request: Request,
        fields: Mapping[str, tuple[str, ...]],
        files: Mapping[str, tuple[Upload, ...]],
    ) -> None:
        """Take a form.

        Raises:
            OutdatedFormError: it does not bear this session's secret.
        """
        super().__init__(desk, request)
        self.fields, self.files = fields, files
        given = request.headers.get("x-csrf-token") or self.field("csrf")
        if not secrets.compare_digest(given.encode(), desk.csrf.encode()):
            raise OutdatedFormError

    def field(self, name: str) -> str:
        """Return a field's one value, without spaces around it; empty where it is absent."""
        return next(iter(self.fields.get(name, ())), "").strip()

    def all(self, name: str) -> tuple[str, ...]:
        """Return all values of a field."""
        return self.fields.get(name, ())
