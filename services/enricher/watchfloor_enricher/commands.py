"""`watchfloor enrich`: parsed articles as lines of JSON in, the same with their annotations out."""

import json
import re
import sys
from collections.abc import Iterable, Iterator

import click

from watchfloor.errors import Rejected
from watchfloor.events import AnnotatedArticle
from watchfloor_enricher.completion import complete_article
from watchfloor_enricher.enrich import enrich as annotate

LONE_SURROGATE = re.compile("[\ud800-\udfff]")


@click.command()
def enrich() -> None:
    """Annotate parsed articles: a line of JSON each on standard input, `text` suffices.

    Prints each with its annotations. A line that is no article is named on standard error and makes the exit status 1.
    """
    failed = False
    for number, line in _lines(sys.stdin.buffer):
        try:
            article = annotated(line, subject=f"line {number}")
        except Rejected as error:
            click.echo(f"error: {error}", err=True)
            failed = True
        else:
            click.echo(article.model_dump_json())
    sys.exit(1 if failed else 0)


def _lines(stream: Iterable[bytes]) -> Iterator[tuple[int, bytes]]:
    return ((number, line) for number, line in enumerate(stream, start=1) if line.strip())


def annotated(line: bytes, *, subject: str) -> AnnotatedArticle:
    """Read one parsed article and annotate it. Raises Rejected, naming `subject`, where it is none."""
    try:
        record = json.loads(line)
        plain = json.dumps(record, ensure_ascii=False)
    except (ValueError, RecursionError) as error:
        raise Rejected(f"is no JSON: {error}", subject=subject) from error
    if not isinstance(record, dict):
        raise Rejected("is no JSON object", subject=subject, remedy='give at least {"text": "…"}')
    if LONE_SURROGATE.search(plain):
        record = json.loads(LONE_SURROGATE.sub("\ufffd", plain))
    article = complete_article(record, subject=subject)
    annotations = annotate(article)
    return AnnotatedArticle.model_validate({**dict(article), **dict(annotations)})
