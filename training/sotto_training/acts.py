"""Dialogue-act labels for corpora that were marked for something else.

No open corpus marks how everyday messages are said, so the labels come from three places: acts and
small-talk intents that other corpora do mark, emotions that imply an act, and the form of the sentence.
"""

import re
from collections.abc import Iterable

from .labels import SMALL_TALK

ASKS = re.compile(
    r"^(so |and |but |ok |okay |hey |hi |um |well )*(what|whats|what's|who|whos|who's|when|whens|where|wheres|where's|"
    r"why|how|hows|how's|which|whose|is|are|am|was|were|do|does|did|has|have|had|should|shall|may|might|"
    r"isn't|aren't|don't you|doesn't|didn't|can i|can we|could i|could we|can it|any idea)\b",
    re.IGNORECASE,
)
WANTS = re.compile(
    r"^(so |and |but |ok |okay |hey |hi |yes |um |well |now |please |just |olly |also )*"
    r"(can you|could you|would you|will you|can u|i want|i need|i'd like|i would like|i wanna|i wish to|let's|lets|"
    r"let me|help me|tell me|show me|give me|i'm looking for|i am looking for|i have to|we need|please)\b",
    re.IGNORECASE,
)
ORDERS = set(
    """
    add activate answer apply archive arrange ask begin block book bring brighten buy calculate call cancel change
    check clear close come compare confirm continue contact convert copy count create cut decrease define delete
    describe dim disable display do don't download email enable erase explain export fetch fill find fix flip forget
    forward freeze get give go hang help hold identify increase inform insert keep kill leave let lights list listen
    locate look lower make mark mute name note notify open order pass pause pay pick place play post print pull
    purchase put raise rate read recite recommend record redial remember remind remove rename repeat reply report
    request reschedule reserve reset restart resume retrieve roll run save say schedule search see select send set
    share show shuffle shut sing skip sort speak spell start stay stop submit subtract sum switch swap sync take
    tell text throw track transfer translate try turn tweet unblock unfreeze unmute update use wait wake warn watch
    write
    """.split()
)
STATES = re.compile(
    r"^(i|i'm|im|i've|my|we|he|she|they|it|it's|its|this|that|there|the|a|an|you|your|our|his|her)\b", re.IGNORECASE
)


def form(text: str) -> str | None:
    """question, request or inform by the words at the start and the mark at the end; None if it does not show."""
    text = text.strip()
    if WANTS.match(text):
        return "request"
    if text.endswith("?") or ASKS.match(text):
        return "question"
    first = re.match(r"(?:please |ok |okay |hey |now |then |just |olly )*([a-z']+)", text.lower())
    if first and first[1] in ORDERS and not re.match(r"\w+ (is|are|was|were)\b", text.lower()):
        return "request"
    return "inform" if STATES.match(text) else None


def of_command(intent: str, text: str) -> str | None:
    """Act of a message to an assistant, from its intent and its form."""
    if intent in SMALL_TALK:
        return SMALL_TALK[intent]
    if intent == "general_praise":
        return "thanks" if re.search(r"thank|appreciate", text.lower()) else "opinion"
    if intent in ("general_quirky", "oos", "music_likeness"):
        return form(text)
    return form(text) or "request"


def of_dialogue(acts: Iterable[str], text: str) -> str | None:
    """Act of a task dialogue's turn from the acts marked in SGD; None if it does several things."""
    acts = set(acts)
    if acts <= {"NEGATE", "NEGATE_INTENT", "THANK_YOU"} and acts != {"THANK_YOU"}:
        return "negate"
    if acts & {"AFFIRM", "AFFIRM_INTENT"} and len(acts) == 1:
        return "affirm"
    if acts == {"SELECT"}:
        return (
            "affirm"
            if re.match(r"(yes|yeah|yep|sure|ok|okay|great|perfect|that works|that sounds|sounds good)\b", text.lower())
            else None
        )
    if (
        acts == {"THANK_YOU"}
        or acts == {"GOODBYE", "THANK_YOU"}
        and re.match(r"\W*(ok\W*)?(thank|great\W+thank)", text.lower())
    ):
        return "thanks"
    if acts == {"GOODBYE"}:
        return "goodbye"
    if "NOTIFY_FAILURE" in acts:
        return "apology" if re.match(r"(i'm |i am |so |very |i )*(sorry|apologi)", text.lower()) else None
    if acts <= {"INFORM_INTENT", "INFORM", "REQUEST_ALTS"} and acts & {"INFORM_INTENT", "REQUEST_ALTS"}:
        return form(text) or "request"
    if acts == {"REQUEST"} or acts <= {"REQ_MORE", "OFFER_INTENT", "CONFIRM"}:
        return form(text) if form(text) in ("question", "request") else None
    if acts in ({"INFORM"}, {"NOTIFY_SUCCESS"}, {"INFORM", "NOTIFY_SUCCESS"}):
        return form(text) or "inform"
    return None


