"""Images, captions, credits."""

import pytest

from watchfloor_parser.captions import read_images, split_credit


@pytest.mark.parametrize(
    ("caption", "alone", "credit"),
    [
        ("A tug leaves Vesk. (Source – X)", "A tug leaves Vesk.", "X"),
        ("A tug leaves Vesk. (Source – Coast Authority via AFP)", "A tug leaves Vesk.", "Coast Authority via AFP"),
        ("A tug leaves Vesk. Photo: Ana Duarte/Reuters", "A tug leaves Vesk.", "Ana Duarte/Reuters"),
        ("A tug leaves Vesk [AP Photo/Ana Duarte]", "A tug leaves Vesk", "AP Photo/Ana Duarte"),
        ("The minister speaks. REUTERS/Piet Maas", "The minister speaks.", "REUTERS/Piet Maas"),
        ("A tug leaves Vesk. AFP via Getty Images", "A tug leaves Vesk.", "AFP via Getty Images"),
        ("Ein Schlepper. Foto: Jens Muster/dpa", "Ein Schlepper.", "Jens Muster/dpa"),
        ("Буксир у Весці. Фото: Укрінформ", "Буксир у Весці.", "Укрінформ"),
        ("سفينة تغادر الميناء (رويترز)", "سفينة تغادر الميناء", "رويترز"),
        ("图为港口。新华社记者 王明 摄", "图为港口。", "新华社记者 王明"),
        ("Photo by Ana Duarte", "", "Ana Duarte"),
    ],
)
def test_the_credit_is_parted_from_the_caption(caption: str, alone: str, credit: str) -> None:
    assert split_credit(caption) == (alone, credit)


@pytest.mark.parametrize(
    "caption",
    [
        "A tug (right) leaves Vesk.",
        "The harbour (2021)",
        "The photo: a tug leaves Vesk.",
        "A man reads the source code.",
    ],
)
def test_a_caption_keeps_its_parentheses_when_they_hold_no_credit(caption: str) -> None:
    assert split_credit(caption) == (caption, None)


@pytest.mark.parametrize(
    "figure",
    [
        '<figure><img src="/t.jpg"><figcaption>A tug leaves Vesk. <span class="credit">Ana Duarte/AFP</span></figcaption></figure>',
        '<figure><img src="/t.jpg"><figcaption>A tug leaves Vesk. (Photo: Ana Duarte/AFP)</figcaption></figure>',
        '<div class="wp-caption"><img src="/t.jpg"><p class="wp-caption-text">A tug leaves Vesk. (Ana Duarte/AFP)</p></div>',
        '<div><img src="/t.jpg"><br><em>A tug leaves Vesk. (Photo: Ana Duarte/AFP)</em></div>',
        (
            '<figure><img data-src="/t.jpg" src="data:image/gif;base64,x"><div class="image-caption">A tug leaves Vesk.</div>'
            '<small class="photo-credit">Photo: Ana Duarte/AFP</small></figure>'
        ),
    ],
)
def test_caption_and_credit_are_found_in_every_form(page_of, text, figure) -> None:  # type: ignore[no-untyped-def]
    images = read_images(page_of(f"<article><h1>Mines</h1>{figure}{text}</article>")).images
    assert [(i.url, i.caption, i.credit, i.agency) for i in images] == [
        ("https://news.example/t.jpg", "A tug leaves Vesk.", "Ana Duarte/AFP", "AFP")
    ]


def test_the_lead_image_comes_first_and_once(page_of, text) -> None:  # type: ignore[no-untyped-def]
    one = '<figure><img src="/a.jpg"><figcaption>Divers.</figcaption></figure>'
    two = '<figure><img src="/harbour-1024x683.jpg"><figcaption>The harbour.</figcaption></figure>'
    page = page_of(
        f"<article><h1>Mines</h1>{text}{one}{two}</article>",
        '<meta property="og:image" content="https://news.example/harbour.jpg">',
    )
    assert [image.caption for image in read_images(page).images] == ["The harbour.", "Divers."]


def test_logos_faces_and_cards_of_other_stories_are_no_images_of_the_article(page_of, text) -> None:  # type: ignore[no-untyped-def]
    others = (
        '<img src="/logo.svg"><div class="author"><img src="/face-avatar.jpg" width="40"></div>'
        '<div class="related"><a href="/b"><img src="/b.jpg"><h3>Ferry late</h3></a></div>'
    )
    assert read_images(page_of(f"<article><h1>Mines</h1>{text}</article>{others}")).images == ()
