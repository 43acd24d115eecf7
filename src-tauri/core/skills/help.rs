//! Says what Sotto can do, and who it is.

use std::sync::LazyLock;

use super::Skill;
use super::grammar::{Found, Grammar};
use super::turn::{Reply, Turn};

pub(super) struct Help;

const EXAMPLES: &str = "I keep your timers, lists and notes, and remember what you write, all on this computer. You \
                        can say, for example:\n\
                        • Set a pasta timer for 10 minutes\n\
                        • Wake me at 7 every weekday\n\
                        • Remind me to call Anna tomorrow at 9\n\
                        • Add milk and eggs to the shopping list\n\
                        • Note that the spare key is under the pot\n\
                        • What did I say about the boiler?\n\
                        • How was my week?\n\
                        • How many days until Christmas?\n\
                        • What is 15% of 240?  (or: 5 miles in km)\n\
                        • What time is it in Tokyo?\n\
                        • Flip a coin  (or: should I have tea or coffee?)\n\
                        • When I say marco, answer polo\n\
                        • Export today's chat as CSV\n\
                        “Undo” takes back the last thing, and “help with timers” (or lists, notes …) shows more of one \
                        kind.";

/// More examples of one kind, by a word that names it.
const TOPICS: &[(&[&str], &str)] = &[
    (
        &["timer", "timers"],
        "• Set a timer for 5 minutes\n• Start a pasta timer for 10 minutes\n• How long is left?\n• Add 2 minutes to \
         the pasta timer\n• Pause the timer, and: resume it\n• Cancel all timers",
    ),
    (
        &["alarm", "alarms"],
        "• Wake me at 7\n• Set an alarm for every weekday at 6:30\n• Move my alarm to 7:15\n• Which alarms are set?\n• \
         Cancel my alarm\n• Snooze for 10 minutes, when it has gone off",
    ),
    (
        &["reminder", "reminders", "remind", "reminding"],
        "• Remind me to call Anna tomorrow at 9\n• Remind me every Monday at 7pm to take out the bins\n• Remind me on \
         the last day of every month to pay the rent\n• What are my reminders?\n• Move the Anna reminder to 10\n• \
         Cancel the reminder about Anna",
    ),
    (
        &["list", "lists", "shopping", "todo", "to-do", "todos", "tasks"],
        "• Add milk, eggs and butter to the shopping list\n• What's on my to-do list?\n• Check off milk\n• Remove eggs \
         from the shopping list\n• Create a packing list\n• Clear the shopping list",
    ),
    (
        &["note", "notes"],
        "• Note that the boiler code is 4711\n• Find my note about the boiler\n• Show my notes\n• Change my last note \
         to …\n• Delete my last note",
    ),
    (
        &["date", "dates", "time", "times", "countdown", "countdowns"],
        "• How many days until Christmas?\n• What day is December 25?\n• What date is it in 10 days?\n• How many days \
         between 1 March and 15 March?\n• What time is it in Tokyo?",
    ),
    (
        &["sum", "sums", "calculator", "maths", "math", "units", "conversion", "conversions", "calculations"],
        "• What is 15% of 240?\n• 20% off 50\n• Split 90 by 4\n• 5 miles in km\n• How many feet are in a mile?",
    ),
    (
        &["history", "search", "searching", "messages"],
        "• What did I say about the boiler?\n• When did I last mention Anna?\n• How often did I mention work?\n• What \
         did I say yesterday?\n• Search my messages for cake",
    ),
    (
        &["mood", "digest", "day", "week", "feelings"],
        "• How was my day?\n• How was my week?\n• What was my mood last month?\nI count what you wrote and how it \
         sounded, no more.",
    ),
    (
        &["export", "exports", "exporting"],
        "• Export today's chat as CSV\n• Export everything as JSON Lines\n• Save this conversation as HTML",
    ),
    (
        &["answer", "answers", "teaching"],
        "• When I say marco, answer polo\n• What have I taught you?\n• Forget marco",
    ),
    (
        &["chance", "dice", "coin", "coins", "random", "choosing"],
        "• Flip a coin\n• Roll 2 dice, or: roll 3d6\n• Pick a number between 1 and 10\n• Pizza, pasta or sushi?",
    ),
];

