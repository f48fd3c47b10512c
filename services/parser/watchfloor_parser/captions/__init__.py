"""The article's images: caption and credit apart from each other and from the text."""

from watchfloor_parser.captions.credit import split_credit
from watchfloor_parser.captions.reading import Images, read_images

__all__ = ["Images", "read_images", "split_credit"]
