//! Reminders: once or recurring, moved, cancelled, snoozed.

use std::sync::LazyLock;

use jiff::ToSpan;
use jiff::civil::Time;

use super::filled::Marks;
use super::grammar::{Act, Found, Grammar};
use super::reading::{pattern, replace};
use super::schedule::{Schedule, ahead, joined, schedule};
use super::tasks::{Target, grammar};
use super::turn::{Reply, Turn, ids, slot};
use super::wording;
use super::{Skill, planned, snooze};
use crate::memory::{Asked, Record, Task, TaskKind};

mod wanted;

pub(super) struct Reminder;

const KIND: TaskKind = TaskKind::Reminder;

/// Asks to be reminded.
const REMIND: &str = r"(?:(?:(?:(?:if )?(?:i|we)(?:'d| would) (?:be (?:so |very |much |most |ever so )?(?:obliged|grateful|glad|happy|thankful|delighted|pleased)|(?:really |so )?(?:appreciate|like|love|prefer) it)|it(?:'d| would) (?:be (?:[\w-]+ )?[\w-]+|help(?: me| a lot| me out)?)) if (?:you|ye|u)(?:'d| could| would| can| might)? |(?:do )?(?:you )?think you (?:could|can|might) )?(?:remind|reminded|remember|ping|nudge|notify|alert|prompt|poke|prod|nag|pester|hassle|bug|chivvy|badger|chase|buzz|beep|bleep|shout at|holler at|yell at|give a shout to) (?:me|us)|(?:make|have|let|help) (?:me|us) (?:remember|be reminded)|(?:jog|refresh) (?:my|our) memory|give (?:me|us) (?:a|an|another|the) (?:quick |little |wee |gentle )?(?:nudge|shout|ping|heads[ -]?up|reminder|poke|prod|kick|alert|buzz|bell|holler|yell|warning|tap|dig)|(?:send|drop|shoot|pop) (?:me|us) (?:a|an) (?:reminder|nudge|ping|notification|heads[ -]?up|alert))";

/// What one has to do, and may forget.
const NEED: &str = r"(?:i|we)(?:'ve|'m| have| am|'d|'ll| will)? ?(?:(?:really|also|still|just|always|often|usually|never|constantly) )*(?:got to|gotta|have to|need to|must|should|ought to|had better|better|(?:supposed|meant|due|going) to|(?:keep|am|'m)? ?forgetting(?: about| to)?|forget(?: about| to)?|(?:mustn't|must not|can't|cannot|don't want to|do not want to|tend to|might|may|could|would|bound to|likely to) forget(?: about| to)?|remember to|never remember(?: to)?|got|have|need)";

/// "You might", "y'all gotta", before what they are to do.
const YOU: &str = r"(?:(?:(?:you|ye|y'all|yous|you guys|you lot|u)(?:'d|'ll| had| will)? ?(?:better|best|gotta|got to|have to|need to|must|might|should|could|can|may|are to|ought to|will)?|(?:i|we)(?:'ll|'d| shall| will| would)? (?:need|want|like|prefer|rather) (?:for )?(?:you|ye)(?: to)?|if (?:you|ye|u)(?:'d| could| would| can| might)?)(?: (?:please|just|kindly|perhaps|maybe|possibly|also))*)";

/// What asks, between two halves.
const ASK: &str = r"(?:(?:so|and|please|can you|could you|will you|would you|you'd better|you can|just) )*";

