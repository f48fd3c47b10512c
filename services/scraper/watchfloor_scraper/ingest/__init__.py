"""Pages from files: what an operator already has goes the same way as what is fetched."""
