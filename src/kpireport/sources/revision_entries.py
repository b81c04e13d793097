"""The shape of ``revisions`` in ``catalogue.json``: dated revisions and their changes.

The models say which items a revision has, as those of
:mod:`kpireport.sources.catalogue_file` do for the decided plan.
"""

from __future__ import annotations

from typing import Annotated, Literal, TypeAlias

from pydantic import BeforeValidator, Discriminator, Field, Tag

from kpireport.messages import describe, did_you_mean, quoted
from kpireport.sources.fields import Day, Entry, Identifier, OptionalText, Text, Year, named
from kpireport.sources.measure_entries import (
    BaselineEntry,
    IndicatorEntry,
    TargetEntry,
    YearlyTargetEntry,
)
from kpireport.sources.validation import fault

_AFTER = (
    "この記号の行のすぐ下に置く。計画の記号を書けば計画の最初、書かなければ最後。"
    "まとまりの中の行を書けば、その中に入る"
)


class ChangeEntry(Entry):
    """What all changes have."""

    reason: Text = Field(title="理由", description="資料編に載せる理由の文")


class TargetChangeEntry(ChangeEntry):
    """目標の変更."""

    model_config = named("目標の変更", "指標か数値目標の目標値を改める")

    change: Literal["target"] = Field(title="変更の種類")
    id: Identifier = Field(title="記号", description="指標か数値目標の記号")
    target: TargetEntry


class YearlyTargetChangeEntry(ChangeEntry):
    """年度ごとの目標の変更."""

    model_config = named("年度ごとの目標の変更", "指標か数値目標の、年度ごとの目標値を改める")

    change: Literal["yearly_targets"] = Field(title="変更の種類")
    id: Identifier = Field(title="記号", description="指標か数値目標の記号")
    yearly_targets: list[YearlyTargetEntry] = Field(
        title="年度ごとの目標値", description="改める年度だけ。ほかの年度は変わらない", min_length=1
    )


class DetailChangeEntry(ChangeEntry):
    """欄の変更."""

    model_config = named("欄の変更", "指標の定義、根拠、出典などの文を改める")

    change: Literal["details"] = Field(title="変更の種類")
    id: Identifier = Field(title="記号", description="指標の記号")
    texts: dict[Text, OptionalText] = Field(
        title="文",
        description="欄の名前（definition、details.委員会 など）と、新しい文",
        min_length=1,
    )


class BaselineChangeEntry(ChangeEntry):
    """現状値の訂正."""

    model_config = named("現状値の訂正", "指標か数値目標の現状値を改める")

    change: Literal["baseline"] = Field(title="変更の種類")
    id: Identifier = Field(title="記号", description="指標か数値目標の記号")
    baseline: BaselineEntry


class CategoryChangeEntry(ChangeEntry):
    """区分の変更."""

    model_config = named("区分の変更", "指標か数値目標の区分を改める")

    change: Literal["category"] = Field(title="変更の種類")
    id: Identifier = Field(title="記号", description="指標か数値目標の記号")
    category: OptionalText = Field(
        title="区分", description="区分（categories）の名。空なら、どの区分でもなくなる"
    )


class EndingEntry(ChangeEntry):
    """終了."""

    model_config = named("終了", "指標・数値目標・まとまり・戦略計画・中間の階層を終える")

    change: Literal["end"] = Field(title="変更の種類")
    id: Identifier = Field(
        title="記号", description="計画や中間の階層を書けば、その指標も全て終わる"
    )


class AdditionEntry(ChangeEntry):
    """追加."""

    model_config = named("追加", "戦略計画に指標を加える")

    change: Literal["add"] = Field(title="変更の種類")
    plan: Identifier = Field(title="戦略計画", description="加える先の計画の記号")
    after: Identifier | None = Field(None, title="置く所", description=_AFTER)
    indicator: IndicatorEntry


class RenamingEntry(ChangeEntry):
    """名称の変更."""

    model_config = named(
        "名称の変更", "指標・数値目標・まとまり・戦略計画・中間の階層の名称を改める"
    )

    change: Literal["rename"] = Field(title="変更の種類")
    id: Identifier = Field(title="記号", description="記号は変わらない")
    name: Text = Field(title="名称", description="新しい名称。印刷するとおりの文字")


class SplitEntry(ChangeEntry):
    """分割."""

    model_config = named("分割", "1つの指標を、いくつかの新しい指標に分ける")

    change: Literal["split"] = Field(title="変更の種類")
    id: Identifier = Field(title="記号", description="分ける指標の記号。この指標は終わる")
    into: list[IndicatorEntry] = Field(
        title="新しい指標", description="分けた指標。新しい記号を付ける", min_length=2
    )
    continues: Identifier | None = Field(
        None,
        title="引き継ぐ指標",
        description="分ける前の実績を引き継ぐ、新しい指標の記号。なければ、どれも引き継がない",
    )