static GRAMMAR: LazyLock<Grammar> = LazyLock::new(|| {
    let rules: &[(&str, Act)] = &[
        (
            r"(?:snooze|postpone|delay)(?: {it}| {the}(?:alarm|reminder|timer))?(?: (?:for|by|until|till|to))?(?<rest>(?: .+)?)",
            snooze::snooze,
        ),
        (
            r"(?:remind me|wake me|tell me|ask me)(?: up)?(?: of {it}| about {it})? again(?<rest>(?: .+)?)",
            snooze::snooze,
        ),
        (r"(?:remind me )?later", snooze::later),
        (
            r"(?:{show}|how many|when's|when is|when are|are any) {all}(?:of )?{the}(?:(?:upcoming|next|active|current|pending|set|any|other|open) )*{the}reminders?(?: (?:are|do|is|have|i|we|there|still|left|due|outstanding|waiting|coming up|open|lined up|saved|in total|altogether|in there|do i have|are set|set|are there|on|active|have i set|have i got|i have|i've set|scheduled|coming up|for (?<day>{t})|(?<day2>{t})|for|about|pending))*",
            list,
        ),
        (
            r"{list}(?: out| off| back| me| over)* {all}(?:of )?{the}(?:(?:upcoming|next|active|current|pending|set|any|other|open|outstanding) )*reminders?(?: (?:looking like|looking|like|back|back to me|to me|out|aloud|out loud|that i have|that are set|i have|i've got|i set|set|there|left|pending|outstanding|waiting|due|active|coming up|lined up|in there|so far|(?:for |on )?(?<day>{t})))*",
            list,
        ),
        (
            r"(?:have|did|do|has|if|whether) (?:i|you|we) (?:(?:got|already|even|actually|got|remember(?:ed)? to|ever|not|still|have) )*(?:set|made|make|got|have|keep|kept|schedule|scheduled|create|created|add|added|put)?(?: up| on| in)? ?{all}{the}(?:other )?reminders?(?: (?:set|on|going|already|yet|up|there|pending|active|left|coming up))*(?: (?:for |on )?(?<day>{t}))?(?: (?:for|about|to) {the}(?<about>.+?))?",
            list_about,
        ),
        (
            r"(?:is there|are there|there's|have we got) {all}{the}reminders?(?: (?:in there|set|on|there|already|in place|saved))*(?: (?:for |on )?(?<day>{t}))?(?: (?:for|about|to|on|of) {the}(?<about>.+?))?",
            list_about,
        ),
        (
            r"(?:any|are any|no|which|got any) reminders?(?: (?:pending|outstanding|waiting|due|active|set|left|coming up|lined up|in there|still|there|open|on|now|yet|to come))*(?: (?:for |on )?(?<day>{t}))?",
            list,
        ),
        (
            r"(?:(?:what|which things|what things|what else|what all|(?:is there |have you |have i |do i have |do you have )?(?:got )?anything(?: else)?)(?: (?:is|are|was|were|did|do|have|has))* )?(?:(?:that|it|the things) )*(?:(?:i|we|you)(?:'m|'re|'ve)?|am i|was i|are you|were you)(?: (?:am|are|was|were|have|had|got|going|meant|supposed|due|to|gonna|do|be|ask|asked|you|want|wanted|need|needed|told|tell))* (?:be reminded|remind me|reminded|reminding(?: me)?|to remember)(?: (?:of|about|to do|for))?(?: (?:for )?(?<day>{t}))?",
            list,
        ),
        (r"(?:my |all |all my )?reminders", list),
        (
            r"(?:what|whats|what's|anything|what all|do i have anything|have i got anything)(?: (?:is|have|do|i|we|you|got|else|coming up|due|on|set|there|next|pending|outstanding|waiting|lined up))*(?: (?:for |on )?(?<day>{t}))?,? {by} ?reminders?{wise}",
            list,
        ),
        (r"any reminders(?: (?:that )?i should know about| left| coming up| (?:for )?(?<day>{t}))?", list),
        (
            r"(?:can |could |should )?(?:the|my|that) (?:(?<target>.+?) )?reminder(?: (?:to|about|for|of) {the}(?<target2>.+?))? (?:(?:should|has to|needs to|must|ought to|can|could|wants to|was meant to|was supposed to) )?(?:be|come|go off|go|move|happen|arrive|shift|ring|pop up|have been)(?: set| moved| changed| pushed| put)?(?: back| forward)?(?: to| for| at| on)? (?<rest>.*?{t}.*?){instead}",
            change,
        ),
        (
            r"(?:i (?:want|need|meant)|i'd like|have|put|set|make) (?:my|the|that) (?:(?<target>.+?) )?reminder(?: (?:to|about|for|of) {the}(?<target2>.+?))? (?:to be |to come |set )?(?:at |for |to |on )?(?<rest>{t})(?:{instead}| (?:instead|rather|not)\b.*)",
            change_known,
        ),
        (
            r"(?:{show}) (?:everything|all|what) (?:that )?you(?: are|'re|'ll| will| have)? (?:supposed |going |meant )?(?:to )?remind me (?:of|about)",
            list,
        ),
        (
            r"(?:anything|what) (?:(?:i|we) should|(?:i'm|i am|we're) supposed to|(?:do|must) i (?:have|need) to|should i|to) (?:remember|be reminded of)(?: (?:for )?(?<day>{t}))?",
            list,
        ),
        (
            r"what (?:is|are|was|were) (?:it |the things? )?(?:that )?i (?:wanted|needed|had|have|was supposed|am supposed) to (?:remember|keep in mind|bear in mind)",
            list,
        ),
        (
            r"(?:do i have|is there|have i got) anything (?:planned|scheduled|coming up|due)(?: for)?(?: (?<day>{t}))?",
            list,
        ),
        (r"what (?:have you got|do you have|have you) (?:to )?remind me (?:of|about)(?: (?<day>{t}))?", list),
        (r"what reminders (?:have i got|do i have|are there)(?: (?:for )?(?<day>{t}))?", list),
        (r"when(?:'s| is) {the}(?<about>.+?) reminder", about),
        (r"when(?:'s| is) {the}reminder (?:about|for|to) {the}(?<about>.+)", about),
        (
            r"what (?:do|did) i (?:have|need|ask you|want) to (?:remember|be reminded (?:of|about)|remind me (?:of|about|to do)?)(?: (?<day>{t}))?",
            list,
        ),
        (
            r"what (?:are you going to|will you|do you have to) remind me (?:of|about|to do)(?: (?<day>{t}))?",
            list,
        ),
        (
            r"{drop} {all}(?:of )?{the}(?:(?<target>.*?) )?(?<kind>reminders?)(?: off| again| now)*{owned}(?:(?: (?:to|about|for|at|on|of|that|that says|called|named|saying|regarding|with|re)|:) {the}(?<target2>.+?))?{keep}",
            cancel,
        ),
        (r"{drop} {the}reminder (?<target>[^,]+?){keep}", cancel_known),
        (
            r"{drop}(?: with| on)? (?:reminding|nagging|pinging|nudging|bugging|pestering|telling|alerting|notifying) (?:me|us)(?: (?:to|about|of|that) {the}(?<target>.+?))?{longer}",
            cancel_known,
        ),
        (
            r"{unneeded} (?:the|my|that|this|those|these) {the}(?:(?<target>.*?) )?(?<kind>reminders?)(?: (?:(?:to|about|for|of|on) {the}(?<target2>.+?)|(?<target3>{t})))?(?: (?:coming|coming up|popping up|going off|to come|to go off|set|around))*{longer}",
            cancel,
        ),
        (
            r"(?:you|ye|u) (?:don't|dont|do not|needn't|need not|won't|no longer)(?: (?:have|need|got|be having|any longer|any more))*(?: to)? (?:remind|nag|ping|nudge|bug|tell|alert|notify)(?:ing)? (?:me|us)(?: (?:to|about|of|that) {the}(?<target>.+?))?{longer}",
            cancel_known,
        ),
        (
            r"{can}{all}(?:the|my|that|our|this|those|these) {the}(?:(?<target>.*?) )?(?<kind>reminders?)(?: (?:to|about|for|of|on) {the}(?<target2>.+?))? {gone}{longer}",
            cancel,
        ),
        (r"(?:the |my )?(?<target>.+?) reminder (?:to|until|till|for) (?<rest>{t}){instead}", change_known),
        (
            r"{unneeded} (?:to be reminded|reminding|you to remind me|a reminder|to remind me|any reminders?)(?: (?:to|about|of|for))? {the}(?<target>.+?){longer}",
            cancel_known,
        ),
        (
            r"(?:turn|switch|shut|take|knock|call) {all}{the}(?:(?<target>.*?) )?(?<kind>reminders?)(?: (?:to|about|for|of|on) {the}(?<target2>.+?))? (?:off|out|away|down)(?: again| now)?{keep}",
            cancel,
        ),
        (
            r"{all}(?:of )?{the}(?:(?<target>.*?) )?(?<kind>reminders?)(?: (?:to|about|for|of|on) {the}(?<target2>.+?))? {needless}(?: now)?",
            cancel,
        ),
        (
            r"(?:put|hold) (?:the|my|that|this) (?:(?<target>.*?) )?reminder(?: (?:to|about|for|of) {the}(?<target2>.+?))? (?:off|back|forward|on|out)(?: to| until| till| for)? (?<rest>{t}){instead}",
            change,
        ),
        (
            r"(?:{move}|make) {the}(?:(?<target>.*?) )?reminder(?: (?:to|about|for|of) (?<target2>.+?))? (?:(?<dir>back|forward|forwards|up|out|later|earlier|on|down) )?(?:by )?{d}(?: (?<dir2>later|earlier|back|forward|sooner))?",
            shift,
        ),
        (
            r"(?:(?:can|could|should|may|must|might|let|have|make|set|get|i want|i need|i'd like|i would like|i'd prefer) )?(?:the|my|our|that|this) {the}(?:(?<target>.*?) )?reminder(?: (?:for|about|to|of) {the}(?<target2>.+?))?(?: (?:to|should|could|can|must|has|needs|ought|be|come|go off|ring|pop up|sound|start|set|moved|changed|put|happen|arrive|for|by|about|just|in|up))* {d} (?<dir2>later|earlier|sooner)(?: than .+)?",
            shift,
        ),
        (
            r"REMIND (?:(?:about|of|to) {the}(?<target>.+?) )?{d} (?<dir2>later|earlier|sooner)(?: than .+)?",
            shift_known,
        ),
        (
            r"(?:{move}|set|make|put) {the}reminder (?:to|about|for|of|on|regarding) {the}(?<target>.+?)(?: back| forward| forwards| up| out| on| over| down)? (?:to|for|until|till|at|on) (?<rest>.+?){instead}",
            change_known,
        ),
        (
            r"(?:{move}|make) (?:the (?:time|hour|day|date) (?:of|for|on) )?{the}(?:(?<target>.*?) )?reminder(?: (?:from|at|for|on) {t})?(?: (?:back |forward )?by {d})?(?: back| forward| forwards| up| out| on| over| down)? (?:to|for|until|till|at|on|be|be at|be on) (?<rest>.+?){instead}",
            change,
        ),
        (
            r"{move} (?:the (?:time|hour|day|date) (?:of|for|on) )?{the}(?<target>.+?)(?: back| forward| forwards| up| out| on| over)? (?:to|until|till|for) (?<rest>.+?){instead}",
            change_known,
        ),
        (
            r"(?:change|move|reschedule|edit|adjust|update|modify|amend|alter|shift|postpone|delay|fix) {the}(?:(?<target>.*?) )?reminder(?: (?:to|about|for|at|of|on) (?<target2>.+?))?",
            change_open,
        ),
        (
            r"(?:actually,? |no,? |rather,? )*remind (?:me|us) (?:about|to|of) {the}(?<target>.+?) (?<rest>(?:at |on )?{t}) instead",
            change_known,
        ),
        (
            r"(?<said>(?:i|we)(?:'ve| have)? .+?|.+?,? so),? (?:so |please |you can |you may |can you )*{drop} (?:that|the|my) reminder(?: (?:about|for|to call|to ring|to phone|with) (?:her|him|it|them|that))?",
            cancel_told,
        ),
        (
            r"(?:when|what time) (?:do|am|should|must|did) i (?:(?:have|need|supposed|going|want|got) to )?(?<about>.+)",
            about,
        ),
        (
            r"(?:when|what time) (?:are you|will you|did i ask you|have i asked you|am i|is it|do you|were you|are we)(?: (?:going|to|be|getting|being|me|supposed|due|meant))* (?:remind(?:ing)? me|reminded|remind)(?: (?:about|of|to))? {the}(?<about>.+)",
            about,
        ),
        (r"(?:what(?:'s| is)|whats|anything) (?:coming up|due)(?: (?:for |on )?(?<day>{t}))?", list),
        (r"when(?: is| are|'s|s) {the}(?<about>.+)", about),
        (
            r"NEED (?<before>.+?)[,;.]? ASK(?:REMIND|don't let me forget|dont let me forget)(?<rest>(?: .*)?)",
            set_told,
        ),
        (r"(?<before>.+?{t}.*?)[,;.]? ASKREMIND(?<rest> .+)", set_ahead),
        (r".+?,? (?:so|and) ASKREMIND(?<rest> .+)", set_whole),
        (r"(?:YOU |best )?(?:remember (?:me|us)|REMIND)(?: again| both| all)?(?<rest>(?:[ ,:].*)?)", set),
        (r"(?:i (?:need|have|want|would like|ought|'d like) to )?be reminded(?<rest> .+)", set),
        (r"i (?:have|need|want) to .+?,? so (?:please )?remind me(?<rest> .*)", set),
        (
            r"(?:(?:i|we)(?:'d| would|'ll| will| shall| should|'m going to| am going to|'m)? ?(?:(?:be|really|also) )*(?:needing|wanting|need|want|like|love|appreciate|could do with|could use|welcome) )?(?:reminding|to be reminded|nudging|prompting)(?<rest> .+)",
            set_timely,
        ),
        (r"(?<before>.+?)[,:]? ASK(?:REMIND|(?:tell|ask) me(?: again)?)(?<rest>(?: .*)?)", set_after),
        (r"(?:after|before|when|once|as soon as|during|later)\b.*?,? REMIND(?<rest>(?: .*)?)", set),
        (
            r"{start} (?:a|an|another) (?:quick |little |gentle )?(?:nudge|shout|ping|heads[ -]?up|poke|prod)(?<rest> .+)",
            set_timely,
        ),
        (r"put (?:a reminder in|in {the}reminder)(?<rest> .+)", set),
        (
            r"(?<before>.*?{t}.*?|.*?\b(?:every|each|daily|weekly|monthly|(?:mon|tues|wednes|thurs|fri|satur|sun)days|weekdays|weekends)\b.*?)(?:[,;.]? ASK(?:REMIND|(?:don't|dont|do not) (?:let me )?forget)|[,;.]+ ASKremember)(?: (?:it|about (?:it|that)|that|of it|me))?(?<rest>(?: .*)?)",
            set_told,
        ),
        (r"(?:make sure|see to it|ensure)(?: that)? i(?<rest> .*{t}.*)", set_timely),
        (r"(?:tell|ask|text|message|buzz|warn) me(?<rest> .*\bto .+)", set_timed),
        (
            r"(?:(?:don't|do not|dont|never|you mustn't|you must not) let me forget|see that i don't forget)(?<rest> .*)",
            set,
        ),
        (r"(?:don't|do not|dont) forget to(?<rest> .*)", set),
        (
            r"i (?:need to|have to|want to|must|should|gotta|ought to) (?:remember|not forget) to(?<rest> .*)",
            set,
        ),
        (r"(?:help me remember|make sure (?:that )?i (?:remember|don't forget)) to(?<rest> .*)", set),
        (
            r"(?:(?:if )?i could have|(?:is there )?any chance (?:of|for|i could (?:get|have))|i(?:'d| would) (?:really )?(?:like|love|appreciate|welcome|be (?:glad|grateful) (?:of|for))|may i have) {a}reminder(?<rest> .+)",
            set,
        ),
        (r"(?:{start} )?{a}(?:(?<name>[^:]+?) )?reminders?(?<rest>(?:[ ,:].*)?)", make_set),
    ];
    grammar(&[("YOU", YOU), ("REMIND", REMIND), ("NEED", NEED), ("ASK", ASK)], rules)
});

