"""What the model is taught: corpora as examples with a target for each head that the corpus speaks of."""

import random
import re
from dataclasses import dataclass, field

import torch

from . import acts
from .corpora import Corpora, tokenizer
from .labels import (
    ACTS,
    ENTITIES,
    ENTITY_TAGS,
    FELT_INTENTS,
    FOREIGN,
    MARKED,
    OUT_OF_SCOPE,
    SENTIMENTS,
    SMALL_TALK,
    SPAN_KINDS,
)
from .noise import Spans, edited, noisy_copies

IGNORE = -100
CLASSES = ("intent", "hwu", "act", "sentiment")


@dataclass(slots=True)
class Example:
    """One message: its token ids, a class index a head (IGNORE if unknown), a tag a token (or None).

    `clean` is the number of the example in its lesson that this one is a retyped copy of.
    """

    ids: list[int]
    intent: int = IGNORE
    hwu: int = IGNORE
    act: int = IGNORE
    sentiment: int = IGNORE
    tags: list[int] | None = None
    clean: int | None = None


@dataclass
class Lesson:
    """Examples of one kind, how often a batch is drawn from them, and what their labels leave open.

    `marks` names the corpus in MARKED if there are entities. `mood` is "graded" if the sentiment labels were
    given by people who could say neutral, "polar" if they could not, "calm" if there are none but the neutral of
    plain commands.
    """

    name: str
    weight: float
    examples: list[Example] = field(default_factory=list)
    marks: str | None = None
    mood: str = "calm"

    def unmarked(self) -> torch.Tensor:
        """Log-weight of every tag that a token left unmarked by this corpus may have: 0 or minus infinity."""
        allowed = [tag == "O" or tag[2:] not in MARKED[self.marks] for tag in ENTITY_TAGS]
        return torch.tensor([0.0 if a else -1e4 for a in allowed])


def retyped(text: str, chance: random.Random) -> str:
    """The same message as another person types it: final mark added or dropped, first letters lost or gained."""
    draw = chance.random()
    if draw < 0.35:
        stripped = re.sub(r"[.!?]+$", "", text).rstrip()
        if stripped != text:
            return stripped
        asks = acts.form(text) == "question"
        return text + (chance.choice(["?", "?", "??"]) if asks else chance.choice([".", ".", "!", "..."]))
    if draw < 0.45:
        return re.sub(r"[,']", "", text)
    if draw < 0.5:
        return chance.choice(["hey, ", "please ", "ok, ", "sotto, ", "hi, ", "um, "]) + text
    return text


def renamed(text: str, spans: Spans, names: dict[str, list[str]], chance: random.Random) -> tuple[str, Spans]:
    """The same message about others: about half of its names replaced by names of the same type."""
    for n in range(len(spans)):
        span = spans[n]
        if span["type"] in names and chance.random() < 0.5:
            text, spans = edited(text, spans, span["start"], span["end"], chance.choice(names[span["type"]]))
    return text, spans


def tags_of(encoding, spans: list[dict], kinds: dict[str, str | None]) -> list[int]:
    """A BIO tag for every token; special tokens and tokens of unmapped or crossing spans are ignored."""
    tags = [IGNORE if end == start else 0 for start, end in encoding.offsets]
    for span in spans:
        if span["type"] not in kinds:
            continue
        kind, first = kinds[span["type"]], True
        for n, (start, end) in enumerate(encoding.offsets):
            if end == start or end <= span["start"] or start >= span["end"]:
                continue
            if kind is None or start < span["start"] or end > span["end"]:
                tags[n] = IGNORE
            else:
                tags[n] = 1 + 2 * ENTITIES.index(kind) + (not first)
            first = False
    return tags


FEELING = re.compile(
    r"\b(thank|great|love|lovely|hate|awesome|amazing|sorry|stupid|annoy|damn|shit|fuck|hell|awful|terrible|horrible|"
    r"sad|happy|glad|angry|upset|sucks?|worst|best|worried|tired|bored|lol|haha|wow|nice|cool|good|bad)",
    re.IGNORECASE,
)


def calm(row: dict) -> int | None:
    """Neutral, for a command or question to an assistant that shows no feeling."""
    shown = row["intent"] in FELT_INTENTS or FEELING.search(row["text"])
    return None if shown else SENTIMENTS.index("neutral")


def merged_names(spans: list[dict]) -> list[dict]:
    """First and last name side by side as one span."""
    out = []
    for span in sorted(spans, key=lambda s: s["start"]):
        if (
            out
            and span["type"] == "last_name"
            and out[-1]["type"] == "first_name"
            and span["start"] - out[-1]["end"] <= 1
        ):
            out[-1] = out[-1] | {"end": span["end"]}
        else:
            out.append(span)
    return out


