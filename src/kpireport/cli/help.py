"""The words that the command line library itself would say in English, in Japanese.

Comes in: the library's description of a command, or its complaint about how one was
called. Goes out: help and complaints for staff, as plain text: what they say is
told by words and layout, so that it survives any console, log file and screen reader.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Annotated

import typer
from typer.core import TyperArgument, TyperGroup, TyperOption

from kpireport.cli.common import say

_INDENT = "  "


def _show_help(ctx: typer.Context, wanted: bool) -> None:  # noqa: FBT001 -- called by typer
    if wanted and not ctx.resilient_parsing:
        say(help_text(ctx))
        raise typer.Exit


HelpOption = Annotated[
    bool,
    typer.Option("--help", "-h", is_eager=True, callback=_show_help, help="この説明を表示します。"),
]
"""``--help`` in Japanese; takes the place of the library's own, which is English."""


def help_text(ctx: typer.Context) -> str:
    """Return the whole help of the command that ``ctx`` stands for."""
    command = ctx.command
    parts = [usage_line(ctx), command.help or ""]
    if isinstance(command, TyperGroup):
        parts.append(_section("コマンド", _commands(command)))
    parts.append(_section("引数", _arguments(ctx)))
    parts.append(_section("オプション", _options(ctx)))
    parts.append(command.epilog or "")
    return "\n\n".join(part for part in parts if part)


def usage_line(ctx: typer.Context) -> str:
    """Return how the command is called: ``使い方: kpireport build フォルダー [オプション]``."""
    words = [ctx.command_path]
    if isinstance(ctx.command, TyperGroup):
        words.append("コマンド")
    for parameter in ctx.command.get_params(ctx):
        if isinstance(parameter, TyperArgument):
            name = _name(parameter)
            words.append(name if parameter.required else f"[{name}]")
    return f"使い方: {' '.join(words)} [オプション]"


def complaint(error: typer.TyperException) -> str:
    """Return in Japanese what is wrong with a command line that the library refused.

    Its exceptions tell what they are about in their attributes: a parameter without
    a value, an option, or neither.
    """
    ctx: typer.Context | None = getattr(error, "ctx", None)
    lines = [_what_is_wrong(error, ctx)]
    if ctx is not None:
        lines += [usage_line(ctx), f"詳しくは: {ctx.command_path} --help"]
    return "\n".join(lines)


def _what_is_wrong(error: typer.TyperException, ctx: typer.Context | None) -> str:
    parameter = getattr(error, "param", None)
    option = getattr(error, "option_name", None)
    if isinstance(parameter, TyperArgument | TyperOption):
        if "not readable" in error.format_message():
            return (
                f"「{_name(parameter)}」に指定したものを、開く権限がありません。"
                "名前を確かめるか、フォルダーの管理者に権限を依頼してください。"
            )
        if hasattr(error, "param_type"):  # of what is missing alone
            return f"「{_name(parameter)}」が指定されていません。"
        return f"「{_name(parameter)}」の値が使えません。{_allowed(parameter)}"
    if option and hasattr(error, "possibilities"):
        return f"「{option}」というオプションはありません。"
    if option:
        if "not take a value" in error.format_message():
            return f"オプション「{option}」に、値は付けられません。"
        return f"オプション「{option}」の後に、値を書いてください。"
    if ctx is None:
        return f"コマンドの書き方が違います（{error.format_message()}）。"
    if isinstance(ctx.command, TyperGroup):
        names = "、".join(name for name, _ in _commands(ctx.command))
        return f"そのようなコマンドはありません。使えるのは {names} です。"
    return '引数が多すぎます。空白を含む名前は "…" で囲んでください。'


def _allowed(parameter: TyperArgument | TyperOption) -> str:
    """Return what a parameter's value may be; numbers are all that the library refuses."""
    info = parameter.type_descriptor.parameter_info
    bounds = (
        f"{info.min} 以上" if info.min is not None else "",
        f"{info.max} 以下" if info.max is not None else "",
    )
    told = "、".join(filter(None, bounds))
    return f"{f'{told}の' if told else ''}整数を、半角の数字で書いてください。"


def _commands(group: TyperGroup) -> Iterator[tuple[str, str]]:
    for name, command in group.commands.items():
        yield name, (command.help or "").partition("\n")[0]


def _arguments(ctx: typer.Context) -> Iterator[tuple[str, str]]:
    for parameter in ctx.command.get_params(ctx):
        if isinstance(parameter, TyperArgument):
            yield _name(parameter), parameter.help or ""


def _options(ctx: typer.Context) -> Iterator[tuple[str, str]]:
    for parameter in ctx.command.get_params(ctx):
        if isinstance(parameter, TyperOption):
            yield _name(parameter), parameter.help or ""


def _name(parameter: TyperArgument | TyperOption) -> str:
    """Return what the parameter is called: フォルダー, or ``--output ファイル``."""
    if isinstance(parameter, TyperArgument):
        return parameter.metavar or parameter.opts[0]
    return " ".join(filter(None, [", ".join(parameter.opts), parameter.metavar]))


def _section(title: str, entries: Iterable[tuple[str, str]]) -> str:
    """Return the entries under their title, each with its explanation on the next line."""
    lines = [f"{_INDENT}{name}\n{_INDENT * 3}{explanation}" for name, explanation in entries]
    return "\n".join([f"{title}:", *lines]) if lines else ""
