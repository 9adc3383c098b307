"""What becomes of a text in formats that cannot hold all of it."""

import re

CONTROL = "\x00-\x1f\x7f-\x9f"
BLANKS = " \xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000\ufeff"


def line(text):
    """One line for any reader: what could end it becomes a blank, blanks and byte order marks at its ends are left out."""
    return re.sub(f"[{CONTROL}\u2028\u2029]", " ", text).strip(BLANKS)


def cell(text):
    """A cell between tabs: what could end it or the line, and other control characters, become blanks."""
    return re.sub(f"[{CONTROL}\u2028\u2029]", " ", text)


def word(text):
    """A text without blanks."""
    return "_".join(re.sub(f"[{CONTROL}]", " ", text).split())


def xml(text):
    """Without the characters that XML 1.0 cannot hold."""
    return re.sub("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]", "", text)


def csv(text):
    """A cell that no spreadsheet takes for a formula; NUL is left out."""
    text = text.replace("\0", "")
    is_formula = re.match(f"['\\s\ufeff{CONTROL}]*[=+\\-@＝＋－＠]", text)
    return "'" + text if is_formula else text


def lines(pairs):
    """Pairs as lines; a pair with an empty side is passed over."""
    cut = [(line(zh), line(en)) for zh, en in pairs]
    return [pair for pair in cut if all(pair)]