class Curriculum:
    """All lessons of one data folder, with the names of the intents."""

    def __init__(self, corpora: Corpora, seed: int = 0, noisy_copies: int = 0):
        self.corpora = corpora
        self.noisy_copies = noisy_copies
        self.seed, self.chance = seed, random.Random(seed)
        self.held_acts: list[dict] = []
        self.intents = sorted({r["intent"] for r in corpora.train("clinc150.train")})
        self.intents += sorted({r["intent"] for r in corpora.own("own_intents")}) + [OUT_OF_SCOPE]
        self.hwu_intents = sorted({r["intent"] for r in corpora.train("hwu64.train")})

    def encode(self, texts: list[str]) -> list:
        return tokenizer().encode_batch(texts)

    def intent_of(self, name: str) -> int:
        return self.intents.index(OUT_OF_SCOPE if name == "oos" else name)

    def classes(
        self, name: str, weight: float, rows: list[dict], times: int = 1, mood: str = "calm", **target
    ) -> Lesson:
        """A lesson without entities; `target` gives for each head a function from row to class index or None.

        Each message is shown `times`: as it is, then as others type it, the third time with noise; and in noisy
        copies.
        """
        lesson = Lesson(name, weight, mood=mood)
        for turn in range(times + self.noisy_copies):
            texts = [r["text"] for r in rows]
            if turn == 1 and times > 1:
                texts = [retyped(text, self.chance) for text in texts]
            elif turn > 0:
                shown = [(r["text"], [], r.get("sentiment")) for r in rows]
                texts = [text for text, _ in noisy_copies(shown, self.chance.random())]
            for n, (row, encoding) in enumerate(zip(rows, self.encode(texts))):
                found = {head: value for head, f in target.items() if (value := f(row)) is not None}
                lesson.examples.append(Example(encoding.ids, clean=n if turn else None, **found))
        return lesson

    def spans(self, name: str, weight: float, rows: list[dict], marks: str, times: int = 1, **target) -> Lesson:
        """A lesson with entities; shown again, a message is about others, or noisy, or both."""
        lesson = Lesson(name, weight, marks=marks)
        shown = [(row, row["text"], merged_names(row["spans"])) for row in rows]
        names: dict[str, list[str]] = {}
        for _, text, spans in shown:
            for span in spans:
                names.setdefault(span["type"], []).append(text[span["start"] : span["end"]])
        again = shown * (times - 1 + self.noisy_copies)
        others = [
            renamed(text, list(spans), names, self.chance) if spans and self.chance.random() < 0.7 else (text, spans)
            for _, text, spans in again
        ]
        slipped = noisy_copies([(text, spans, None) for text, spans in others], self.chance.random())
        for (row, _, _), other, noise in zip(again, others, slipped):
            shown.append((row, *(noise if self.chance.random() < 0.4 else other)))
        for (row, _, spans), encoding in zip(shown, self.encode([text for _, text, _ in shown])):
            found = {head: value for head, f in target.items() if (value := f(row)) is not None}
            lesson.examples.append(Example(encoding.ids, tags=tags_of(encoding, spans, SPAN_KINDS[marks]), **found))
        return lesson

    def lessons(self) -> list[Lesson]:
        train, own = self.corpora.train, self.corpora.own
        index = lambda labels: lambda value: labels.index(value) if value in labels else None
        act, mood, hwu = index(ACTS), index(SENTIMENTS), index(self.hwu_intents)
        command = {"act": lambda r: act(acts.of_command(r["intent"], r["text"])), "sentiment": calm}
        clinc = command | {"intent": lambda r: self.intent_of(r["intent"])}
        feeling = {"sentiment": lambda r: mood(r["sentiment"])}

        odd = train("clinc150.oos_train")
        held = {r["text"] for r in train("hwu64.valid")}
        home = train("nlu_eval_home.train")
        spoken = train("slurp.train_partial")
        known = lambda r: None if r["text"] in held else hwu(r["intent"])
        felt = [
            r
            for n in (
                "semeval2017_4a.train",
                "sst5.train",
                "vader_nyteditorialsnippets.all",
                "vader_amazonreviewsnippets.all",
                "senti4sd.train",
            )
            for r in train(n)
            if r["sentiment"] in SENTIMENTS
        ]
        comments = train("goemotions.train")
        phrases = [r for r in train("sst2.train") if len(r["text"].split()) > 2]
        turns = [r for r in train("emocontext.train") if r["sentiment"] in SENTIMENTS]
        tweets = train("tweeteval_emotion.train")
        self.chance.shuffle(phrases)
        self.chance.shuffle(turns)
        crossner = [
            r
            for topic in ("ai", "literature", "music", "politics", "science")
            for part in ("train", "dev")
            for r in train(f"crossner_{topic}.{part}")
        ]
        bookings = [r for n in ("restaurant8k.train", "nlupp_banking.all", "nlupp_hotels.all") for r in train(n)]
        foreign = odd * 4 + own("own_out_of_scope") * 3 + [r for r in home + spoken if r["intent"] in FOREIGN]
        foreign += self.chance.sample(train("mit_movie_eng.train"), 500)
        foreign += self.chance.sample(
            [r for r in train("snips_slu.train") if r["intent"] in ("RateBook", "SearchCreativeWork")], 400
        )
        foreign += self.chance.sample([r for r in comments if len(r["text"].split()) > 4], 2000)
        foreign += self.chance.sample([r for r in felt if len(r["text"].split()) > 4], 1000)
        return [
            self.classes("strangers", 1.0, foreign, times=2, intent=lambda r: self.intents.index(OUT_OF_SCOPE)),
            self.classes("clinc", 5, train("clinc150.train") + odd * 4, times=3, **clinc),
            self.classes("own intents", 1.2, own("own_intents"), times=3, **clinc),
            self.spans("home", 3, home, "home", times=2, hwu=known, **command),
            self.spans("slurp", 1.5, spoken, "home", hwu=lambda r: hwu(r["intent"]), **command),
            self.classes("hwu", 1.0, [r for r in home if r["text"] not in held], hwu=known, **command),
            self.classes("feeling", 6, felt, mood="graded", **feeling),
            self.classes("own feeling", 0.6, own("own_sentiment"), times=3, mood="graded", **feeling),
            self.classes(
                "comments",
                3,
                comments,
                mood="graded",
                act=lambda r: act(acts.of_emotion(r["label"], r["text"])),
                **feeling,
            ),
            self.classes("phrases", 5, phrases, mood="polar", **feeling),
            self.classes("turns", 0.5, turns[:10000] + tweets, mood="polar", **feeling),
            self.spans("uner_ewt", 2.5, train("uner_ewt.dev"), "uner_ewt", times=3),
            self.spans("btc", 3.5, train("btc.train"), "btc", times=2),
            self.spans("wnut17", 2.5, train("wnut17.train"), "wnut17", times=3),
            self.spans("crossner", 1.5, crossner, "crossner", times=2),
            self.spans("own entities", 0.7, own("own_entities"), "own", times=3),
            self.spans(
                "snips",
                0.7,
                train("snips_slu.train"),
                "snips",
                act=lambda r: act(acts.form(r["text"]) or "request"),
                sentiment=calm,
            ),
            self.spans("movies", 0.5, train("mit_movie_eng.train"), "movies", sentiment=lambda r: mood("neutral")),
            self.spans("bookings", 0.8, bookings, "bookings"),
            self.acts(2.0),
        ]

    def plain(self) -> list[Lesson]:
        """Lines without any label, those of the corpora among them, each also in a noisy copy if any are asked for."""
        corpora, lessons = self.corpora, []
        for name, lines in (("chat", corpora.unlabelled(self.seed)), ("corpora", corpora.own_domain(self.seed))):
            lesson = Lesson(name, 1.0)
            for encoding in self.encode(lines):
                lesson.examples.append(Example(encoding.ids))
            if self.noisy_copies:
                slipped = noisy_copies([(line, [], None) for line in lines], self.chance.random())
                for n, encoding in enumerate(self.encode([text for text, _ in slipped])):
                    lesson.examples.append(Example(encoding.ids, clean=n))
            lessons.append(lesson)
        return lessons

    def acts(self, weight: float, most: int = 5000) -> Lesson:
        """Turns of task dialogues, small talk and unmarked chat lines, at most `most` an act."""
        pairs = []
        for row in self.corpora.train("sgd.train"):
            pairs.append((row["text"], acts.of_dialogue(row["acts"], row["text"])))
        for row in self.corpora.train("multiwoz.val"):
            small_talk = {"general-thank": "thanks", "general-bye": "goodbye", "general-greet": "greeting"}
            pairs.append((row["text"], small_talk.get("+".join(row["intents"]))))
        for name in ("clinc150.train", "nlu_eval_home.train", "slurp.train_partial"):
            said = [(r["text"], SMALL_TALK.get(r["intent"])) for r in self.corpora.train(name)]
            pairs += [(text, act) for text, act in said if act and act != "request"] * 3
        pairs += [(line, acts.of_chat(line)) for line in self.corpora.unlabelled()]
        random.Random(self.seed).shuffle(pairs)
        taken = dict.fromkeys(ACTS, 0)
        kept = []
        for text, name in pairs:
            if name and taken[name] < most:
                taken[name] += 1
                kept.append({"text": text, "act": name})
        print("acts:", taken, flush=True)
        self.held_acts = kept[::25]
        said = [r for n, r in enumerate(kept) if n % 25] + self.corpora.own("own_acts") * 6
        return self.classes("acts", weight, said, act=lambda r: ACTS.index(r["act"]))
