r"""Text of others on a line of ours: nothing in it may end the line, colour it, turn it round or hide.

Escaped are the control characters (C0, DEL, C1: with them line ends and the sequences that terminals obey), U+2028 and
U+2029, what sets the direction of writing (Trojan Source, CVE-2021-42574), what cannot be seen, lone surrogates.
The joiners U+200C and U+200D stay: Persian and the scripts of India need them.
"""

import re

UNSAFE = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ud800-\udfff"
    "\U000e0000-\U000e007f]"
)
_SHORT = {"\n": r"\n", "\r": r"\r", "\t": r"\t"}


def one_line(text: str) -> str:
    r"""The same text, safe to stand in a line.

    >>> one_line("quay\n12:00:00Z parser ERROR \x1b[31mforged")
    'quay\\n12:00:00Z parser ERROR \\x1b[31mforged'
    """
    return UNSAFE.sub(_escaped, text)


def in_json(written: str) -> str:
    r"""A line of JSON in which what is unsafe and stands for itself is written as `\u…`: the values stay what they are.

    >>> in_json('{"a": "\u202eb"}')
    '{"a": "\\u202eb"}'
    """
    return UNSAFE.sub(_as_utf16, written)


def cut(text: str, longest: int) -> str:
    """The text, or its two ends with a word on how much is missing: a message tells most at its ends.

    >>> cut("0123456789", 4)
    '01[… 6 characters left out …]89'
    """
    if len(text) <= longest:
        return text
    half = longest // 2
    return f"{text[:half]}[… {len(text) - 2 * half} characters left out …]{text[len(text) - half :]}"


def _escaped(found: re.Match[str]) -> str:
    character = found[0]
    code = ord(character)
    return _SHORT.get(character) or (
        f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"
    )


def _as_utf16(found: re.Match[str]) -> str:
    octets = found[0].encode("utf-16-be", "surrogatepass")
    return "".join(f"\\u{octets[at : at + 2].hex()}" for at in range(0, len(octets), 2))
