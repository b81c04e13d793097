"""The marks of what is not judged, which schemes share unless they name their own."""

from __future__ import annotations

from kpireport.evaluation.schemes import Mark, MarkLevel

NOT_APPLICABLE = Mark("not_applicable", "―", "対象外", MarkLevel.NOT_APPLICABLE)
UNREPORTED = Mark("unreported", "…", "未報告", MarkLevel.UNREPORTED)