static FOLLOW: LazyLock<Grammar> = LazyLock::new(|| {
    grammar(
        &[],
        &[
            (
                r"{no}*{cancel} (?:the )?(?<target>(?:first|second|third|fourth|fifth|last|latest)(?: one)?)",
                cancel,
            ),
            (r"{no}*(?:cancel|stop|delete|forget|remove|drop|scrap) {it}(?: reminder)?", follow_cancel),
            (r"{no}*{drop} (?:the |my )(?<target>.+?) one{keep}", cancel_known),
            (
                r"{no}*(?:{move}|make|set|put) {it} (?:(?<dir>back|forward|forwards|up|out|later|earlier|on) )?(?:by )?(?:about |another )?{d}(?: (?<dir2>later|earlier|back|forward|sooner))?",
                shift_it,
            ),
            (
                r"{no}*(?:change|move|set|make|switch|push|shift|put) {it}(?: to| for| until| at)? (?<rest>.+)",
                follow_change,
            ),
            (r"{no}+(?<rest>.+?)(?: instead| rather)?", follow_change),
            (r"(?<rest>.+?) (?:instead|rather)", follow_change),
        ],
    )
});

pattern!(
    WHAT,
    r"(?i)^(?:(?:later )?(?:remember to|to|that|about|of|for|saying|called|named|me|which says|that says|reminding me)[ :]+|[:,] *)+"
);

