"""Templates: where they lie, how an office overrides one, what is said of a broken one."""

from __future__ import annotations

import re
import traceback
from collections.abc import Mapping, MutableMapping
from functools import cache
from pathlib import Path
from typing import Any  # values of templates

from jinja2 import (
    BaseLoader,
    ChoiceLoader,
    Environment,
    FileSystemLoader,
    StrictUndefined,
    TemplateError,
    TemplateSyntaxError,
    select_autoescape,
)
from markupsafe import escape

from perfeval.errors import UsageError
from perfeval.report.phrases import words
from perfeval.texts import Lang

_WORD = re.compile(r"{{ w\.(\w+) }}")
_SPECIAL = re.compile(r"[\\`*_{}\[\]()#!|~]|^>|^[-+](?=\s)|(?<=^\d)[.](?=\s)|(?<=:)//")


def render(name: str, values: Mapping[str, object], *, lang: Lang, templates: str = "") -> str:
    """Fill the template `name`; one of that name in the folder `templates` wins over ours.

    Every template knows `lang`, as HTML names it, and `w`, the words of phrases.py. Raises
    UsageError with file and line when the template is broken.
    """
    try:
        text = _environment(templates, lang).get_template(name).render(values)
    except TemplateSyntaxError as error:
        raise _broken(error.filename or error.name or name, error.lineno, error) from error
    except (TemplateError, TypeError, ValueError, AttributeError, ZeroDivisionError) as error:
        filename, line = _place_in_template(error) or (name, None)
        raise _broken(filename, line, error) from error
    try:
        text.encode()
    except UnicodeEncodeError:  # lone surrogates (names that are no UTF-8) cannot leave as text
        return text.encode("utf-8", "replace").decode("utf-8")
    return text


def as_markdown(value: object) -> str:
    """A text of a file as Markdown that says the same: no markup, one line, no table border."""
    one_line = " ".join(str(value).split())
    return _SPECIAL.sub(r"\\\g<0>", one_line).replace("&", "&amp;").replace("<", "&lt;")


def source(name: str, *, templates: str = "") -> str:
    """The text of a file beside the templates as it is, for what is not filled (a script)."""
    try:
        return _loader(templates).get_source(_environment(templates, "zh"), name)[0]
    except TemplateError as error:
        raise UsageError(f"模板不存在：{name}（template not found）") from error


def renew() -> None:
    """Read the templates again, which may have been changed since."""
    _environment.cache_clear()


def folder() -> Path:
    """The packaged templates; in a checkout the folder beside the package."""
    package = Path(__file__).resolve().parents[1]
    packaged = package / "templates"
    return packaged if packaged.is_dir() else package.parent / "templates"


class _Environment(Environment):
    """A word that stands by itself, as `{{ w.total }}`, is put in when a template is compiled."""

    lang: Lang = "zh"

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """Without any of their own, templates share those of all: a chain of maps is slow."""
        return super().make_globals(d) if d else self.globals

    def preprocess(self, source: str, name: str | None = None, filename: str | None = None) -> str:
        said, is_html = words(self.lang), (name or "").endswith("html.j2")

        def word(found: re.Match[str]) -> str:
            text = said.get(found[1])
            return found[0] if text is None else str(escape(text)) if is_html else text

        return super().preprocess(_WORD.sub(word, source), name, filename)


def _loader(templates: str) -> BaseLoader:
    if templates and not Path(templates).is_dir():
        raise UsageError(f"模板目录不存在：{templates}（no such templates folder）")
    places = [Path(templates), folder()] if templates else [folder()]
    return ChoiceLoader([FileSystemLoader(place) for place in places])


@cache
def _environment(templates: str, lang: Lang) -> Environment:
    environment = _Environment(
        loader=_loader(templates),
        autoescape=select_autoescape(["html.j2"], default=False),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.lang = lang
    environment.globals |= {"lang": "zh-CN" if lang == "zh" else "en", "w": words(lang)}
    environment.filters["md"] = as_markdown
    return environment


def _place_in_template(error: BaseException) -> tuple[str, int] | None:
    """The innermost template line of a traceback (jinja2 rewrites frames to template lines)."""
    frames = [
        (frame.filename, frame.lineno)
        for frame in traceback.extract_tb(error.__traceback__)
        if frame.filename.endswith(".j2") and frame.lineno is not None
    ]
    return frames[-1] if frames else None


def _broken(filename: str, line: int | None, error: BaseException) -> UsageError:
    place = f"{filename} 第 {line} 行" if line else filename
    return UsageError(f"模板有误：{place}：{error}（broken template）")
