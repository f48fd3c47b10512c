"""The article's language: as the page declares it, else as the text shows."""

import re
from collections.abc import Iterator

import py3langid

from watchfloor_parser.page.found import Found
from watchfloor_parser.page.graph import texts
from watchfloor_parser.page.reading import Page

TAG = re.compile(r"^\s*([a-zA-Z]{2,3})(?:[-_].*)?\s*$")
RENAMED = {
    "iw": "he",
    "in": "id",
    "ji": "yi",
    "ua": "uk",
    "gr": "el",
    "cz": "cs",
    "jp": "ja",
    "cn": "zh",
    "kr": "ko",
    "dk": "da",
    "se": "sv",
}
"""Old codes of ISO 639, and countries that pages write in their place."""
NAMES = {
    "english": "en",
    "deutsch": "de",
    "german": "de",
    "french": "fr",
    "spanish": "es",
    "russian": "ru",
    "ukrainian": "uk",
}
SAMPLE = 4000
SHORTEST = 20
SCRIPTS = (
    (
        re.compile("[\u0400-\u04ff]"),
        frozenset(
            {
                "ru",
                "uk",
                "be",
                "bg",
                "sr",
                "mk",
                "kk",
                "ky",
                "mn",
                "tg",
                "tt",
                "uz",
                "bs",
                "az",
                "ab",
                "ce",
                "cv",
                "os",
                "sah",
            }
        ),
    ),
    (
        re.compile("[\u0600-\u06ff]"),
        frozenset({"ar", "fa", "ur", "ps", "ku", "ckb", "ug", "sd", "az", "ks", "pa", "arz", "ary"}),
    ),
    (re.compile("[\u0590-\u05ff]"), frozenset({"he", "yi"})),
    (re.compile("[\u0370-\u03ff]"), frozenset({"el"})),
    (re.compile("[\u3040-\u30ff]"), frozenset({"ja"})),
    (re.compile("[\uac00-\ud7a3]"), frozenset({"ko"})),
    (re.compile("[\u3400-\u9fff]"), frozenset({"zh", "ja", "yue", "wuu", "ko"})),
    (re.compile("[\u0e00-\u0e7f]"), frozenset({"th"})),
    (re.compile("[\u0900-\u097f]"), frozenset({"hi", "mr", "ne", "sa", "bho", "mai"})),
)
MOSTLY = 0.5


def read_language(page: Page, text: str) -> Found[str] | None:
    """The primary subtag in lower case.

    A declared language that is not written in the letters of the text is a template's default and not believed.
    """
    for found in _declared(page):
        if _may_be(found.value, text):
            return found
    if sum(c.isalpha() for c in text) < SHORTEST:
        return next(_declared(page), None)
    code, _ = py3langid.classify(text[:SAMPLE])
    return Found(str(code), "text:py3langid")


def primary_subtag(tag: str) -> str | None:
    """The primary subtag of a language tag (BCP 47); None where there is none.

    >>> primary_subtag("en_GB"), primary_subtag("UK-ua"), primary_subtag("und")
    ('en', 'uk', None)
    """
    found = TAG.match(tag)
    code = found[1].lower() if found else NAMES.get(tag.strip().lower())
    return None if code in (None, "und", "mul", "zxx") else RENAMED.get(code, code)


def _declared(page: Page) -> Iterator[Found[str]]:
    root = page.root
    tags = [(root.get("lang") or "", "page:lang"), (root.get("xml:lang") or "", "page:lang")]
    tags += [(text, "json-ld:inLanguage") for text in _in_language(page)]
    metas = page.metas.all("content-language", "dc.language", "dcterms.language", "language", "og:locale", "inlanguage")
    tags += [(value.split(",")[0], f"meta:{name}") for name, value in metas]
    body = root.find("body")
    tags += [((body.get("lang") or "") if body is not None else "", "page:lang")]
    for tag, source in tags:
        if code := primary_subtag(tag):
            yield Found(code, source)


def _in_language(page: Page) -> list[str]:
    value = page.graph.article.get("inLanguage")
    if isinstance(value, dict):
        return texts(value.get("alternateName")) + texts(value)
    return texts(value)


def _may_be(code: str, text: str) -> bool:
    """Whether a language is written in the letters that most of the text is in."""
    sample = text[:SAMPLE]
    letters = sum(c.isalpha() for c in sample)
    for script, languages in SCRIPTS:
        if letters and len(script.findall(sample)) > MOSTLY * letters:
            return code in languages
    latin = sum("a" <= c.lower() <= "z" for c in sample)
    return not (
        letters > SHORTEST
        and latin > 0.8 * letters
        and code in ("ar", "fa", "he", "ru", "uk", "el", "zh", "ja", "ko", "th", "bg")
    )