// "In twenty to check the oven": minutes.
pattern!(
    IN_MINUTES,
    r"(?i)\bin (?<minutes>five|ten|fifteen|twenty|twenty[ -]five|thirty|forty|forty[ -]five|fifty|[1-5][05]|5|90)(?<after>$| (?:to|about|that)\b)"
);
pattern!(
    AND,
    r"(?i)[,;]? +(?:and|then|plus)(?: also| again| then)? +(?<next>(?:to|at|on|in|about|tomorrow|tonight|by|every)\b)"
);

// What moves or calls off a reminder is near to setting one in meaning, and is none.
pattern!(
    OTHERWISE,
    r"(?i)\b(?:instead|rather|cancel|delete|reschedule|postpone|no longer|any ?more)\b|\b(?:move|change|shift|push|bring|drop|bin|forget|lose|scrap) (?:the|my|that) .*reminder"
);

// "Remind me what the capital of Peru is" asks for what is not known.
pattern!(ASKS, r"(?i)^ *(?:again )?(?:what|who|whose|where|which|how|why)(?:'s|'re)?\b");

// What is not to come any more, rather than not now.
pattern!(STOP, r"(?i)\b(?:stop|quit|cease) \w+ing\b");

pattern!(
    IS,
    r"(?i)^(?:(?:i|we)(?:'ve| have)?(?: got)? )?(?<what>.+?)(?:(?: (?:is|are|will be|starts|begins|comes up|falls|takes place)|'s))?$"
);
pattern!(
    HAVE,
    r"(?i)^(?:(?:i|we)(?:'ve|'m|'re| have| am| are)? ?(?:got to|gotta|have to|need to|must|should|ought to|(?:going|supposed|meant|due) to|got|have|need)? )?(?<what>.+)$"
);
pattern!(
    LAST,
    r"(?i)(?: ?, ?(?:so )?| so )(?:please )?(?:set|create|make)(?: me)? a reminder$|,? (?:that|it)(?:'d| would) be (?:just |really |so )?[a-z]+$"
);

