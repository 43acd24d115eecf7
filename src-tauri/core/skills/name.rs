//! Remembers what to call the user.

use std::sync::LazyLock;

use super::Skill;
use super::filled::Marks;
use super::grammar::{Found, Grammar};
use super::reading::pattern;
use super::turn::{Reply, Turn, slot};
use super::wording::capital;
use crate::memory::{Asked, Fact, Record, Table};

pub(super) struct Name;

static GRAMMAR: LazyLock<Grammar> = LazyLock::new(|| {
    Grammar::new(&[
        (
            r"(?:(?:actually|you can|please|just|from now on,?|i want you to|you may) )*call me (?<name>[\p{L}'.-]+(?: [\p{L}'.-]+){0,2}?)(?: from now on| instead)?(?:[,.;!]+ (?:and |so )?(?:(?:please|pls|plz|can you|could you|will you) )*(?:remember|keep|save|note|don't forget) (?:it|that|this|my name)(?: please| pls)?)?",
            set,
        ),
        (
            r"(?:hi |hello |hey |there[,!]? |actually,? |oh,? |well,? |from (?:today|now)(?: on)?,? |(?:i'm|i am|my name is) [\p{L}'.-]+,? but )*(?:my name is|my name's|the name's|i am called|i'm called|i go by|change my name to|my name is actually|set my name to|(?:people|everyone|everybody) (?:all )?calls? me|(?:i'm|i am) known as|my (?:friends|mates) know me as|i answer to|remember my name is) (?<name>[\p{L}'.-]+(?: [\p{L}'.-]+){0,2}?)(?:,? (?:by the way|btw|actually|now))?(?:,? so (?:you|please|do|should|can|could|may|will) .+|[,.;!]* (?:and |so )?(?:(?:please|pls|plz|can you|could you|will you|do|try to) )*(?:remember|keep|save|store|use|don't forget|note)(?: (?:it|that|this|my name))?(?: (?:down|in mind|please|pls|for me|from now on|for next time|for later|will you|would you))*)?",
            set,
        ),
        (r"myself (?<name>[\p{L}'.-]+),? (?:nice|pleased|glad) to meet you", set),
        (
            r"(?:(?:i (?:don't|do not|dont) want you to|don't|do not) (?:remember|know|keep|use)|stop (?:remembering|using)) my name(?: ?any ?more| any longer)?(?:[,;.]? (?:so )?(?:please )?(?:delete|forget|remove|erase) it)?",
            forget,
        ),
        (r"(?:i'm|i am|this is) (?<name>[\p{L}'.-]+(?: [\p{L}'.-]+)?)", introduced),
        (
            r"(?:(?:from now on,?|please|just|always|start|i want you to|i'd like you to|you (?:can|may|shall|should|could)) )*(?:refer to me as|address me as|call me|calling me|say my name is) (?<name>[\p{L}'.-]+(?: [\p{L}'.-]+){0,2}?)(?:,? (?:from (?:now|here)(?: on)?(?: out)?|instead|ok|okay|please))*",
            set,
        ),
        (
            r"(?:from now on,? my name is|i(?:'d| would)? (?:want|prefer|like|wish|rather|love)(?: it)?(?: to)? (?:be called|go by|if you called me)) (?<name>[\p{L}'.-]+(?: [\p{L}'.-]+){0,2}?)(?: from now on| instead)?",
            set,
        ),
        (r"(?<name>[\p{L}'.-]+(?: [\p{L}'.-]+)?) is my name", set),
        (
            r"(?:stop|quit) calling me .+?,? (?:and|but) (?:(?:please|from now on,?|always|start|instead) )*(?:call|calling) me (?<name>[\p{L}'.-]+(?: [\p{L}'.-]+)?)(?: instead)?",
            set,
        ),
        (
            r"(?:i(?:'d| would) like you to |i want you to )?(?:call me (?:something|anything) (?:else|different|new)|call me by (?:another|a different|a new) name|change (?:my name|what you call me|how you call me))",
            ask,
        ),
        (
            r"(?:stop|quit|don't|do not) (?:calling|call) me .+?,? (?:it's|my name is|my name's|i'm|i am|i go by|the name's|the name is) (?<name>[\p{L}'.-]+(?: [\p{L}'.-]+)?)",
            set,
        ),
        (r"(?:stop|quit) calling me .+", forget),
        (
            r"(?:what(?:'s| is) my name|what am i called|what name (?:do you have for me|did i give you)|do you (?:know|remember) what i(?:'m| am) called|do you (?:know|remember) my name|who am i|what do you call me|tell me my name|say my name|do you know who i am|what did i say my name was)(?: again)?",
            tell,
        ),
        (
            r"(?:forget|delete|remove|erase|wipe) (?:my name|what i(?:'m| am) called|what (?:to|you) call me)(?: from (?:your|the) memory)?",
            forget,
        ),
    ])
});

