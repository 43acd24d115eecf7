"""What a message asks the assistant to do and with which words, learned from sentences with their acts and put into a
pack beside its heads.

What is asked for is one of `skill.verb` (`timer.start`), `refused.why`, `nothing` for what asks for nothing, and
`elsewhere` for what assistants are asked and no skill serves; a message of two requests is half of each. Which words
fill a slot is told by BIO tags.
"""

import itertools
import os
import random
import re
from collections import defaultdict
from dataclasses import replace
from pathlib import Path

from .branch import SHARED, Branch, Dense, Lessons, Seen, answer_golden, as_stored, judged, learned, put_into
from .corpora import OWN, Corpora, plain
from .export import VERSION
from .marked import Request, joined, requests_in
from .noise import noisy_copies
from .restore import reader_of

# Sentences with their acts, which the tests hold the assistant to.
SAID = OWN.parent.parent / "tests" / "dialogues" / "said"

NOTHING, ELSEWHERE = "nothing", "elsewhere"

# What is meant by a question for a slot, by the family of the file.
ASKED = {
    ("timers", "duration"): "timer.start",
    ("alarms", "time"): "alarm.set",
    ("reminders", "time"): "reminder.set",
    ("reminders", "what"): "reminder.set",
    ("lists", "items"): "list.add",
    ("notes", "text"): "note.take",
}

# Intents of CLINC150 that skills serve, whose sentences would contradict the acts of ours, or are only talk.
SERVED = set(
    "alarm calculator calendar calendar_update cancel change_user_name date fun_fact flip_coin measurement_conversion "
    "maybe next_holiday no reminder reminder_update repeat roll_dice schedule_meeting meeting_schedule shopping_list "
    "shopping_list_update spelling time timer timezone todo_list todo_list_update user_name what_can_i_ask_you yes "
    "meaning_of_life what_are_your_hobbies what_is_your_name where_are_you_from who_do_you_work_for who_made_you "
    "are_you_a_bot do_you_have_pets how_old_are_you goodbye greeting thank_you tell_joke".split()
)

# Messages that ask for nothing, by corpus: what friends write, and what is written to all, with its dates and names.
TALK = {"goemotions.train": 5000, "emocontext.train": 5000, "semeval2017_4a.train": 8000, "sst5.train": 2000}
# Sentences of each intent of CLINC150 that no skill serves.
OF_INTENT = 30
# Pairs of requests in one message, and what joins them.
PAIRS, ALIKE = 5000, 0.3
JOINTS = [" and ", " and ", ", and ", ". ", " then ", ", then ", " and then ", ", also ", " plus ", "; ", ". Also "]
# Of the marked sentences one in so many is held back with the last set.
HELD = 20

# What assistants are told, of which only the teacher is asked: whole corpora, or so many of their messages.
UNLABELLED = {"clinc150.train": None, "hwu64.train": None, "slurp.train_partial": None, "snips_slu.train": None,
              "nlu_eval_home.train": None, "sgd.train": 6000}  # fmt: skip

EPOCHS = {"teacher": 5, "branch": 5}
# Messages an epoch that ask for nothing or for what no skill serves, and that have no labels.
QUIET, STRANGE = 6000, 16000


def label_of(expected: str, family: str) -> str | None:
    """The label of an expected act in the notation of tests/dialogues.rs."""
    first, *rest = expected.split()
    if first == "ask":
        return ASKED.get((family, rest[0]))
    if first == "refused":
        return f"refused.{rest[0]}"
    return first if first == NOTHING or "." in first else None


def unmarked(text: str, labels: tuple[str, ...], part: int = 0) -> Request:
    """A sentence of which only the labels are known; what no skill does has no slots."""
    quiet = all(label in (NOTHING, ELSEWHERE) or label.startswith("refused.") for label in labels)
    return Request(text, labels, [] if quiet else None, part)


def said(folder: Path) -> list[Request]:
    """The sentences of `folder`/FAMILY_N.txt, with their slots where these are marked; those of one set N are in one part."""
    marked = {request.text: request for request in requests_in(OWN / "said_marked.txt")}
    found = []
    for path in sorted(folder.glob("*.txt")):
        family, number = re.fullmatch(r"([a-z]+?)(?:_(\d+))?\.txt", path.name).groups()
        for line in path.read_text("utf8").splitlines():
            text, arrow, expected = line.strip().rpartition(" => ")
            if arrow and not line.startswith("#"):
                labels = tuple(label_of(act, family) for act in expected.split(" ; "))
                if all(labels):
                    known = marked.get(text, unmarked(text, labels))
                    found.append(replace(known, labels=labels, part=int(number or 1)))
    return found


def written(corpora: Corpora) -> list[Request]:
    """Sentences of our own: those that say only what is asked for, and those whose slots are marked."""
    labelled = [unmarked(row["text"], (row["request"],)) for row in corpora.own("own_requests")]
    marked = requests_in(OWN / "own_marked.txt")
    return labelled + [request for request in marked if plain(request.text) not in corpora.judged]