impl Skill for Reminder {
    fn name(&self) -> &'static str {
        "reminder"
    }

    fn intents(&self) -> &'static [&'static str] {
        &["reminder", "reminder_update", "snooze"]
    }

    fn offer(&self, intent: &str) -> &'static str {
        match intent {
            "reminder" => "list your reminders",
            "snooze" => "snooze what went off",
            _ => "set a reminder",
        }
    }

    fn grammar(&self) -> Option<&'static Grammar> {
        Some(&GRAMMAR)
    }

    fn follow(&self) -> Option<&'static Grammar> {
        Some(&FOLLOW)
    }

    fn meant(&self, turn: &mut Turn<'_>) -> Option<Reply> {
        match turn.analysis.intent.name.as_str() {
            "reminder" if !turn.sure => return None,
            "snooze" => return snooze::again(turn, None).filter(|_| turn.sure),
            _ => {}
        }
        let asks = turn.reading.plain.strip_prefix("remind me");
        if asks.is_some_and(|asks| ASKS.as_ref().is_some_and(|of| of.is_match(asks)))
            || OTHERWISE.as_ref().is_some_and(|of| of.is_match(turn.text))
        {
            return None;
        }
        let said = schedule(turn, turn.text);
        match said.at {
            Some(_) if turn.sure => Some(decide(turn, said)),
            Some(_) => Some(
                Reply::ask(
                    "reminder",
                    "set",
                    "confirm",
                    format!("Shall I remind you: “{}”?", turn.text.trim()),
                )
                .among(vec!["yes".to_owned(), "no".to_owned()])
                .knowing("phrase", turn.text),
            ),
            None if turn.sure => Some(ask_what("")),
            None => None,
        }
    }

    fn proposes(&self, verb: &str) -> &'static str {
        wanted::proposes(verb)
    }

    fn wanted(&self, turn: &mut Turn<'_>, verb: &str) -> Option<Reply> {
        wanted::wanted(turn, verb)
    }

    fn filled(&self, turn: &mut Turn<'_>, verb: &str, marks: &Marks<'_>) -> Option<Reply> {
        wanted::filled(turn, verb, marks)
    }

    fn resume(&self, turn: &mut Turn<'_>, asked: &Asked) -> Option<Reply> {
        let plain = turn.reading.plain.clone();
        let phrase = slot(&asked.slots, "phrase").to_owned();
        match asked.slot.as_str() {
            "time" if asked.verb == "change" => planned::timed(turn, asked, KIND),
            "time" => {
                let known = schedule(turn, &phrase);
                let mut said = schedule(turn, &format!("{phrase} {plain}"));
                if said.at.is_none() && said.date.is_none() || known.rest != said.rest {
                    said = schedule(turn, &plain);
                    if !said.rest.is_empty() || said.is_empty() {
                        return None;
                    }
                }
                slot(&asked.slots, "what").clone_into(&mut said.rest);
                Some(decide(turn, said))
            }
            "what" => {
                let mut said = schedule(turn, &phrase);
                said.rest = replace(&WHAT, &plain, "");
                Some(decide(turn, said))
            }
            "confirm" if asked.verb == "cancel" => {
                let tasks = turn.tasks(KIND).into_iter().filter(|task| ids(&asked.slots).contains(&task.id));
                let tasks = tasks.collect();
                Some(planned::cancelled(turn, KIND, tasks))
            }
            "confirm" => {
                let said = schedule(turn, &phrase);
                Some(decide(turn, said))
            }
            "which" => planned::chosen(turn, asked, KIND),
            _ => None,
        }
    }
}

fn ask_what(phrase: &str) -> Reply {
    Reply::ask("reminder", "set", "what", "What shall I remind you of?").knowing("phrase", phrase)
}

fn ask_time(text: &str, what: &str, phrase: &str) -> Reply {
    Reply::ask("reminder", "set", "time", text).knowing("what", what).knowing("phrase", phrase)
}

