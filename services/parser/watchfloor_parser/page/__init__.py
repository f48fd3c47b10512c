"""The lowest layer, which every room may read: the page's tree, its metadata, where its parts lie."""
