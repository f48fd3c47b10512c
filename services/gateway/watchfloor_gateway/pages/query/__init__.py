"""A query on a screen: said as a sentence, refused with its place, and where every link from it leads."""