impl Skill for Name {
    fn name(&self) -> &'static str {
        "name"
    }

    fn intents(&self) -> &'static [&'static str] {
        &["user_name", "change_user_name"]
    }

    fn offer(&self, intent: &str) -> &'static str {
        if intent == "change_user_name" { "change what I call you" } else { "" }
    }

    fn grammar(&self) -> Option<&'static Grammar> {
        Some(&GRAMMAR)
    }

    fn resume(&self, turn: &mut Turn<'_>, asked: &Asked) -> Option<Reply> {
        if asked.slot == "confirm" {
            return named(turn, slot(&asked.slots, "name"));
        }
        let plain = turn.reading.plain.clone();
        let other = ["question", "thanks", "goodbye"].contains(&turn.analysis.act.name.as_str());
        (!other && plain.split(' ').count() <= 2).then(|| named(turn, &plain))?
    }

    fn proposes(&self, verb: &str) -> &'static str {
        match verb {
            "set" => "change what I call you",
            "forget" => "forget your name",
            _ => "",
        }
    }

    fn wanted(&self, turn: &mut Turn<'_>, verb: &str) -> Option<Reply> {
        match verb {
            "set" => {
                let analysis = turn.analysis;
                let people = analysis.entities.iter().filter(|entity| entity.entity == "person");
                let people: Vec<&str> = people.map(|entity| entity.text.as_str()).collect();
                let name = called(&turn.reading.whole, &people);
                Some(name.and_then(|name| named(turn, &name)).unwrap_or_else(which))
            }
            "tell" => Some(known(turn)),
            "forget" => Some(forgotten(turn)),
            _ => None,
        }
    }

    fn filled(&self, turn: &mut Turn<'_>, verb: &str, marks: &Marks<'_>) -> Option<Reply> {
        // "It's Margaret on my passport, but I go by Peggy": what is said last holds.
        if verb == "set" { named(turn, marks.all("person").last()?) } else { None }
    }

    fn meant(&self, turn: &mut Turn<'_>) -> Option<Reply> {
        if turn.analysis.intent.name == "change_user_name" {
            // "Anna called me already" tells no name.
            let set = turn.requested("name").as_deref() == Some("set");
            return if set { self.wanted(turn, "set") } else { turn.sure.then(which) };
        }
        Some(known(turn))
    }
}

/// Words after "call me" that begin no name.
const NO_NAMES: &[&str] = &[
    "a",
    "an",
    "the",
    "back",
    "later",
    "at",
    "on",
    "when",
    "tomorrow",
    "if",
    "maybe",
    "today",
    "tonight",
    "in",
    "now",
    "again",
    "by",
    "not",
    "soon",
    "please",
    "for",
    "on",
    "after",
    "before",
    "whatever",
    "anything",
    "what",
    "something",
    "my",
    "your",
    "crazy",
    "and",
    "important",
    "secret",
    "private",
    "a secret",
    "unknown",
    "mum",
    "mom",
    "dad",
    "this",
    "that",
    "it",
    "here",
    "who",
    "late",
    "asap",
    "anytime",
    "out",
    "over",
    "up",
    "first",
    "names",
];

fn which() -> Reply {
    Reply::ask("name", "set", "name", "What shall I call you?")
}

fn ask(_: &mut Turn<'_>, _: &Found) -> Option<Reply> {
    Some(which())
}

fn set(turn: &mut Turn<'_>, found: &Found) -> Option<Reply> {
    named(turn, &found.text(&["name"])?)
}