class MoveEntry(ChangeEntry):
    """移動."""

    model_config = named("移動", "指標かまとまりを、別の戦略計画か別の所に移す")

    change: Literal["move"] = Field(title="変更の種類")
    id: Identifier = Field(title="記号", description="記号は変わらない")
    plan: Identifier = Field(title="戦略計画", description="移す先の計画の記号")
    after: Identifier | None = Field(None, title="置く所", description=_AFTER)


class DepartmentChangeEntry(ChangeEntry):
    """所管課の変更."""

    model_config = named("所管課の変更", "実績を報告する課を改める")

    change: Literal["departments"] = Field(title="変更の種類")
    id: Identifier = Field(title="記号", description="指標か数値目標の記号")
    departments: list[Text] = Field(
        title="所管課", description="変更の後の課。最初の課が主管課", min_length=1
    )


_MODELS: dict[str, type[ChangeEntry]] = {
    "target": TargetChangeEntry,
    "baseline": BaselineChangeEntry,
    "category": CategoryChangeEntry,
    "end": EndingEntry,
    "add": AdditionEntry,
    "rename": RenamingEntry,
    "split": SplitEntry,
    "move": MoveEntry,
    "departments": DepartmentChangeEntry,
    "yearly_targets": YearlyTargetChangeEntry,
    "details": DetailChangeEntry,
}


def change_model(value: object) -> type[ChangeEntry] | None:
    """The model of a change in raw values; ``None`` where it does not say what it is."""
    kind = value.get("change") if isinstance(value, dict) else None
    return _MODELS.get(kind) if isinstance(kind, str) else None


def _check_kind(value: object) -> object:
    if not isinstance(value, dict) or change_model(value) is not None:
        return value
    kinds = "、".join(
        f'"{kind}"（{model.model_config["title"]}）' for kind, model in _MODELS.items()
    )
    if "change" not in value:
        raise fault("項目「change」（変更の種類）がありません。", f"使えるのは {kinds} です。")
    kind = value["change"]
    if isinstance(kind, str):
        raise fault(f"{quoted(kind)}という変更の種類はありません。", did_you_mean(kind, _MODELS))
    raise fault(f"変更の種類（change）が{describe(kind)}です。", f"使えるのは {kinds} です。")


def _tag(value: object) -> str:
    if isinstance(value, ChangeEntry):
        return type(value).__name__
    return (change_model(value) or TargetChangeEntry).__name__


AnyChange: TypeAlias = Annotated[
    Annotated[TargetChangeEntry, Tag(TargetChangeEntry.__name__)]
    | Annotated[YearlyTargetChangeEntry, Tag(YearlyTargetChangeEntry.__name__)]
    | Annotated[DetailChangeEntry, Tag(DetailChangeEntry.__name__)]
    | Annotated[BaselineChangeEntry, Tag(BaselineChangeEntry.__name__)]
    | Annotated[CategoryChangeEntry, Tag(CategoryChangeEntry.__name__)]
    | Annotated[EndingEntry, Tag(EndingEntry.__name__)]
    | Annotated[AdditionEntry, Tag(AdditionEntry.__name__)]
    | Annotated[RenamingEntry, Tag(RenamingEntry.__name__)]
    | Annotated[SplitEntry, Tag(SplitEntry.__name__)]
    | Annotated[MoveEntry, Tag(MoveEntry.__name__)]
    | Annotated[DepartmentChangeEntry, Tag(DepartmentChangeEntry.__name__)],
    Discriminator(_tag),
    BeforeValidator(_check_kind),
]


class RevisionHead(Entry):
    """A revision without its changes."""

    id: Identifier = Field(title="記号", description="改定を指す記号。変えない、使い回さない")
    title: Text = Field(title="名称", description="第１次改定 など")
    decided: Day = Field(
        title="決定日", description="改定を決めた日。2021-03-25 か「令和３年３月25日」"
    )
    from_: Year = Field(
        alias="from",
        title="適用年度",
        description="この年度（西暦）の実績から、改めた内容を使う。令和３年度からなら 2021",
    )


class RevisionEntry(RevisionHead):
    """改定."""

    model_config = named("改定", "決定した計画を後から改めたもの。古い順に書く")

    changes: list[AnyChange] = Field(
        title="変更", description="変更ごと。上から順に当てはめる", min_length=1
    )
