"""The forgiving reader of tags."""

from watchfloor_scraper.markup import Tag, elements, tags_and_text

ITEM = frozenset({"item"})


def texts(markup: str) -> list[str]:
    return [element.text for element in elements(markup, ITEM)]


def test_a_forgotten_end_tag_inside_ends_with_its_parent() -> None:
    (item,) = elements("<item><title>A<br>B</title><link>c</link></item>", ITEM)
    assert [(child.local, child.text) for child in item.children] == [("title", "A B"), ("link", "c")]


def test_an_end_without_a_beginning_closes_nothing() -> None:
    assert texts("<rss><item>a</p></b>b</item></rss>") == ["ab"]


def test_an_element_that_never_ends_is_still_found() -> None:
    assert texts("<rss><item>a<b>c") == ["ac"]


def test_cdata_is_taken_as_it_stands_and_comments_not_at_all() -> None:
    assert texts("<item><![CDATA[<b>&amp;]]><!-- <item>no</item> -->!</item>") == ["<b>&amp;!"]


def test_attributes_keep_brackets_in_quotes_and_the_first_of_a_name() -> None:
    (tag,) = [part for part in tags_and_text("<a HREF='x>y' href=z b c=\"1&amp;2\">") if isinstance(part, Tag)]
    assert tag.attributes() == {"href": "x>y", "b": "", "c": "1&2"}


def test_a_prefix_stands_for_its_namespace_where_that_is_not_declared() -> None:
    (item,) = elements("<rss xmlns:a='urn:a'><item><a:x/><b:x/><x/></item></rss>", ITEM)
    assert [child.namespace for child in item.children] == ["urn:a", "b", ""]


def test_only_context_is_kept_outside_of_the_elements_that_are_asked_for() -> None:
    markup = "<channel><link>s</link><junk>j</junk><item>1</item></channel>"
    (item,) = elements(markup, ITEM, context=frozenset({"channel", "link"}))
    assert item.parent is not None
    assert [child.local for child in item.parent.children] == ["link"]
