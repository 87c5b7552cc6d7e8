"""Which HTML, MathML and SVG may reach the page. Everything else is dropped, once, here."""

from __future__ import annotations

import re
from typing import Final

import nh3


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_HTML: Final = _words(
    "a abbr b blockquote br caption cite code col colgroup dd del details dfn div dl dt em figcaption figure "
    "h1 h2 h3 h4 h5 h6 hr i img ins kbd li mark ol p pre q s samp small span strong sub summary sup table "
    "tbody td tfoot th thead tr u ul var wbr"
)
_MATHML: Final = _words(
    "math merror mfrac mi mmultiscripts mn mo mover mpadded mphantom mprescripts mroot mrow ms mspace msqrt "
    "mstyle msub msubsup msup mtable mtd mtext mtr munder munderover"
)
_SVG: Final = _words(
    "svg circle clipPath defs desc ellipse g line linearGradient marker path pattern polygon polyline "
    "radialGradient rect stop text title tspan"
)
TAGS: Final = set(_HTML | _MATHML | _SVG)

_EVERYWHERE: Final = {"title", "lang", "dir", "role", "aria-label", "aria-hidden", "aria-describedby"}
_MATHML_ATTRIBUTES: Final = _words(
    "accent accentunder align alttext columnalign columnlines columnspacing columnspan depth display "
    "displaystyle fence form height largeop linethickness lspace mathvariant maxsize minsize movablelimits "
    "rowalign rowlines rowspacing rowspan rspace scriptlevel separator stretchy symmetric voffset width"
)
_SVG_ATTRIBUTES: Final = _words(
    "clip-path clip-rule clipPathUnits cx cy d dominant-baseline dx dy fill fill-opacity fill-rule font-size "
    "font-style font-weight fx fy gradientTransform gradientUnits height id marker-end marker-mid "
    "marker-start markerHeight markerUnits markerWidth offset opacity orient patternTransform patternUnits "
    "points preserveAspectRatio r refX refY rotate rx ry stop-color stop-opacity stroke stroke-dasharray "
    "stroke-dashoffset stroke-linecap stroke-linejoin stroke-miterlimit stroke-opacity stroke-width "
    "text-anchor textLength transform viewBox width x x1 x2 y y1 y2"
)
ATTRIBUTES: Final[dict[str, set[str]]] = {
    "*": _EVERYWHERE,
    "a": {"href"},
    "img": {"src", "alt", "width", "height"},
    "ol": {"start"},
    "td": {"align", "colspan", "rowspan"},
    "th": {"align", "colspan", "rowspan", "scope"},
    "details": {"open"},
    **{tag: set(_MATHML_ATTRIBUTES) for tag in _MATHML},
    **{tag: set(_SVG_ATTRIBUTES) for tag in _SVG},
}

_SCHEME: Final = re.compile(r"[a-z][a-z0-9+.-]*:|//|\\", re.IGNORECASE)
_FIELD: Final = re.compile("[\ue000-\uf8ff]|%ee%|%ef%[89a]", re.IGNORECASE)
_LINKS: Final = ("href", "src")


def clean(markup: str) -> str:
    """Safe HTML: explicit lists of tags and attributes; links are http(s) or relative; nothing is fetched."""
    return nh3.clean(
        markup,
        tags=TAGS,
        attributes=ATTRIBUTES,
        attribute_filter=_keep,
        url_schemes={"http", "https", "data"},
        link_rel="noopener noreferrer",
        strip_comments=True,
    )


def _keep(tag: str, attribute: str, value: str) -> str | None:
    if attribute in _LINKS and _FIELD.search(value):
        return None  # a value put into an address later would not have been looked at
    if tag == "a" and attribute == "href" and value.strip().lower().startswith("data:"):
        return None
    if tag == "img" and attribute == "src":
        # A picture comes with the page or lies beside it: no other host hears of who reads.
        own = value.startswith("data:image/") or not _SCHEME.match(value.strip())
        return value if own else None
    if "url(" in value.lower().replace(" ", "") and not value.strip().startswith("url(#"):
        return None
    return value