fn set(turn: &mut Turn<'_>, found: &Found) -> Option<Reply> {
    let phrase = found.text(&["rest"]).unwrap_or_default();
    // "Remind me what I said about the cello" asks for what was said.
    if ["what i said", "what i told", "what we said"]
        .iter()
        .any(|of| phrase.trim_start().to_lowercase().starts_with(of))
    {
        return None;
    }
    if ASKS.as_ref().is_some_and(|asks| asks.is_match(&phrase)) && schedule(turn, &phrase).is_empty() {
        return None;
    }
    if let Some(replies) = two(turn, &phrase) {
        return Some(replies);
    }
    let said = schedule(turn, &replace(&IN_MINUTES, &phrase, "in $minutes minutes$after"));
    firm(turn, said)
}

/// "At 5 to call Anna and at 7 to take the bins out": two, where each has its time.
fn two(turn: &mut Turn<'_>, phrase: &str) -> Option<Reply> {
    for found in AND.as_ref()?.captures_iter(phrase) {
        let (Some(all), Some(next)) = (found.get(0), found.name("next")) else { continue };
        let (left, right) = (phrase.get(..all.start())?, phrase.get(next.start()..)?);
        let (first, second) = (schedule(turn, left), schedule(turn, right));
        let whole = |said: &Schedule| {
            (said.at.as_ref().is_some_and(|at| at > turn.now)
                || said.at.is_none() && said.date.is_some_and(|date| date > turn.now.date()))
                && !replace(&WHAT, &said.rest, "").is_empty()
        };
        if whole(&first) && whole(&second) {
            return Some(decide_each(turn, vec![first, second]));
        }
    }
    None
}

/// Sets several reminders, which are then spoken of together.
fn decide_each(turn: &mut Turn<'_>, several: Vec<Schedule>) -> Reply {
    Reply::together(several.into_iter().map(|said| decide(turn, said)).collect())
}

/// "Make sure I call the plumber at 4"; without a time it is something else.
fn set_timely(turn: &mut Turn<'_>, found: &Found) -> Option<Reply> {
    let said = schedule(turn, &found.text(&["rest"])?);
    if said.is_empty() { None } else { firm(turn, said) }
}

/// "I phoned Joe already, so cancel that reminder", if it is clear which.
fn cancel_told(turn: &mut Turn<'_>, found: &Found) -> Option<Reply> {
    let said = wording::words(&found.text(&["said"])?);
    let begins = |word: &String| said.iter().any(|other| other.starts_with(word.as_str()));
    let mut tasks = turn.tasks(KIND);
    let named = |task: &Task| wording::words(&task.name).iter().all(begins);
    // Who has spoken to Anna has called her.
    let in_part = !tasks.iter().any(named);
    tasks.retain(|task| named(task) || in_part && wording::words(&task.name).iter().any(begins));
    match tasks.as_slice() {
        [_] => Some(planned::cancelled(turn, KIND, tasks)),
        _ => None,
    }
}

/// "Tell me at 4 to call the office"; without a time it is something else.
fn set_timed(turn: &mut Turn<'_>, found: &Found) -> Option<Reply> {
    let said = schedule(turn, &found.text(&["rest"])?);
    let timed = !said.is_empty() && said.rest.to_lowercase().starts_with("to ");
    if timed { firm(turn, said) } else { None }
}

/// "When do I have to call Anna?", if there is a reminder of that.
fn about(turn: &mut Turn<'_>, found: &Found) -> Option<Reply> {
    let target = found.text(&["about"])?;
    if wording::words(&target).is_empty() {
        return None;
    }
    match turn.target(KIND, Some(&target), true) {
        Target::These(tasks) => Some(shown(turn, &tasks)),
        _ => None,
    }
}

/// "tomorrow evening remind me to call Anna".
fn set_after(turn: &mut Turn<'_>, found: &Found) -> Option<Reply> {
    let before = found.text(&["before"])?;
    let said = schedule(turn, &before);
    if said.is_empty() || !said.rest.is_empty() {
        return None;
    }
    let rest = found.text(&["rest"]).unwrap_or_default();
    let said = schedule(turn, &format!("{before} {rest}"));
    firm(turn, said)
}

/// "I've got to phone mum at 7 tonight, remind me", "I keep forgetting my lunch, remind me at 8".
fn set_told(turn: &mut Turn<'_>, found: &Found) -> Option<Reply> {
    // Who says then of what to remind has given a reason before, or the day.
    let before = found.text(&["before"])?;
    // "Every Friday Mum has to remind me" tells something.
    const TELLS: &[&str] = &[
        "to", "has", "always", "must", "will", "would", "you", "she", "he", "they", "it", "who", "that",
        "not", "never", "and", "might", "should", "people", "often", "usually", "had", "did", "keeps",
        "always",
    ];
    let last = before.rsplit(' ').next().unwrap_or_default().to_lowercase();
    if TELLS.contains(&last.as_str()) {
        return None;
    }
    let mut said = joined(turn, &before, &found.text(&["rest"]).unwrap_or_default())?;
    said.rest = replace(&HAVE, &said.rest, "$what");
    if said.is_empty() || said.rest.is_empty() { None } else { firm(turn, said) }
}