def talk(corpora: Corpora, seed: int) -> list[Request]:
    """What asks for nothing, and what is asked of others."""
    chance = random.Random(seed)
    quiet = [text for n, m in TALK.items() for text in chance.sample([r["text"] for r in corpora.train(n)], m)]
    quiet += [r["text"] for r in corpora.own("own_acts") if r["act"] in ("inform", "opinion", "greeting", "thanks")]
    asked: dict[str, list[str]] = {}
    for row in corpora.train("clinc150.train"):
        if row["intent"] not in SERVED:
            asked.setdefault(row["intent"], []).append(row["text"])
    others = [text for texts in asked.values() for text in chance.sample(texts, OF_INTENT)]
    others += [r["text"] for r in corpora.train("clinc150.oos_train")]
    return [unmarked(text, (NOTHING,)) for text in quiet] + [unmarked(text, (ELSEWHERE,)) for text in others]


def pairs(examples: list[Request], seed: int) -> list[Request]:
    """Two requests in one message, as people join them; some of one kind."""
    chance = random.Random(seed)
    alone = [e for e in examples if e.spans is not None and len(e.labels) == 1 and e.labels[0] != NOTHING]
    by_label = defaultdict(list)
    for example in alone:
        by_label[example.labels[0]].append(example)
    found = []
    for _ in range(PAIRS):
        first, second = chance.sample(alone, 2)
        if chance.random() < ALIKE:
            second = chance.choice(by_label[first.labels[0]])
        found.append(joined(first, second, chance.choice(JOINTS)))
    return found


def unlabelled(corpora: Corpora, seed: int) -> list[Request]:
    """What is said to assistants, without labels."""
    chance = random.Random(seed)
    texts: list[str] = []
    for name, most in UNLABELLED.items():
        found = sorted({row["text"] for row in corpora.train(name) if row.get("speaker") != "system"})
        texts += chance.sample(found, most or len(found))
    return [Request(text, ()) for text in texts]


def describe(pack: str, scores: dict[str, str]) -> None:
    """Say in the pack's card what it is called now, and how well it knows what is asked for."""
    path = os.path.join(pack, "MODEL.md")
    with open(path, encoding="utf8") as file:
        card = file.read()
    card = re.sub(r"(?<=^# )(\S+) \S+", rf"\1 {VERSION}", card, count=1)
    card = re.sub(r"^\| (?:requests,|slots,|Requests of our own).*\n", "", card, flags=re.MULTILINE)
    rows = {
        "Scores": "".join(f"| {what} | {score} |  |\n" for what, score in scores.items()),
        "Data and licences": "| Requests of our own | requests, slots | training/data, tests/dialogues/said | CC0 1.0 |\n",
    }
    for heading, row in rows.items():
        card = re.sub(
            rf"(^## {heading}\n(?:[^|].*\n|\n)*(?:\|.*\n)+)", rf"\g<1>{row}", card, count=1, flags=re.MULTILINE
        )
    with open(path, "w", encoding="utf8") as file:
        file.write(card)


def requests(data: str, pack: str, golden: str, out: str, seed: int) -> None:
    """Learn the branch from what was said and written and from a dense teacher, and put it into `pack`; `out` holds what
    is learned so far of both.

    The last set that was said and one in HELD marked sentences are kept back: by them the scores in the card and the
    temperatures are those of messages that it has not seen.
    """
    corpora = Corpora(data)
    requested, quiet = said(SAID) + written(corpora), talk(corpora, seed)
    labels = sorted({label for request in requested + quiet for label in request.labels})
    last = max(request.part for request in requested)
    held = [r for n, r in enumerate(requested) if r.part == last or r.part == 0 and r.spans and n % HELD == 0]
    unseen = {request.text for request in held}
    known = [request for request in requested if request.text not in unseen]
    clean = [(request.text, request.spans or [], None) for request in known]
    copies = [
        replace(request, text=text, spans=request.spans if request.spans is None else spans)
        for (text, spans), request in zip(noisy_copies(clean, seed), known)
    ]
    every = known + pairs(known, seed)
    strange = unlabelled(corpora, seed)
    parts = [len(every), len(copies), len(quiet), len(strange)]
    print(f"{parts} requests, mistyped, of nothing, unlabelled; {len(labels)} labels", flush=True)
    lessons = Lessons(every + copies + quiet + strange, labels)
    judge = Lessons(held, labels)
    ends = list(itertools.accumulate(parts))

    def draw(chance: random.Random, strange: int) -> list[int]:
        """All requests, half of the mistyped ones, and some of the others."""
        some = zip(ends, ends[1:], (parts[1] // 2, QUIET, strange))
        return [*range(ends[0]), *(n for begin, end, most in some for n in chance.sample(range(begin, end), most))]

    os.makedirs(out, exist_ok=True)
    kept = lambda name: os.path.join(out, f"requests_{name}.pt")
    teacher = Dense(len(labels))
    few = lambda chance: draw(chance, 0)
    learned(teacher, lessons.read, lessons, few, EPOCHS["teacher"], seed, kept("teacher"))
    print("teacher:", judged(teacher, judge.read, judge), flush=True)
    lessons.ask(teacher)
    encoder = reader_of(pack)[0].encoder.eval()
    branch, seen = Branch(list(encoder.layers[SHARED:]), len(labels)), Seen(encoder, lessons)
    learned(branch, seen.read, lessons, lambda chance: draw(chance, STRANGE), EPOCHS["branch"], seed, kept("branch"))
    as_stored(branch, seen, seed)
    scores, heat = judged(branch, Seen(encoder, judge).read, judge)
    print(scores, heat)
    put_into(pack, branch, labels, heat)
    answer_golden(golden, encoder, branch)
    describe(pack, scores)