fn named(turn: &mut Turn<'_>, said: &str) -> Option<Reply> {
    let words: Vec<&str> = said.split(' ').collect();
    if words.iter().any(|word| NO_NAMES.contains(&word.to_lowercase().as_str())) {
        return None;
    }
    let name = words.iter().map(|word| capital(word.trim_matches(['.', '\'']))).collect::<Vec<_>>().join(" ");
    let old = turn.memory.facts.iter().find(|fact| fact.name == "name").map(|fact| fact.id);
    let id = old.unwrap_or_else(|| turn.memory.new_id());
    turn.memory.put(Record::Fact(Fact { id, name: "name".to_owned(), value: name.clone() }));
    "remembering your name".clone_into(&mut turn.memory.what);
    Some(
        Reply::say(format!("Nice to meet you, {name}. I'll call you that."))
            .did("name", "set")
            .with("name", name),
    )
}

/// "Hi, I'm Robert": where the model sees a person's name, and a greeting stands before it.
fn introduced(turn: &mut Turn<'_>, found: &Found) -> Option<Reply> {
    let said = found.text(&["name"])?;
    let person = |entity: &crate::Entity| entity.entity == "person" && entity.text == said;
    let greets = GREETS.as_ref().is_some_and(|greets| greets.is_match(turn.text));
    if greets && turn.analysis.entities.iter().any(person) {
        return set(turn, found);
    }
    // "I am Jason" by itself, where the model takes it for a name.
    let intent = &turn.analysis.intent;
    let name = intent.name == "change_user_name" && intent.confidence >= 0.9 && !said.contains(' ');
    let asks = || {
        Reply::ask("name", "set", "confirm", format!("Shall I call you {}?", capital(&said)))
            .among(vec!["yes".to_owned(), "no".to_owned()])
            .knowing("name", said.as_str())
    };
    (name && !NO_NAMES.contains(&said.to_lowercase().as_str())).then(asks)
}

pattern!(GREETS, r"(?i)^(?:hi|hello|hey|good (?:morning|evening|afternoon))\b");

pattern!(
    CALLED,
    r"(?i)\b(?:(?:call(?:s|ing)?|(?:you|be|you'd|you've) called|cal|name|known? as|know|address(?:es|ing)?|adress(?:ing)?|refer(?:ring)? to|think of|greet) (?:me|myself)(?: as| by| is| with)?|(?:name|nmae|naem|nickname)(?:'s| is| to| was| be|,|:)?(?: actually| really| now)?|(?:be|am|i'm|im|get|got) (?:called|named|known as)|(?:go|goes|going|answer|answers|went) (?:by|to|as)|(?<vague>i'm|i am|im|it's|myself|this is|that's|which is)) (?:just |simply |only |plain |now |always )*(?<name>.+)"
);
pattern!(
    REFUSED,
    r"(?i)\b(?:not|don't|dont|never|stop|stopped|quit|nobody|no more|hate|instead of|rather than)(?: \pL+){0,1}? ?$"
);
pattern!(
    IS_MINE,
    r"(?i)(?<name>\pL[\pL'.-]*(?: \pL[\pL'.-]*){0,2}?) (?:is (?:my name|what (?:i'm|i am) called|what (?:they|people|you) (?:should )?call me|fine|enough)|here|will do|would do|suits me|works)\b"
);

/// Words that end a name: "Dot instead", "Seun to my friends".
const ENDS: &[&str] = &[
    "these",
    "those",
    "nowadays",
    "henceforth",
    "instead",
    "from",
    "to",
    "but",
    "because",
    "cause",
    "cos",
    "so",
    "please",
    "pls",
    "by",
    "and",
    "or",
    "if",
    "when",
    "thanks",
    "ok",
    "okay",
    "lol",
    "haha",
    "with",
    "as",
    "for",
    "like",
    "that",
    "is",
    "are",
    "you",
    "i",
    "not",
    "now",
    "rather",
    "would",
    "will",
    "btw",
    "too",
    "yeah",
    "then",
    "in",
    "at",
    "on",
    "mate",
    "sotto",
    "everyone",
    "since",
];

