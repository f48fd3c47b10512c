"""What no parser is given."""

import pytest

from watchfloor.errors import Rejected
from watchfloor_parser.page.guards import guard


@pytest.mark.parametrize(
    ("page", "reason"),
    [
        ("<p " + " ".join(f'a{n}="x"' for n in range(100_000)) + ">text</p>", "over 1,000 attributes"),
        ("<p " + " ".join(f'a{n}="<>"' for n in range(5_000)) + ">text</p>", "over 1,000 attributes"),
        ("<p " + " ".join(f"a{n}" for n in range(5_000)), "over 1,000 attributes"),
        ("<div>word " * 5_000, "nests over 1,000"),
        ("<i>" * 400_000, "over 300,000 tags"),
    ],
)
def test_hostile_markup_is_refused_by_name(page: str, reason: str) -> None:
    with pytest.raises(Rejected, match=f"evil.html: .*{reason}"):
        guard(page, subject="evil.html")


@pytest.mark.parametrize(
    "page",
    [
        '<p title="' + "word " * 20_000 + '">text</p>',
        "<script>if (a<b) " + "x = 1; " * 20_000 + "</script>",
        "<p>open" * 5_000,
        '<a title="a"">stray</a>' + "<p>word</p>" * 5_000,
    ],
)
def test_long_texts_scripts_and_sloppy_markup_pass(page: str) -> None:
    guard(page, subject="page.html")