static GRAMMAR: LazyLock<Grammar> = LazyLock::new(|| {
    Grammar::new(&[
        (
            r"(?:help|help me|what can (?:you|i) (?:do|say|ask|help me with|ask you)(?: for me| with you| about| you)?|what (?:do|are) you (?:do|able to do|capable of|good at|for)|what else can you do|what (?:can you do|are you able to do)(?: for me)?,? (?:apart from|besides|other than|except) .+|commands|options|(?:some )?(?:instructions|guidance|tips)|what (?:exactly|actually) (?:can|do|are) you .+|show me (?:some )?examples|how do(?:es)? (?:you|this|it|this (?:thing|app|program)) work|what are your (?:skills|features|commands|abilities|functions)|how can you help(?: me)?|what should i (?:say|ask)|what are you (?:able to|capable of)(?: do| doing)?(?: for me)?|how do i use (?:you|this|it|sotto)|(?:show|tell) me what you(?: can do| do|'re capable of| are capable of|'re able to do)|(?:give|show) me (?:a few |some |more )?examples|what else (?:can you do|is there)|(?:list|show)(?: me)? (?:your )?(?:commands|skills|features)|what (?:sorts?|kinds?|types?) of (?:things|stuff|questions|tasks|help|requests) (?:can|do|could|should|may|might) (?:i|you|we) .+|what (?:can|could|does) (?:this|the) (?:thing|app|program|assistant) do(?: for me)?|what(?:'s| is| are) (?:you|this(?: thing| app)?|it|sotto) (?:for|good for|used for)|(?:give|show) me (?:a |the )?(?:quick )?(?:tour|overview|introduction|intro)|(?:what|which) commands (?:do you (?:know|have|understand)|are there|can i (?:use|give(?: you)?))|where do i (?:start|begin)|(?:i'm|i am) (?:new|lost|stuck)(?: (?:here|to this))?[,.]? (?:how|what|where|help)\b.*|how (?:am i|are you|is this|is it) (?:supposed |meant )?(?:to )?(?:use|be used|work|used)(?: you| this)?)",
            examples,
        ),
        (
            r"(?:(?:i )?(?:need|want|get|show me|give me|can i (?:get|have)) (?:some )?(?:help|examples|tips|instructions)|help(?: me)?(?: out)?|explain(?: to me)?|(?:show|tell|teach) me how|how (?:do|does|can|should|would)(?: (?:i|you|we|one))?|how (?:the|your)|what can (?:i|you) do) (?<about>.+)",
            about,
        ),
        (
            r"(?:help|help me|i need help|need help|get help|show me (?:some )?help|explain how to use|how to use|how do i use|how do|how does|(?:show|tell|explain)(?: to)?(?: me)? how|how do i (?:set|make|create|add|take|use)|(?:show|tell|teach)(?: me)? how (?:to|i can) (?:set|make|create|add|take|use)|examples (?:for|of)|what can you do)(?: me)?(?: with| about| on| for)? {the}(?<topic>[\w-]+)(?: work| list)?(?: in here| here| with you)?",
            topic,
        ),
        (
            r"(?:who are you|what are you|what(?:'s| is) your name|what do i call you|introduce yourself|tell me about yourself|do you have a name)",
            who,
        ),
        (
            r"(?:are you (?:a (?:bot|robot|human|person|machine|computer|program)|an? (?:ai|assistant)|ai|chatgpt|siri|alexa)|who (?:made|created|built|programmed|wrote) you|who do you work for|who is your (?:boss|maker|creator))",
            program,
        ),
    ])
});

impl Skill for Help {
    fn name(&self) -> &'static str {
        "help"
    }

    fn intents(&self) -> &'static [&'static str] {
        &["what_can_i_ask_you", "are_you_a_bot", "what_is_your_name", "who_made_you", "who_do_you_work_for"]
    }

    fn grammar(&self) -> Option<&'static Grammar> {
        Some(&GRAMMAR)
    }

    fn wanted(&self, turn: &mut Turn<'_>, _verb: &str) -> Option<Reply> {
        let plain = turn.reading.plain.to_lowercase();
        // "What can you do apart from timers?"
        let other = ["apart from", "besides", "other than", "except"].iter().any(|word| plain.contains(word));
        let mut words = plain.split(|c: char| !c.is_alphanumeric() && c != '-').filter(|_| !other);
        // "I've been at this all day" names no topic, and "time" and "week" are said of much.
        let passing =
            |word: &str| ["time", "times", "day", "week", "messages", "answer", "random"].contains(&word);
        let named = words.find_map(|word| shown(word).filter(|_| !passing(word)));
        Some(named.unwrap_or_else(|| Reply::say(EXAMPLES).did("help", "show")))
    }

    fn meant(&self, turn: &mut Turn<'_>) -> Option<Reply> {
        Some(match turn.analysis.intent.name.as_str() {
            "what_can_i_ask_you" => Reply::say(EXAMPLES).did("help", "show"),
            "what_is_your_name" => Reply::say("I'm Sotto."),
            _ => Reply::say(PROGRAM),
        })
    }
}

const PROGRAM: &str =
    "I'm Sotto, a program on your own computer. No one listens in: nothing you write leaves it.";

fn examples(_: &mut Turn<'_>, _: &Found) -> Option<Reply> {
    Some(Reply::say(EXAMPLES).did("help", "show"))
}

/// "How does setting an alarm work here": what is named in a few words, and no time.
fn about(turn: &mut Turn<'_>, found: &Found) -> Option<Reply> {
    let about = found.text(&["about"])?.to_lowercase();
    let words: Vec<&str> = about.split(' ').collect();
    let given = turn.reading.is_timed() || about.contains(|c: char| c.is_ascii_digit() || c == '"');
    // "How do I study for a history exam" is about something else.
    const AROUND: &str = "with on about for use using work works set setting make making create creating take taking start \
                          starting add adding to the my your a an in this that thing app here you it up new some own \
                          sotto please i one things how me does do app program";
    let around = |word: &str| AROUND.split_whitespace().any(|other| other == word);
    let topical = |word: &str| TOPICS.iter().any(|(names, _)| names.contains(&word));
    if words.len() > 8 || given || !words.iter().all(|word| around(word) || topical(word)) {
        return None;
    }
    shown(words.iter().find(|word| topical(word))?)
}

fn topic(_: &mut Turn<'_>, found: &Found) -> Option<Reply> {
    shown(&found.text(&["topic"])?.to_lowercase())
}

/// The examples of one kind, by a word that names it.
fn shown(topic: &str) -> Option<Reply> {
    let (_, examples) = TOPICS.iter().find(|(words, _)| words.contains(&topic))?;
    // "Instructions for the shopping lists" are of lists.
    let topic = match topic {
        "shopping" | "todo" | "to-do" | "todos" | "tasks" => "lists",
        "remind" | "reminding" => "reminders",
        topic => topic,
    };
    Some(Reply::say(*examples).did("help", "show").with("topic", topic))
}

fn who(_: &mut Turn<'_>, _: &Found) -> Option<Reply> {
    Some(Reply::say("I'm Sotto, your private assistant on this computer."))
}

fn program(_: &mut Turn<'_>, _: &Found) -> Option<Reply> {
    Some(Reply::say(PROGRAM))
}