OPINIONS = {"admiration", "approval", "disapproval", "annoyance", "disgust", "disappointment", "love", "anger", "pride"}


def of_emotion(emotions: list[str], text: str) -> str | None:
    """Act of a forum comment from its GoEmotions labels."""
    if text.rstrip().endswith("?"):
        return "question"
    if emotions == ["gratitude"]:
        return "thanks"
    if emotions == ["remorse"] and re.search(r"sorry|apolog|my bad|regret", text.lower()):
        return "apology"
    if emotions and set(emotions) <= OPINIONS:
        return "opinion"
    if emotions == ["amusement"] and len(text.split()) <= 4:
        return "other"
    return None


# Act, most words of a line that is only that act, ways to begin it.
OPENINGS = [
    (act, most_words, re.compile(f"(?:{'|'.join(ways)})(?!\\w)[\\s!.,~]*"))
    for act, most_words, ways in [
        (
            "greeting",
            4,
            [
                "hi+",
                "hello+",
                "hey+",
                "heya",
                "hiya",
                "yo",
                "howdy",
                "morning",
                "greetings",
                "sup",
                "wassup",
                "good (?:morning|evening|afternoon)",
                "re",
                "hola",
            ],
        ),
        (
            "goodbye",
            5,
            [
                "bye+",
                "bye bye",
                "good ?bye",
                "see (?:you|ya)",
                "cya",
                "laters?",
                "good ?night",
                "nite",
                "g2g",
                "gtg",
                "gotta go",
                "take care",
                "farewell",
                "ttyl",
                "bbl",
                "have a (?:nice|good|great)",
            ],
        ),
        (
            "thanks",
            7,
            ["(?:(?:ok|okay|great|cool) )?(?:thanks?|thx|ty|tyvm|thank (?:you|u)|cheers|tnx)", "much appreciated"],
        ),
        (
            "apology",
            7,
            [
                "(?:(?:oh|ah) )?(?:(?:so )?sorry|i'?m (?:so |very )?sorry|my bad|my apologies|apologies)",
                "i apologi[sz]e",
                "excuse me",
            ],
        ),
        (
            "affirm",
            3,
            [
                "yes+",
                "yeah+",
                "yea",
                "yep",
                "yup",
                "sure",
                "ok",
                "okay",
                "k",
                "kk",
                "right",
                "true",
                "exactly",
                "indeed",
                "agreed",
                "of course",
                "absolutely",
                "definitely",
                "correct",
                "mhm",
                "uh ?huh",
                "aye",
                "sounds good",
                "fine",
            ],
        ),
        (
            "negate",
            3,
            [
                "no+",
                "nope",
                "nah",
                "never",
                "not really",
                "no way",
                "i don't think so",
                "nay",
                "wrong",
                "absolutely not",
            ],
        ),
        (
            "other",
            2,
            [
                "lol+",
                "lmao",
                "rofl",
                "ha(?:ha)+",
                "hehe+",
                "wow+",
                "omg",
                "hm+",
                "ugh",
                "ouch",
                "oops",
                "whoa",
                "yay",
                "aw+",
                "meh",
                "grr+",
                "um+",
                "uh+",
                "eh",
                "heh",
                "wtf",
                "damn",
                "geez",
                "brb",
                ":-?[)(dp]",
                r";-?\)",
                "<3",
                r"\W+",
            ],
        ),
    ]
]


def of_chat(text: str) -> str | None:
    """Act of an unmarked chat line whose opening or form leaves little doubt."""
    text = re.sub(r"^[\w|\[\]`^-]{2,16}[:,] +", "", text).strip()
    words = len(text.split())
    if text.endswith("?"):
        return "question"
    for act, most_words, opening in OPENINGS:
        if words <= most_words and opening.match(text.lower()):
            return act
    return form(text) if 3 <= words <= 25 else None