/// "My flight is on Friday, so remind me to pack the night before".
fn set_ahead(turn: &mut Turn<'_>, found: &Found) -> Option<Reply> {
    let event = schedule(turn, &found.text(&["before"])?);
    let what = event.rest.clone();
    let mut said = ahead(turn, &found.text(&["rest"])?, Some(event))?;
    if said.rest.is_empty() {
        said.rest = replace(&IS, &what, "$what");
    }
    if said.is_empty() { None } else { firm(turn, said) }
}

/// "My bus goes at ten past, so give me a shout at ten to leave": where that says both when and of what.
fn set_whole(turn: &mut Turn<'_>, found: &Found) -> Option<Reply> {
    let rest = found.text(&["rest"])?;
    // "… at 6 that day": the reason says which.
    if rest.contains(" that day") || rest.contains(" that morning") || rest.contains(" then") {
        return None;
    }
    let said = schedule(turn, &rest);
    let timed = said.at.is_some() || said.every.is_some();
    if timed && !replace(&WHAT, &said.rest, "").is_empty() { firm(turn, said) } else { None }
}

/// "Any reminders for the dentist?": those, or all of the day.
fn list_about(turn: &mut Turn<'_>, found: &Found) -> Option<Reply> {
    let Some(about) = found.text(&["about"]) else { return list(turn, found) };
    Some(match turn.target(KIND, Some(&about), true) {
        Target::These(tasks) | Target::OneOf(tasks) => shown(turn, &tasks),
        _ => Reply::say(format!("There is no reminder “{about}”.")).did("reminder", "list").with("count", 0),
    })
}

/// "No need for a reminder about the vet", if there is one.
fn cancel_known(turn: &mut Turn<'_>, found: &Found) -> Option<Reply> {
    match turn.target(KIND, found.text(&["target"]).as_deref(), false) {
        Target::These(_) => planned::cancel(turn, found, KIND),
        _ => None,
    }
}

/// "set a dentist reminder for Tuesday at 10".
fn make_set(turn: &mut Turn<'_>, found: &Found) -> Option<Reply> {
    // With these the request is another, or no name stands before "reminder".
    const OTHERS: &[&str] = &[
        "thanks", "thank", "clear", "read", "bin", "get", "rid", "wipe", "scrap", "erase", "drop", "kill",
        "ditch", "every", "all", "send", "text",
    ];
    let before = found.text(&["name"]).unwrap_or_default();
    let first = before.split(' ').next().unwrap_or_default().to_lowercase();
    if planned::begins_another(&first) || OTHERS.contains(&first.as_str()) || before.split(' ').count() > 5 {
        return None;
    }
    let rest = found.text(&["rest"]).unwrap_or_default();
    let said = schedule(turn, format!("{before} {rest}").trim());
    firm(turn, said)
}

// "Day to clear under the sink", of "that day to …"; "ferry to come, not 4".
pattern!(
    CUT_SHORT,
    r"(?i)^(?:around|about|like|say|maybe|at|or|so)?[ ,]+(?:like |say |maybe |or )?\d|^(?:like|say|maybe|around|or) .*\d|^(?:that )?(?:day|morning|afternoon|evening|night),? (?:to|about|that)\b|\b(?:that|the same) (?:day|morning|afternoon|evening|night)$| [:;] |,? (?:not|rather than|instead of)(?: (?:at|on|by))? [\w:.]+$|^(?:i|we)(?:'d|'ll| would| will| want| need| like)\b"
);

/// The same by exact grammar, which is left for a freer reading where what is to be done does not look like that.
fn firm(turn: &mut Turn<'_>, said: Schedule) -> Option<Reply> {
    let what = replace(&WHAT, &said.rest, "");
    let cut = CUT_SHORT.as_ref().is_some_and(|cut| cut.is_match(&what));
    let idle = !what.is_empty() && !what.contains(' ') && !wanted::tells(&what);
    let time = |text: &str| schedule(turn, text).rest.is_empty() && !schedule(turn, text).is_empty();
    if cut || idle || !what.is_empty() && time(&what) { None } else { Some(decide(turn, said)) }
}

/// Sets what is whole, asks for what is missing.
fn decide(turn: &mut Turn<'_>, said: Schedule) -> Reply {
    let rest = said.rest.clone();
    let what = replace(&LAST, &replace(&WHAT, &rest, ""), "");
    let what = what.trim_matches([' ', ',', '.', '"', ':']).to_owned();
    let every = said.every.as_ref().map(|every| every.words()).unwrap_or_default();
    let phrase = format!("{every} {}", said.said).trim().to_owned();
    if what.is_empty() || ["it", "that", "this", "something", "me"].contains(&what.as_str()) {
        return ask_what(&phrase);
    }
    // A day alone is its morning, unless that has passed or it comes again.
    let nine = |date: jiff::civil::Date| {
        let time = Time::new(9, 0, 0, 0).ok()?;
        date.to_datetime(time).to_zoned_datetime(turn.now.time_zone().clone()).ok()
    };
    // So is that of what recurs on days that are named.
    let named = said.every.as_ref().filter(|every| !every.days.is_empty() || every.month_day.is_some());
    let recurring = named.filter(|_| said.date.is_none()).and_then(|every| {
        let tomorrow = turn.now.date().tomorrow().ok()?;
        tomorrow.series(1.day()).take(100).find(|date| every.falls_on(*date))
    });
    let date = said.date.or(recurring).filter(|date| *date > turn.now.date());
    let at = said.at.clone().or_else(|| date.and_then(nine));
    let Some(at) = at else {
        let text = match &said.every {
            Some(every) => format!("{} at what time?", wording::capital(&every.words())),
            None if said.date.is_some() => "At what time?".to_owned(),
            None => "When shall I remind you?".to_owned(),
        };
        return ask_time(&text, &rest, &phrase);
    };
    if at <= *turn.now {
        let when = wording::capital(&wording::moment(&at, turn.now));
        return ask_time(&format!("{when} has passed. When shall I remind you?"), &rest, "");
    }
    let mut task = turn.new_task(KIND, &what, at.timestamp().as_millisecond());
    task.every = said.every.map(|every| every.to_string()).unwrap_or_default();
    turn.memory.put(Record::Task(task.clone()));
    "setting the reminder".clone_into(&mut turn.memory.what);
    let first = if task.every.is_empty() {
        String::new()
    } else {
        format!(", first {}", wording::moment(&at, turn.now))
    };
    let when = turn.when(&task);
    let said = wording::yours(&what);
    // "To call Anna", "about the dentist": said back as it was said.
    let text = match said_after(&rest) {
        Some(lead) => format!("I'll remind you {when}{first} {lead} {said}."),
        None => format!("I'll remind you {when}{first}: {said}."),
    };
    Reply::say(text)
        .did("reminder", "set")
        .with("what", what)
        .with("time", turn.stamp(task.due))
        .with_some("every", &task.every)
        .about("reminder", "set", vec![task.id])
}