/// What the user wants to be called, in whatever words; `people` are the names that the model sees.
fn called(said: &str, people: &[&str]) -> Option<String> {
    let mut last = None;
    let mut rest = said;
    while let Some(found) = CALLED.as_ref().and_then(|called| called.captures(rest)) {
        let (Some(all), Some(name)) = (found.get(0), found.name("name")) else { break };
        let before = rest.get(..all.start()).unwrap_or_default();
        let refused = REFUSED.as_ref().is_some_and(|refused| refused.is_match(before));
        let begun = name_at(name.as_str(), people, found.name("vague").is_some());
        last = begun.filter(|_| !refused).or(last);
        rest = name.as_str();
    }
    let mine = || name_at(IS_MINE.as_ref()?.captures(said)?.name("name")?.as_str(), people, true);
    last.or_else(mine).or_else(|| people.last().map(|name| (*name).to_owned()))
}

/// The name that a phrase begins with: three words at most, none of which is any other sort of word. After "I'm", which
/// may lead to anything, it must look like a name.
fn name_at(phrase: &str, people: &[&str], vague: bool) -> Option<String> {
    const LONGEST: usize = 3;
    let mut words: Vec<&str> = Vec::new();
    for word in phrase.split_whitespace() {
        let name = word.trim_matches(|c: char| !c.is_alphanumeric());
        if name.is_empty() || ENDS.contains(&name.to_lowercase().as_str()) {
            break;
        }
        words.push(name);
        // The full stop of "Dr. Iyer" ends no sentence.
        let titled = name.chars().count() <= 3 && word.ends_with('.');
        if !titled && word.ends_with(|c: char| !c.is_alphanumeric()) {
            break;
        }
    }
    let name = words.join(" ");
    let seen = people.iter().any(|person| person.contains(name.as_str()));
    let is_name = |word: &&str| {
        let letters = word.chars().all(|c| c.is_alphabetic() || matches!(c, '\'' | '-' | '.'));
        letters && !NO_NAMES.contains(&word.to_lowercase().as_str())
    };
    let looks = seen || words.iter().all(|word| word.starts_with(char::is_uppercase));
    let likely = looks || !vague && words.len() < LONGEST;
    (!words.is_empty() && words.len() <= LONGEST && words.iter().all(is_name) && likely).then_some(name)
}

fn tell(turn: &mut Turn<'_>, _: &Found) -> Option<Reply> {
    Some(known(turn))
}

fn known(turn: &Turn<'_>) -> Reply {
    let reply = Reply::default().did("name", "tell");
    match turn.memory.fact("name") {
        Some(name) => Reply { text: format!("Your name is {name}."), ..reply.with("name", name) },
        None => Reply { text: "You have not told me yet. Say “call me …”.".to_owned(), ..reply },
    }
}

fn forget(turn: &mut Turn<'_>, _: &Found) -> Option<Reply> {
    Some(forgotten(turn))
}

fn forgotten(turn: &mut Turn<'_>) -> Reply {
    let Some(id) = turn.memory.facts.iter().find(|fact| fact.name == "name").map(|fact| fact.id) else {
        return Reply::say("I don't know your name.");
    };
    turn.memory.remove(Table::Fact, id);
    "forgetting your name".clone_into(&mut turn.memory.what);
    Reply::say("I have forgotten your name.").did("name", "forget")
}

#[cfg(test)]
mod tests {
    use super::called;

    #[test]
    fn a_name_is_found_in_any_words() {
        for (said, name) in [
            ("you should know people call me Biff", "Biff"),
            ("start calling me Professor, would you", "Professor"),
            ("I go by Mickey these days", "Mickey"),
            ("I hate Katherine, it's Kate to you", "Kate"),
            ("I got married so I'm Mrs Huang now", "Mrs Huang"),
            ("it would be nice if you used my name, which is Pádraig", "Pádraig"),
            ("please don't call me sir, Bill will do", "Bill"),
            ("you've got my name wrong, it's Siobhán", "Siobhán"),
            ("for future reference the name is Olu Adeyemi", "Olu Adeyemi"),
            ("don't call me Robert, call me Bob", "Bob"),
            ("stop calling me Farid, I'm Fred", "Fred"),
            ("call me jess from now on", "jess"),
            ("pls address me as Dr. Iyer", "Dr Iyer"),
        ] {
            assert_eq!(called(said, &[]).as_deref(), Some(name), "{said}");
        }
        for said in
            ["I'm happy for you to use another name", "call me by a different name", "change my name please"]
        {
            assert_eq!(called(said, &[]), None, "{said}");
        }
    }
}
