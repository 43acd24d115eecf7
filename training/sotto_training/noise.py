"""Messages as people really type them: marks dropped, letters slipped, words drawn out, emoji, hashtags, dictation.

A change is an edit of one place in the text, so that the spans of entities move along with it.
"""

import multiprocessing
import random
import re
from functools import partial

NEIGHBOURS = {
    "q": "wa", "w": "qes", "e": "wrd", "r": "etf", "t": "ryg", "y": "tuh", "u": "yij", "i": "uok", "o": "ipl",
    "p": "ol", "a": "qsz", "s": "adwx", "d": "sfec", "f": "dgrv", "g": "fhtb", "h": "gjyn", "j": "hkum", "k": "jli",
    "l": "ko", "z": "asx", "x": "zsc", "c": "xdv", "v": "cfb", "b": "vgn", "n": "bhm", "m": "nj",
}  # fmt: skip
SHORT = {
    "you": "u", "are": "r", "your": "ur", "to": "2", "for": "4", "please": "pls", "thanks": "thx", "because": "cuz",
    "tomorrow": "tmrw", "tonight": "2nite", "with": "w/", "about": "abt", "people": "ppl", "and": "n", "okay": "k",
    "going to": "gonna", "want to": "wanna", "got to": "gotta", "what is": "whats", "i am": "im", "do not": "dont",
}  # fmt: skip
GLAD, LOW = ["😊", "❤️", "🎉", "😂", "👍", ":)", "😍", "!!"], ["😢", "😡", "😞", "👎", ":(", "🙄", "💔", "ugh"]
CALM = ["🙂", "👀", "🤔", "…", "..", "📌", "😅"]

Spans = list[dict]


def edited(text: str, spans: Spans, start: int, end: int, new: str) -> tuple[str, Spans]:
    """Text with [start, end) replaced by `new`, and its spans after that."""
    grown = len(new) - (end - start)
    moved = []
    for span in spans:
        first = span["start"] + (grown if span["start"] >= end else 0)
        last = span["end"] + (grown if span["end"] >= end else 0)
        moved.append(span | {"start": first, "end": max(first, last)})
    return text[:start] + new + text[end:], moved


def slip(text: str, spans: Spans, chance: random.Random) -> tuple[str, Spans]:
    """One letter doubled, dropped, swapped with the next, or hit beside."""
    places = [n for n in range(1, len(text) - 1) if text[n].isalpha() and text[n].isascii()]
    inner = [n for n in places if text[n - 1].isalpha() and text[n + 1].isalpha()]
    if not inner:
        return text, spans
    n = chance.choice(inner)
    way = chance.randrange(4)
    if way == 0:
        return edited(text, spans, n, n + 1, "")
    if way == 1:
        return edited(text, spans, n, n + 1, text[n] * 2)
    if way == 2:
        return edited(text, spans, n, n + 2, text[n + 1] + text[n])
    return edited(text, spans, n, n + 1, chance.choice(NEIGHBOURS.get(text[n].lower(), text[n])))


def unmarked(text: str, spans: Spans, chance: random.Random) -> tuple[str, Spans]:
    """Without punctuation, as a recogniser of speech writes."""
    for n in reversed(range(len(text))):
        if (
            text[n] in '.,!?;:"()'
            and not (0 < n < len(text) - 1 and text[n - 1].isdigit() and text[n + 1].isdigit())
            or text[n] in "'’"
            and chance.random() < 0.5
        ):
            text, spans = edited(text, spans, n, n + 1, "")
    return text, spans


def drawn_out(text: str, spans: Spans, chance: random.Random) -> tuple[str, Spans]:
    """One word outside of entities drawn out: sooo, noooo, pleaseee."""
    words = [
        m
        for m in re.finditer(r"[A-Za-z]{2,}", text)
        if not any(s["start"] < m.end() and m.start() < s["end"] for s in spans)
    ]
    if not words:
        return text, spans
    word = chance.choice(words)
    places = [n for n in range(word.start(), word.end()) if text[n].lower() in "aeiouyshmw"]
    n = places[-1] if places else word.end() - 1
    return edited(text, spans, n, n + 1, text[n] * chance.randint(3, 6))


def shortened(text: str, spans: Spans, chance: random.Random) -> tuple[str, Spans]:
    """Some words as in a text message."""
    for word, short in SHORT.items():
        for m in reversed(list(re.finditer(rf"\b{word}\b", text, re.IGNORECASE))):
            if chance.random() < 0.7 and not any(s["start"] < m.end() and m.start() < s["end"] for s in spans):
                text, spans = edited(text, spans, m.start(), m.end(), short)
    return text, spans


def decorated(text: str, spans: Spans, chance: random.Random, mood: str | None) -> tuple[str, Spans]:
    """An emoji at the end that does not contradict the mood, or a word as a hashtag."""
    if chance.random() < 0.3:
        words = [m for m in re.finditer(r"\b[a-z]{4,}\b", text)]
        words = [m for m in words if not any(s["start"] < m.end() and m.start() < s["end"] for s in spans)]
        if words:
            start = chance.choice(words).start()
            return edited(text, spans, start, start, "#")
    fitting = {"positive": GLAD, "negative": LOW}.get(mood, CALM)
    return text + chance.choice(["", " "]) + chance.choice(fitting), spans


def noisy(text: str, spans: Spans, chance: random.Random, mood: str | None = None) -> tuple[str, Spans]:
    """One or two of the changes above; spans that a change emptied are dropped."""
    for _ in range(chance.choice([1, 1, 2])):
        way = chance.randrange(6)
        if way == 0:
            text, spans = slip(text, spans, chance)
        elif way == 1:
            # In haste: about every fifteenth letter.
            for _ in range(max(1, len(text) // 15)):
                text, spans = slip(text, spans, chance)
        elif way == 2:
            text, spans = unmarked(text, spans, chance)
        elif way == 3:
            text, spans = drawn_out(text, spans, chance)
        elif way == 4:
            text, spans = shortened(text, spans, chance)
        else:
            text, spans = decorated(text, spans, chance, mood)
    return text, [s for s in spans if s["start"] < s["end"]]


def noisy_part(seed: float, part: tuple[int, list[tuple[str, Spans, str | None]]]) -> list[tuple[str, Spans]]:
    """Noisy copies of one part of many messages; the part's number and `seed` decide all of them."""
    number, messages = part
    chance = random.Random(f"{seed} {number}")
    return [noisy(text, spans, chance, mood) for text, spans, mood in messages]


def noisy_copies(messages: list[tuple[str, Spans, str | None]], seed: float) -> list[tuple[str, Spans]]:
    """A noisy copy of each (text, spans, mood), made on all cores."""
    parts = [messages[n : n + 2000] for n in range(0, len(messages), 2000)]
    if len(parts) < 4:
        made = map(partial(noisy_part, seed), enumerate(parts))
    else:
        with multiprocessing.Pool() as pool:
            made = pool.map(partial(noisy_part, seed), enumerate(parts))
    return [copy for part in made for copy in part]
