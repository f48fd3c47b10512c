"""What changed between two versions of an article: pure, word by word, the heaviest first.

`comparison.compare` is the conductor; the other rooms know nothing of articles beyond what they are handed.
"""
