//! A few words about itself, in a voice that does not pretend to be a person.

use std::sync::LazyLock;

use super::Skill;
use super::grammar::{Found, Grammar};
use super::turn::{Reply, Turn};

pub(super) struct SmallTalk;

static GRAMMAR: LazyLock<Grammar> = LazyLock::new(|| {
    Grammar::new(&[
        (
            r"(?:how are you(?: doing| today| feeling)*|how's it going|how is it going|how do you do|how are things|what's up|how's life|how are you feeling|what's new|are you (?:ok|okay|well|good))",
            well,
        ),
        (
            r"(?:tell me |say |give me |do you know |know )?(?:a |another |any |some |one more )?(?:good |funny )?jokes?",
            joke,
        ),
        (r"(?:make me laugh|say something funny|be funny)", joke),
        (
            r"(?:i love you|i like you|you(?:'re| are) (?:great|awesome|the best|amazing|nice|cool|so helpful|helpful|wonderful|good|smart|funny|clever)|good (?:job|work|bot)|well done|nice work|nice one|great job)",
            praise,
        ),
        (
            r"(?:i hate you|you(?:'re| are) (?:stupid|useless|dumb|bad|an idiot|terrible|annoying|wrong|rubbish)|bad bot|you suck|you (?:got|did) (?:that|it|this) wrong|that(?:'s| is| was) (?:wrong|not helpful|not what i (?:meant|asked|wanted|said)|useless|incorrect)|not helpful|you (?:don't|didn't) (?:get|understand)(?: it| me)?)",
            blame,
        ),
        (r"(?:i(?:'m| am) (?:so |very |really |a bit |feeling )*(?:bored))", bored),
        (
            r"(?:i(?:'m| am) (?:so |very |really |a bit |feeling )*(?:sad|lonely|depressed|down|upset|unhappy|anxious|stressed|exhausted|tired)(?: today| again| right now)?)",
            sad,
        ),
        (r"(?:how old are you|when were you (?:born|made)|what(?:'s| is) your age)", age),
        (r"(?:where do you live|where are you(?: from)?|where do you come from)", home),
        (r"(?:what(?:'s| is) the meaning of life|what is life about|why are we here)", meaning),
        (
            r"(?:do you (?:have|like|love|dream|sleep|eat|feel|think|hate|get) ?.*|are you (?:alive|human|real|conscious|sentient|married|happy|sad|tired|hungry))",
            person,
        ),
        (r"(?:sing|sing (?:me )?(?:a song|something)|can you sing)", sing),
        (
            r"(?:(?:are you|is this) (?:listening|private|recording|online|connected)(?: to (?:me|the internet))?|do you (?:record|send|share|sell) .*|is my data safe|who can (?:see|read) (?:this|my messages|what i write)|can you keep a secret|are you (?:listening|recording)(?: to)? .*|do you (?:listen|spy) .*|where (?:is|are) my (?:data|messages|notes) (?:stored|kept)|are (?:my )?(?:notes|messages) stored .*)",
            private,
        ),
        (
            r"(?:ok|okay|k|cool|great|nice|fine|perfect|good|alright|all right|sure|got it|i see|right|awesome|lovely|excellent|sounds good|yes|no|yeah|nope|yep|never ?mind|nevermind|forget it|cancel|stop|wow|lol|haha+|hm+|interesting|whatever|sorry|no worries|no problem)",
            nod,
        ),
    ])
});

impl Skill for SmallTalk {
    fn name(&self) -> &'static str {
        "small_talk"
    }

    fn intents(&self) -> &'static [&'static str] {
        &[
            "tell_joke",
            "how_old_are_you",
            "do_you_have_pets",
            "what_are_your_hobbies",
            "where_are_you_from",
            "meaning_of_life",
            "fun_fact",
        ]
    }

    fn grammar(&self) -> Option<&'static Grammar> {
        Some(&GRAMMAR)
    }

    fn meant(&self, turn: &mut Turn<'_>) -> Option<Reply> {
        let text = match turn.analysis.intent.name.as_str() {
            "tell_joke" => return Some(a_joke(turn)),
            "how_old_are_you" => AGE,
            "where_are_you_from" => HOME,
            "meaning_of_life" => MEANING,
            "fun_fact" => {
                "SqueezeBERT, the small model that reads your messages, fits in less room than a few photos."
            }
            _ => PERSON,
        };
        Some(Reply::say(text))
    }
}

const AGE: &str = "I'm as old as the version you installed.";
const HOME: &str = "I live on this computer, and nowhere else.";
const MEANING: &str = "People disagree. I keep lists and timers so that you have time to find out.";
const PERSON: &str =
    "I'm a program, so there is not much of that in me. But I'm good with timers, lists and notes.";

fn well(turn: &mut Turn<'_>, _: &Found) -> Option<Reply> {
    let name = turn.memory.fact("name").map(|name| format!(", {name}")).unwrap_or_default();
    Some(Reply::say(format!("All is well here{name}. What can I do for you?")))
}

fn joke(turn: &mut Turn<'_>, _: &Found) -> Option<Reply> {
    Some(a_joke(turn))
}

fn a_joke(turn: &mut Turn<'_>) -> Reply {
    const JOKES: &[&str] = &[
        "I would tell you a joke about the cloud, but I have never been there.",
        "Why did the timer go to school? To learn to count down.",
        "There are 10 kinds of people: those who read binary, and those who don't.",
        "I told my shopping list a secret. Now it's written all over it.",
        "Why was the computer cold? It left its windows open.",
    ];
    Reply::say(turn.vary(JOKES))
}

fn praise(turn: &mut Turn<'_>, _: &Found) -> Option<Reply> {
    Some(Reply::say(turn.vary(&[
        "Thank you, that's kind.",
        "Thanks! Happy to help.",
        "That's good to hear.",
    ])))
}

fn blame(_: &mut Turn<'_>, _: &Found) -> Option<Reply> {
    Some(Reply::say("I'm sorry it did not go well. “Undo” takes back the last thing I did."))
}

fn bored(_: &mut Turn<'_>, _: &Found) -> Option<Reply> {
    Some(Reply::say(
        "I could flip a coin, roll dice, or pick something for you: “should I read or take a walk”.",
    ))
}

fn sad(_: &mut Turn<'_>, _: &Found) -> Option<Reply> {
    Some(Reply::say(
        "I'm sorry you feel that way. I can listen and keep it private; writing it down can help.",
    ))
}

fn age(_: &mut Turn<'_>, _: &Found) -> Option<Reply> {
    Some(Reply::say(AGE))
}

fn home(_: &mut Turn<'_>, _: &Found) -> Option<Reply> {
    Some(Reply::say(HOME))
}

fn meaning(_: &mut Turn<'_>, _: &Found) -> Option<Reply> {
    Some(Reply::say(MEANING))
}

fn person(_: &mut Turn<'_>, _: &Found) -> Option<Reply> {
    Some(Reply::say(PERSON))
}

fn sing(_: &mut Turn<'_>, _: &Found) -> Option<Reply> {
    Some(Reply::say("La, la, la. That is all the singing a text can do."))
}

fn private(_: &mut Turn<'_>, _: &Found) -> Option<Reply> {
    Some(Reply::say(
        "What you write stays in one file on this computer. I open no connection, and nobody else reads it.",
    ))
}

fn nod(turn: &mut Turn<'_>, _: &Found) -> Option<Reply> {
    Some(Reply::say(turn.vary(&["Okay.", "All right.", "👍"])))
}