/// The word by which what to remind of was joined on, if it can be said back.
fn said_after(rest: &str) -> Option<&'static str> {
    let first = rest.split(' ').next()?.to_lowercase();
    ["to", "about", "of", "that"].into_iter().find(|lead| *lead == first)
}

fn list(turn: &mut Turn<'_>, found: &Found) -> Option<Reply> {
    // "Give me a reminder for 5 pm" asks for a new one.
    if found.whole().to_lowercase().starts_with("give me a ") {
        return None;
    }
    let day = found.text(&["day", "day2"]);
    let tasks = match turn.target(KIND, day.as_deref(), true) {
        Target::These(tasks) | Target::OneOf(tasks) => tasks,
        Target::None => Vec::new(),
        Target::Other => {
            let day = day.unwrap_or_default();
            let reply = Reply::say(format!("Nothing to remind you of {}.", day.trim_start_matches("for ")));
            return Some(reply.did("reminder", "list").with("count", 0));
        }
    };
    Some(shown(turn, &tasks))
}

fn shown(turn: &Turn<'_>, tasks: &[Task]) -> Reply {
    let line = |task: &Task| format!("{}: {}", turn.when(task), task.name);
    let text = match tasks {
        [] => "You have no reminders.".to_owned(),
        [task] => format!("One reminder, {}.", line(task)),
        _ => {
            let lines: Vec<String> = tasks.iter().map(line).collect();
            format!("You have {} reminders:\n• {}", tasks.len(), lines.join("\n• "))
        }
    };
    let ids = tasks.iter().map(|task| task.id).collect();
    Reply::say(text).did("reminder", "list").with("count", tasks.len()).about("reminder", "list", ids)
}

/// Offers to cancel what the user does not want to be reminded of.
pub(super) fn unwanted(turn: &mut Turn<'_>, what: &str) -> Option<Reply> {
    let what = replace(&WHAT, what, "");
    if wording::words(&what).is_empty() {
        return None;
    }
    let Target::These(tasks) = turn.target(KIND, Some(&what), false) else { return None };
    let [task] = tasks.as_slice() else { return None };
    if STOP.as_ref().is_some_and(|stop| stop.is_match(turn.text)) {
        return Some(planned::cancelled(turn, KIND, tasks));
    }
    Some(
        Reply::ask("reminder", "cancel", "confirm", format!("Shall I cancel the reminder “{}”?", task.name))
            .among(vec!["yes".to_owned(), "no".to_owned()])
            .knowing("ids", vec![task.id]),
    )
}

fn cancel(turn: &mut Turn<'_>, found: &Found) -> Option<Reply> {
    planned::cancel(turn, found, KIND)
}

fn change(turn: &mut Turn<'_>, found: &Found) -> Option<Reply> {
    planned::change(turn, found, KIND)
}

fn change_open(turn: &mut Turn<'_>, found: &Found) -> Option<Reply> {
    planned::change_open(turn, found, KIND)
}

fn change_known(turn: &mut Turn<'_>, found: &Found) -> Option<Reply> {
    planned::change_known(turn, found, KIND)
}

/// "Remind me about the parcel an hour earlier", if there is such a reminder.
fn shift_known(turn: &mut Turn<'_>, found: &Found) -> Option<Reply> {
    match turn.target(KIND, found.text(&["target"]).as_deref(), false) {
        Target::These(_) => planned::shift(turn, found, KIND),
        _ => None,
    }
}

fn shift(turn: &mut Turn<'_>, found: &Found) -> Option<Reply> {
    planned::shift(turn, found, KIND)
}

/// "Make it half an hour earlier"; without a direction it says to when.
fn shift_it(turn: &mut Turn<'_>, found: &Found) -> Option<Reply> {
    let known = !turn.it(KIND).is_empty() && (found.has("dir") || found.has("dir2"));
    if known { planned::shift(turn, found, KIND) } else { None }
}

fn follow_cancel(turn: &mut Turn<'_>, _: &Found) -> Option<Reply> {
    planned::follow_cancel(turn, KIND)
}

fn follow_change(turn: &mut Turn<'_>, found: &Found) -> Option<Reply> {
    planned::follow_change(turn, found, KIND)
}
