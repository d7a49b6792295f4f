"""The one door through which text enters markup: HTML and SVG, scripts, Markdown, TeX.

Templates of Jinja2 escape by themselves, with the same function as `html`, but leave signs that steer.
"""

from __future__ import annotations

import json
import re

from cagraph import signs

_TEX = {
    "\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "$": r"\$", "&": r"\&", "#": r"\#", "%": r"\%",
    "_": r"\_", "^": r"\textasciicircum{}", "~": r"\textasciitilde{}",
}  # fmt: skip


def html(text: object) -> str:
    """Return a text as it stands in HTML, XML or SVG, between tags or inside quoted attributes.

    >>> html("<b> & 'c'")
    '&lt;b&gt; &amp; &#39;c&#39;'
    """
    from markupsafe import escape

    return str(escape(signs.lines(str(text))))


def script_data(data: object) -> str:
    """Return data as JSON that a script element can hold: no `<`, so nothing in it ends the element."""
    return signs.escaped(json.dumps(data, ensure_ascii=False, separators=(",", ":"))).replace("<", "\\u003c")


def script_code(code: str) -> str:
    r"""Return a script so that none of its strings ends the element it stands in, or holds a sign that steers.

    >>> script_code('x = "</script>"')
    'x = "<\\/script>"'
    """
    return signs.escaped(code).replace("</script", "<\\/script").replace("<!--", "<\\!--")


def markdown(text: str) -> str:
    r"""Return a text on one line in which nothing ends a table cell or starts markup.

    >>> markdown("a | b")
    'a \\| b'
    """
    for mark in "\\`*_[]<>|#":
        text = text.replace(mark, "\\" + mark)
    return " ".join(text.split())


def tex(text: str) -> str:
    r"""Return a text as it stands in a BibTeX field, on one line.

    >>> tex("50 % & more_less")
    '50 \\% \\& more\\_less'
    """
    return re.sub(r"[\\{}$&#%_^~]", lambda found: _TEX[found[0]], signs.line(text))
