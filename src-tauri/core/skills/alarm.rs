//! Alarms: once or recurring.

use std::sync::LazyLock;

use jiff::{ToSpan, ZonedDateTime};

use super::Skill;
use super::every::recurrence;
use super::filled::Marks;
use super::grammar::{Act, Found, Grammar};
use super::planned;
use super::reading::{TIME, pattern, replace};
use super::recurrence::{Freq, Recurrence};
use super::schedule::{Schedule, hour_in, joined, schedule, several};
use super::tasks::{Target, grammar};
use super::turn::{Reply, Turn, ids, slot};
use super::wording::{self, series};
use crate::memory::{Asked, Record, Task, TaskKind};

mod wanted;

pub(super) struct Alarm;

const KIND: TaskKind = TaskKind::Alarm;

/// Asks to be woken.
const WAKE: &str = r"(?:(?:(?:set|put|have|get|make|arrange|schedule|leave|find) (?:something|it|one|things|the clock|the phone|the computer)(?: up| on| in place| going)? (?:to |that(?:'ll| will) |so (?:it|that) |which will ))?(?:wake|rouse|awaken|waken|shake|knock) (?:me|us)(?: up| awake)?|(?:get|have) (?:me|us) (?:up|awake|out of bed|woken|moving)(?: and about)?|(?:give me )?(?:a )?(?:wake[- ]up call)|wakey wakey|rise and shine|(?:be|get) (?:up|woken|awoken|roused)(?: up)?|(?:i|we)(?:'d|'ll| would| will)? (?:be )?(?:need|needing|want|wanting|like|love|appreciate) (?:waking|rousing|getting up|to be (?:woken|up|awake|roused|out of bed)|a wake[- ]up call)(?: up)?)";

static GRAMMAR: LazyLock<Grammar> = LazyLock::new(|| {
    let rules: &[(&str, Act)] = &[
        (
            r"(?:{show}|how many|when's|when is|when are|when does|when do|when will|what time will|what time is|what time does|what time do|are any|any) {all}(?:of )?{the}(?:(?:active|current|next|upcoming|set|any|other|first|earliest) )*{the}(?:(?<target>\S+(?: \S+)?) )?alarms?(?: (?:are|do|is|have|i|we|there|still|left|due|pending|waiting|coming up|lined up|saved|in total|altogether|do i have|are set|set|go off|going off|going to go off|are there|on|at|ring|active|have i set|have i got|i have|i've set|currently|is set|for (?<day>{t})|for|(?<day2>{t})|are on|scheduled|running|at the moment|right now|now))*",
            list,
        ),
        (r"(?:my |all |all my )?alarms", list),
        (
            r"(?:what|whats|what's|anything|what all|do i have anything|have i got anything)(?: (?:is|have|do|i|we|you|got|else|coming up|due|on|set|there|next|going))*(?: (?:for |on )?(?<day>{t}))?,? {by} ?alarms?{wise}",
            list,
        ),
        (r"(?:what|which) alarms\b.*", list_all),
        (
            r"(?:do i have|have i got|find|check)(?: if i have)? (?:any |all )?(?:of )?(?:my )?alarms?\b.*",
            list_all,
        ),
        (
            r"(?:let me know|(?:i )?(?:would|'d) like to know|check|confirm|verify|tell me(?: about)?)\b(?: if| that| whether| when| what)? {the}(?:[\w']+ )?alarms? ?(?:time|times|is|is set|is on|set|on|i set|called .+)?(?: for .+)?",
            list_all,
        ),
        (
            r"(?:when|what time|at what time)(?: will| do| are| am| should| have| is| did| does)? (?:you|i|it|we|the alarm)(?: (?:going to|gonna|got|have|me|being|getting|be|set|down|supposed|meant|to))* (?:to )?(?:w[ao]k(?:e|ing|en)(?: (?:me|us))?|woken|get(?:ting)? (?:me |us )?)(?: ?up)?(?: (?<day>{t}))?",
            list,
        ),
        (
            r"(?:am|are) (?:i|we) (?:(?:set|down|going|meant|supposed|due|all set|scheduled) )*(?:(?:to (?:be )?(?:wake|woken|get|be)|(?:being|getting) woken)(?: up)?)(?: (?:at |for |by )?.+)?",
            list_all,
        ),
        (
            r"(?:(?:is|are|was|were) (?:there )?|got )?{all}{the}(?:(?:other|more) )?(?:(?<target>\S+(?: \S+)?) )?alarms? (?:(?:definitely|actually|really|still|already|all|currently|even|not|now|properly|turned|switched|is|are) )*(?:set|on|active|enabled|going|set up|running|ready|armed|scheduled|there|in place|working|in)(?: (?:for|on)? ?(?<day>{t}))?(?: (?:yet|already|now|still|ok|right|at the moment|today))*",
            list_asked,
        ),
        (
            r"(?:have|did|do|has|if|whether) (?:i|you|we) (?:(?:already|even|actually|got|remember(?:ed)? to|ever|not|definitely|still|have|by any chance) )*(?:(?:set|made|make|got|have|keep|kept|schedule|scheduled|create|created|add|added|activate|turn|turned|switch|switched|put|got)(?: up| on| in)? )?{all}{the}(?:other )?alarms?(?: (?:set|on|going|already|yet|up|for|at|there|active))*(?: (?:for |on )?(?<day>{t}))?(?: or not| or did i forget| already| yet)?",
            list,
        ),
        (
            r"(?:(?:is there|are there|have you got|got|have i got|do you have|is|there's) )?(?:anything|something) (?:(?:set|there|planned|scheduled|on|going|up) )*(?:to (?:wake|get|rouse)|waking|getting|rousing|(?:that(?:'s| is|'ll| will)?|which(?: is| will)?)(?: going to| meant to| set to)? (?:wake|wakes|waking|get|gets|getting)) (?:me|us)(?: up)?(?: (?:for |on )?(?<day>{t}))?",
            list,
        ),
        (
            r"{list}(?: out| off| back| up| over)? {all}(?:of )?{the}alarms?(?: (?:which|that))?(?: (?:i|we|you)(?:'ve| have)?(?: (?:got|set|kept|made|put|created|added|have|scheduled))*| there are| are set| that are on| on this| for me| back to me| out| on record)*",
            list_all,
        ),
        (r"(?:is there|are there|do i have|have i got) {all}{the}alarms? (?:for )?(?<day>{t})", list),
        (
            r"{drop} {all}(?:of )?{the}(?:(?<target>.*?) )?(?<kind>alarms?)(?: clock)?(?: off| again| now)*{owned}(?:(?: (?:for|at|on|called|named|of|to)|:) {the}(?<target2>.+?))?{keep}",
            cancel,
        ),
        (
            r"{drop} (?:waking|getting) (?:me|us)(?: up)?(?: (?:at|for|on|by))?(?: (?<target>.+?))?{longer}",
            cancel_known,
        ),
        (r"{drop} {the}alarm (?<target>[^,]+?){keep}", cancel_known),
        (
            r"(?:turn|switch|shut|take|knock|call|put) {all}{the}(?:(?<target>.*?) )?(?<kind>alarms?)(?: (?:for|at|on) (?<target2>.+?))? (?:off|out|away|down)(?: again| now)?{keep}",
            cancel,
        ),
        (r"{the}(?<kind>alarms?) (?:off|away)", cancel),
        (
            r"(?:{set} )?{the}(?<each>weekday|weekdays|weekend|daily|everyday|nightly|weekly) alarms?(?: clock)?(?<rest> .*)",
            set_each,
        ),
        (
            r"{unneeded} {all}(?:the|my|that|this|those|these|our) {the}(?:(?<target>.*?) )?(?<kind>alarms?)(?: (?:(?:for|at|on) (?<target2>.+?)|(?<target3>{t})))?(?: (?:ringing|going off|sounding|buzzing|waking (?:me|us)(?: up)?|to (?:ring|go off|sound|buzz|wake (?:me|us)(?: up)?)|on|set|around|there|running))*{longer}",
            cancel,
        ),
        (
            r"{unneeded} (?:to be woken|you to wake (?:me|us)|you waking (?:me|us)|waking|to wake|to get up|to be up)(?: up)?(?: (?:at|for|on|by))?(?: (?<target>.+?))?{longer}",
            cancel_known,
        ),
        (
            r"{all}(?:of )?{the}(?:(?<target>.*?) )?(?<kind>alarms?)(?: (?:for|at|on) (?<target2>.+?))? {needless}(?: now)?",
            cancel,
        ),
        (
            r"{can}{all}(?:the|my|that|our|this|those|these) {the}(?:(?<target>.*?) )?(?<kind>alarms?)(?: (?:for|at|on) (?<target2>.+?))? {gone}{longer}",
            cancel,
        ),
        (
            r"no (?:more )?(?:alarm|wake[- ]up call)(?: (?:for|on|at|this|needed))* (?<target>{t}|.+?)(?: needed| required)?{longer}",
            cancel_known,
        ),
        (r"(?:the |my )(?<target>.+?) alarm (?:to|until|till|for) (?<rest>.*{t}){instead}", change_known),
        (
            r"(?:{move}|make|set|put) {the}(?:(?<target>.*?) )?(?:alarm|wake-?up)(?: call| time)? (?:(?<dir>back|forward|forwards|up|out|later|earlier|on|down) )?(?:by )?(?:about |another )?{d}(?: (?<dir2>later|earlier|back|forward|sooner|on|up))?",
            shift,
        ),
        (
            r"(?:(?:can|could|should|may|must|might|let|have|make|set|get|i want|i need|i'd like|i would like|i'd prefer) )?(?:the|my|our|that|this) {the}(?:(?<target>.*?) )?(?:alarm|wake-?up)(?: call| time)?(?: (?:for|at|on) (?<target2>.+?))?(?: (?:to|should|could|can|must|has|needs|ought|be|go off|ring|sound|come|start|wake (?:me|us)(?: up)?|set|moved|changed|put|happen|for|by|about|just))* {d} (?<dir2>later|earlier|sooner)(?: than .+)?",
            shift,
        ),
        (
            r"(?:WAKE|ring|alarm|go off)(?: (?:for|by|about|just|another))* {d} (?<dir2>later|earlier|sooner)(?: (?:on |for )?{t})?(?: than .+)?",
            shift_only,
        ),
        (
            r"(?:give me|let me (?:sleep|have)|add|i want|i need) (?:(?:another|an extra|just) )*{d}(?: more| extra| longer)* (?:on|to|before|with) {the}(?:(?<target>.*?) )?alarm(?: goes off)?",
            shift,
        ),
        (
            r"(?:{move}|make) (?:the (?:time|hour|day) (?:of|for|on) )?{the}(?:(?<target>.*?) )?(?:alarm|wake-?up)(?: call| time)?(?: (?:from|at|for|on) (?<target2>.+?))?(?: back| forward| forwards| up| out| on| over| down)? (?:to|for|until|till|at|go off at|ring at|be|be at|be for) (?<rest>.+?){instead}",
            change,
        ),
        (
            r"(?:put|hold) (?:the|my|that|this) (?:(?<target>.+?) )?alarm (?:off|back|forward) (?:to|until|till|for) (?<rest>.+?){instead}",
            change,
        ),
        (r"(?:set|put|adjust) (?:the|my|our) (?<target>.+?) alarm (?:to|for|at) (?<rest>.+)", change_known),
        (
            r"(?:make|have|get|want|{move}) (?:my|the|that|this|our) (?:(?<target>.+?) )?alarm(?: to)? (?<rest>{t}){instead}",
            change,
        ),
        (
            r"(?:can |could |should )?(?:(?:my|the|that) (?:(?<target>.+?) )?)?alarm (?:(?:should|has to|needs to|must|ought to|was meant to|was supposed to|wants to|can|could) )?(?:be(?: set| moved| changed| shifted| put| pushed)?|ring|go off|go|come|move|shift|change|sound|start|wake (?:me|us)(?: up)?|have been)(?: back| forward| up| on)?(?: to| for| at)? (?<rest>{t})(?: (?:from now(?: on)?|going forward|in future|from (?:tomorrow|today|next week)(?: on)?|every day))?{instead}",
            change,
        ),
        (
            r"(?:i (?:want|need|meant)|i'd like|have|put|set) (?:my|the|that) (?:(?<target>.+?) )?alarm (?:to be |to go off |to ring |set )?(?:at |for |to )?(?<rest>{t}) (?:instead|rather|not)\b.*",
            change,
        ),
        (
            r"{the}(?:(?<target>.*?) )?alarm(?: (?:for|at|on) (?<target2>.+?))?(?:'s| is| was) (?:(?:way|far|a bit|much|a little|just|really) )*too (?:early|late|soon)(?: for me)?",
            spoken_of,
        ),
        (
            r"{the}(?:(?<target>.+?) )?alarm(?: (?:for|at|on) (?<target2>.+?))?(?:'s| is| was) (?:(?:way|far|a bit|much|a little|just|really) )*(?:too|not) .+?[,;.-]+ (?:(?:so|and|can you|could you|please|let's) )*(?:{move}|make|set|put|have) it(?: back| forward| up| on| down)?(?: to| for| at)? (?<rest>.+?){instead}",
            change,
        ),
        (
            r"(?:change|move|reschedule|edit|adjust|update|modify|amend|alter|shift|push|push back|bump|fix) {the}(?:(?<target>.*?) )?alarm(?: (?:for|at) (?<target2>.+?))?",
            change_open,
        ),
        (r"(?:ring|buzz|beep|alert) me(?: up)? (?<at>{t})", ring),
        (r"ring (?<at>{t})", ring),
        (r"WAKE (?<rest>.+?) (?:instead|rather|not)\b.*", wake_instead),
        (r"(?:the |my )?alarm (?:to|for|at)? ?(?<rest>{t}) (?:instead|rather than)\b.*", change),
        (
            r"(?:i'd|i would) (?:rather|prefer to|sooner) (?:wake|get|be woken|be)(?: up)? (?<rest>.+)",
            wake_instead,
        ),
        (
            r"(?:i (?:want|need|have) to )?(?:get|wake|be) up (?<rest>.+?) instead,? (?:so |and )?(?:please |can you )?(?:change|move|adjust) (?:the|my) alarm",
            wake_instead,
        ),
        (r"(?<before>.+?)[,:]? (?:please |can you |could you )?WAKE(?<wake>(?: .*)?)", wake_after),
        (
            r"(?<before>.+?),? (?:so|and) (?:(?:please|can you|could you|will you|would you|maybe|just|you'd better|best) )*WAKE(?<wake> .*)",
            wake_timed,
        ),
        (
            r"(?:make sure|ensure|see to it|see) (?:that )?(?:i|we)(?:'m| am|'re| are)? (?:get up|wake up|wake|up|awake|out of bed|woken|woken up|get woken|get out of bed)(?<wake> .*)",
            wake,
        ),
        (
            r"(?:don't|do not|dont) let me (?:sleep|oversleep|stay in bed)(?: in)?(?: past| beyond| after| later than| longer than| until)?(?<wake> .*)",
            wake,
        ),
        (r"WAKE(?<wake>.*?)(?:,? (?:and )?(?:not a minute later|no later|at the latest|sharp))?", wake),
        (
            r"(?<wake>.+?)[,;.]? (?:(?:so|and|please|can you|could you) )*{start} {the}alarm(?: clock)?(?: on)?(?: (?:for|at) (?:that|then|it))?(?: time)?",
            wake_by,
        ),
        (
            r"(?:i|we)(?:'ve| have)? ?(?:have to|need to|want to|must|should|gotta|got to|ought to|need|want) (?:get up|wake up|be up|be awake|be out of bed|be woken|be woken up|waking|waking up|getting up)(?: and about)?(?<wake> .*)",
            wake,
        ),
        (
            r"(?:how many|(?:how (?:early|late|soon|long|far)|which time|what(?:'s| is)) .*(?:my|the|our|next|first)|at what time|what times?|when (?:was|is|are)|show(?: me)?|tell(?: me)?|check|confirm|did i (?:set|remember)|are there|any|if there)\b.*\balarms?\b.*",
            list_all,
        ),
        (r"what(?:'s| is) (?:the|my) alarms?\b.*", list_all),
        (r"what(?:'s| is) (?:the|my|our) wake[- ]?up (?:time|call|hour)", list_all),
        (
            r"(?<before>.+?)[,;.:]+ (?:(?:so|and|please|can you|could you|will you|would you) )*(?:(?:{start} )?{a}alarms?(?: clock)?(?: on| up)?|WAKE)(?<rest> .+)",
            set_told,
        ),
        (
            r"(?:(?:{start}|ring|sound|(?:set|sort|fix|hook) (?:me|us) (?:up|out) with|lend me|i(?:'d| would) (?:really )?(?:like|love|appreciate|welcome|be (?:glad|grateful) (?:of|for))) )?{a}(?:(?<name>.+?) )?(?<kind>alarms?)(?: clock)?(?<rest>(?:[ :,].*)?)",
            set,
        ),
    ];
    grammar(&[("WAKE", WAKE)], rules)
});

static FOLLOW: LazyLock<Grammar> = LazyLock::new(|| {
    grammar(
        &[],
        &[
            (
                r"{no}*{cancel} (?:the )?(?<target>(?:first|second|third|fourth|fifth|last|latest)(?: one)?)",
                cancel,
            ),
            (
                r"{no}*(?:cancel|stop|delete|forget|remove|kill|turn off|switch off|drop|scrap|bin|ditch|call off|get rid of) {it}(?: alarm)?",
                follow_cancel,
            ),
            (r"(?:turn|switch) {it} off", follow_cancel),
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
            (r"(?:and )?(?:another|another one|one more)(?: alarm)? (?<rest>(?:at|for) .+)", set),
        ],
    )
});

pattern!(
    NAMED,
    r"(?i)^(?:(?:(?:that is |with the )?(?:called|named|labell?ed|name|label)|to|for|saying|with)(?: to| it| the)? +)+"
);

pattern!(
    UP,
    r"(?i)\b(?:(?:i|we)(?:'ve| have)? ?)?(?:(?:must|should|need to|have to|got to|gotta|want to|need|ought to) )?(?:be up|get up|wake up|wake|rise|be awake|be out of bed|get out of bed|be woken(?: up)?|up)\b"
);
pattern!(MANY, r"(?i)^(?:two|three|four|2|3|4|both|several)\b[ ,:]*");
// "One at 6 and one at 6:20": one of them, and not one o'clock.
pattern!(ONE, r"(?i)\b(?:one|again|another(?: one)?|the (?:next|other|second)(?: one)?) (at|for)\b");
// "…, spin class": a few words that tell nothing.
pattern!(LABEL, r"(?i)^(?:for )?(?:my |the |a )?[a-z'-]{3,}(?: [a-z'-]+)?$");
// "An alarm for 7, son": who is spoken to.
pattern!(
    SPOKEN_TO,
    r"(?i)^(?:(?:my|old|good|me|there's|a|if|you|can|could|would|will|ye|don't|mind|please|thanks|cheers|ta|son|sonny|lad|laddie|lass|lassie|love|dear|dearie|darling|pet|hen|duck|mate|pal|bud|buddy|man|boy|girl|bro|bruv|fam|sis|sir|madam|chief|boss|guv|hun|hon|honey|sweetheart|sugar|friend|wee|chap|chum|lah|lor|eh|innit|wake[- ]?up|clock)(?: |$))+$"
);
pattern!(THAT_DAY, r"(?i)\b(?:on )?that (?:day|morning|date)\b");
pattern!(LENGTH, r"(?i)^(?:hour|minute|min|second|day|week|month)s?\b");
pattern!(ANOTHER, r"(?i)\b(?:another|also|second|again|one more|as well|too|then)\b");
pattern!(AGAIN, r"(?i)\b(?:recurring|repeating|repeated|regular)\b");

// "The fire alarm went off at 6" asks for none.
pattern!(
    TELLS,
    r"(?i)\b(?:fire|smoke|car|burglar|false|house|intruder|co2?) alarms?\b|\b(?:went|goes|gone|going) off\b|\b(?:woke|was woken|got woken|slept|overslept|wakes)\b|^(?:nothing|nobody|he|she|they)\b"
);
// What moves or calls off an alarm is near to setting one in meaning, and is none.
pattern!(
    OTHERWISE,
    r"(?i)\b(?:change|move|shift|push|postpone|delay|bring|adjust|instead|rather|cancel|delete|remove|(?:turn|switch|shut|take|knock)\b.*off|forget|scrap|drop|lose|without|not|don't|dont|too (?:early|late)|bump|earlier|later|no longer|when|which|^(?:am|is|are|what|who|why|how|did|does|has)|have i|did i|is there|are there)\b"
);
// "At 0600": four digits of a clock.
pattern!(
    IN_CASE,
    r"(?i),? (?:would (?:be [\w ]+|do|do nicely|suit|suit me|help|work)$|(?:rather than|and not|not|instead of) (?:at )?(?:\d[\w:. ]*|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|noon|midnight|half \w+|quarter .+)$|(?:just )?in case|or (?:else|i|i'll|my|we|he|she)|otherwise|so (?:that )?(?:i|we)|because|cos)\b.*$"
);
pattern!(
    CLOCK,
    r"(?i)(?<before>^|[ ,])(?<hour>[01]\d|2[0-3])(?<minute>[0-5]\d)(?: ?(?:hours|hrs|h)\b)?(?<after>$|[ ,.])"
);

/// Whether an order wakes: whose hour is of the day that is spoken of.
pub(super) fn wakes(order: &str) -> bool {
    let order = order.to_lowercase();
    ["wake", "alarm", "get me up"].iter().any(|word| order.contains(word))
        && !TELLS.as_ref().is_some_and(|tells| tells.is_match(&order))
}

impl Skill for Alarm {
    fn name(&self) -> &'static str {
        "alarm"
    }

    fn intents(&self) -> &'static [&'static str] {
        &["alarm"]
    }

    fn offer(&self, _: &str) -> &'static str {
        "set an alarm"
    }

    fn grammar(&self) -> Option<&'static Grammar> {
        Some(&GRAMMAR)
    }

    fn follow(&self) -> Option<&'static Grammar> {
        Some(&FOLLOW)
    }

    fn meant(&self, turn: &mut Turn<'_>) -> Option<Reply> {
        let times = turn.entities(turn.text, &["time", "datetime"]).len();
        let other = turn.requested("alarm").is_some_and(|verb| verb != "set");
        if times > 1
            || other
            || [&OTHERWISE, &TELLS].iter().any(|of| of.as_ref().is_some_and(|of| of.is_match(turn.text)))
        {
            return None;
        }
        let found = schedule(turn, turn.text);
        match found.at.clone() {
            Some(at) if turn.sure => {
                let at = early(turn, at, &found);
                Some(make(turn, vec![(at, found.every, String::new())]))
            }
            Some(at) => Some(
                Reply::ask(
                    "alarm",
                    "set",
                    "confirm",
                    format!("Shall I set an alarm {}?", wording::moment(&at, turn.now)),
                )
                .among(vec!["yes".to_owned(), "no".to_owned()])
                .knowing("phrase", found.said),
            ),
            None if turn.sure => Some(ask_time("", "")),
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
        match asked.slot.as_str() {
            "confirm" if asked.verb == "cancel" => {
                let ids = ids(&asked.slots);
                let tasks = turn.tasks(KIND).into_iter().filter(|task| ids.contains(&task.id)).collect();
                Some(planned::cancelled(turn, KIND, tasks))
            }
            "time" if asked.verb == "change" => planned::timed(turn, asked, KIND),
            "time" | "confirm" => {
                let known = slot(&asked.slots, "phrase");
                let said = if asked.slot == "time" { turn.reading.plain.clone() } else { String::new() };
                let found = schedule(turn, format!("{known} {said}").trim());
                let found =
                    if only_part(&found) { schedule(turn, &format!("{said} {known}")) } else { found };
                let found = if found.at.is_none() { schedule(turn, &said) } else { found };
                let at = found.at.clone().filter(|_| found.rest.split(' ').count() <= 3)?;
                let at = morning(turn, at, &found, slot(&asked.slots, "wake") == "yes");
                Some(make(turn, vec![(at, found.every, slot(&asked.slots, "name").to_owned())]))
            }
            "which" => planned::chosen(turn, asked, KIND),
            _ => None,
        }
    }
}

fn ask_time(phrase: &str, name: &str) -> Reply {
    Reply::ask("alarm", "set", "time", "For what time?").knowing("phrase", phrase).knowing("name", name)
}

fn wake(turn: &mut Turn<'_>, found: &Found) -> Option<Reply> {
    wake_at(turn, &found.text(&["wake"]).unwrap_or_default())
}

/// Sets what is to wake, once or several times.
fn wake_at(turn: &mut Turn<'_>, phrase: &str) -> Option<Reply> {
    let phrase = clocks(&replace(&IN_CASE, &replace(&ONE, phrase, "$1"), ""));
    if let Some(said) = several(turn, &phrase) {
        return make_several(turn, said, true);
    }
    let said = schedule(turn, &phrase);
    let phrase = same_day(turn, phrase, &said);
    let said = schedule(turn, &phrase);
    let name = replace(&NAMED, &replace(&ALARM_TOO, &said.rest, ""), "");
    // "… and at 7:30 on Thursday" is no name.
    let nobody = SPOKEN_TO.as_ref().is_some_and(|spoken_to| spoken_to.is_match(&name));
    let name = if nobody { String::new() } else { name };
    if !name.is_empty() && said.is_empty()
        || NO_NAME.as_ref().is_some_and(|none| none.is_match(&name))
        || !turn.entities(&name, &TIME).is_empty()
        || half_read(turn, &phrase, &said)
        || REFERS.as_ref().is_some_and(|refers| refers.is_match(&phrase))
    {
        return None;
    }
    match said.at.clone().filter(|_| !only_part(&said)) {
        Some(at) => {
            let at = morning(turn, at, &said, true);
            Some(make(turn, vec![(at, said.every, name)]))
        }
        None => Some(ask_time(&phrase, "").knowing("wake", "yes")),
    }
}

// "For that", "on for then": the time stands elsewhere in the message.
pattern!(
    REFERS,
    r"(?i)^[ ,]*(?:(?:on|up|in|please|going) )*(?:for|at|by|around|about)? ?(?:that|then|it|this)(?: (?:time|hour|day|one))?(?:,? (?:please|then|will you|would you|could you|can you|thanks))*[ ?.!]*$"
);
// What an hour may be said by, where a part of the day is all that was read: "seven, tomorrow morning".
pattern!(
    NUMBERS,
    r"(?i)\b(?:\d{1,2}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|half|quarter|noon|midnight)\b"
);

/// Whether a part of the day was read, and an hour beside it was not: then the phrase is read too little of.
fn half_read(turn: &Turn<'_>, phrase: &str, said: &Schedule) -> bool {
    let unread = phrase.replacen(&said.said, " ", 1);
    let unread = if said.said.is_empty() { phrase } else { &unread };
    said.at.is_some()
        && said.every.is_none()
        && !hour_in(&said.said)
        && NUMBERS.as_ref().is_some_and(|numbers| numbers.is_match(unread) || numbers.is_match(&said.rest))
        && turn.entities(&said.said, &["duration"]).is_empty()
}

// "Tomorrow morning" alone says no hour to wake at.
pattern!(ONLY_PART, r"(?i)\b(?:morning|afternoon|evening|night)$");

/// Whether only a part of a day was read.
fn only_part(said: &Schedule) -> bool {
    let part = ONLY_PART.as_ref().is_some_and(|part| part.is_match(&said.said));
    part && said.every.is_none() && !hour_in(&said.said)
}

// "I must be up at 6, alarm please", "so stick an alarm on": the same said again.
pattern!(
    ALARM_TOO,
    r"(?i)^(?:(?:so|and|please|then|can you|could you|just) )*(?:(?:set|stick|put|pop|bung|whack|get|have|make|chuck|give) (?:me |us )?)?(?:an? |the |my |that )?alarm(?: (?:on|up|in|please|for (?:that|then|it|me|us)|would (?:be|do) \w+|will you|would you|thanks|ta|love|mate))*$"
);
// "So stick an alarm on", "it's bin day": what tells or asks something is no name.
pattern!(
    NO_NAME,
    r"(?i)^(?:so|and|or|but|then|if|because|cos)\b|\b(?:alarms?|timers?|reminders?)\b|\b(?:i|we|he|she|they|you)(?:'[a-z]+)?\b|\b(?:it|that|there)'s\b"
);

/// The phrase with the colon that "0600" leaves out.
fn clocks(phrase: &str) -> String {
    replace(&CLOCK, phrase, "${before}at $hour:$minute$after")
}

/// Alarms at several times, each with its name.
fn make_several(turn: &mut Turn<'_>, said: Vec<Schedule>, wakes: bool) -> Option<Reply> {
    let mut alarms = Vec::new();
    for said in said {
        let name = replace(&NAMED, &said.rest, "");
        // Other words than "for work" may say anything.
        if !said.rest.is_empty() && (name == said.rest || name.split(' ').count() > 4) {
            return None;
        }
        let at = said.at.clone()?;
        let at = if wakes { morning(turn, at, &said, true) } else { early(turn, at, &said) };
        if at <= *turn.now {
            return None;
        }
        alarms.push((at, said.every, name));
    }
    Some(make(turn, alarms))
}

/// "I must be up at 6, so set the alarm": but a train that leaves at 6 says not when to wake.
fn wake_by(turn: &mut Turn<'_>, found: &Found) -> Option<Reply> {
    let said = found.text(&["wake"])?;
    let up = UP.as_ref()?.find(&said)?;
    let phrase = format!("{} {}", said.get(..up.start())?, said.get(up.end()..)?);
    // "The bus goes at 8, so I must be up at 7": the hour after that is it.
    let after = schedule(turn, said.get(up.end()..)?.trim());
    let other = schedule(turn, said.get(..up.start())?.trim()).at.is_some();
    let said = if other && after.at.is_some() { after } else { schedule(turn, phrase.trim()) };
    if half_read(turn, &phrase, &said) {
        return None;
    }
    let at = said.at.clone()?;
    let at = morning(turn, at, &said, true);
    Some(make(turn, vec![(at, said.every, String::new())]))
}

/// "Ring me at 4 pm".
fn ring(turn: &mut Turn<'_>, found: &Found) -> Option<Reply> {
    let said = schedule(turn, &found.text(&["at"])?);
    let at = said.at.clone()?;
    Some(make(turn, vec![(at, said.every, String::new())]))
}

/// "Wake me at 8 instead", of the only alarm that there is.
fn wake_instead(turn: &mut Turn<'_>, found: &Found) -> Option<Reply> {
    match turn.tasks(KIND).as_slice() {
        [_] => planned::change(turn, found, KIND),
        _ => None,
    }
}

/// "Every Saturday wake me at nine".
fn wake_after(turn: &mut Turn<'_>, found: &Found) -> Option<Reply> {
    let before = found.text(&["before"])?;
    let said = schedule(turn, &before);
    if said.is_empty() || !said.rest.is_empty() {
        return None;
    }
    wake_at(turn, format!("{before} {}", found.text(&["wake"]).unwrap_or_default()).trim())
}

/// "My flight is on Friday, so wake me at 4 on Friday"; only with a time.
fn wake_timed(turn: &mut Turn<'_>, found: &Found) -> Option<Reply> {
    let mut phrase = found.text(&["wake"])?;
    let reason = schedule(turn, &found.text(&["before"])?);
    if let Some(day) = reason.date.or(reason.at.map(|at| at.date())) {
        phrase = replace(&THAT_DAY, &phrase, &format!("on {day}"));
    }
    let said = schedule(turn, &phrase);
    if said.at.is_none() || !said.rest.is_empty() { None } else { wake_at(turn, &phrase) }
}

/// Offers to cancel the alarm that is not wanted.
pub(super) fn unwanted(turn: &Turn<'_>) -> Option<Reply> {
    let tasks = turn.tasks(KIND);
    let [task] = tasks.as_slice() else { return None };
    Some(
        Reply::ask(
            "alarm",
            "cancel",
            "confirm",
            format!("Shall I cancel the alarm {}?", wording::set_for(&turn.when(task))),
        )
        .among(vec!["yes".to_owned(), "no".to_owned()])
        .knowing("ids", vec![task.id]),
    )
}

/// People wake in the morning: an hour that could be either is before noon.
fn morning(turn: &Turn<'_>, at: ZonedDateTime, said: &Schedule, wakes: bool) -> ZonedDateTime {
    if !wakes || !said.open || !(13..24).contains(&at.hour()) || said.no_day && at.hour() < 16 {
        return at;
    }
    let before_noon = at.checked_sub(12.hours()).ok();
    if let (Some(every), Some(first)) = (&said.every, &before_noon)
        && first <= turn.now
    {
        return every.next(first, turn.now).unwrap_or(at);
    }
    let earlier = before_noon.filter(|earlier| earlier > turn.now);
    if !said.no_day {
        return earlier.unwrap_or(at);
    }
    earlier.or_else(|| at.checked_add(12.hours()).ok()).unwrap_or(at)
}

/// "An alarm for 5:45 tomorrow" is one to get up by, as are those of every day; "for 2" is not.
fn early(turn: &Turn<'_>, at: ZonedDateTime, said: &Schedule) -> ZonedDateTime {
    let other_day = !said.no_day && at.date() > turn.now.date() || said.every.is_some();
    if other_day && at.hour() >= 16 { morning(turn, at, said, true) } else { at }
}

/// "A weekday alarm at 6:45" rings on every one of them.
fn set_each(turn: &mut Turn<'_>, found: &Found) -> Option<Reply> {
    let each = match found.text(&["each"])?.to_lowercase().as_str() {
        "weekday" | "weekdays" => "every weekday",
        "weekend" => "every weekend",
        "weekly" => "every week",
        _ => "every day",
    };
    let said = schedule(turn, &format!("{} {each}", found.text(&["rest"])?));
    let at = said.at.clone().filter(|at| at > turn.now)?;
    let at = early(turn, at, &said);
    said.rest.is_empty().then(|| make(turn, vec![(at, said.every, String::new())]))
}

/// "Training is every Thursday, alarm at 6:45 pm": what is told before says which days.
fn set_told(turn: &mut Turn<'_>, found: &Found) -> Option<Reply> {
    let before = found.text(&["before"])?;
    let rest = replace(&IN_CASE, &found.text(&["rest"])?, "");
    let said = schedule(turn, &before).every.and_then(|_| joined(turn, &before, &rest))?;
    // "I swim every Friday, wake me at 6 tomorrow" is for once.
    let after = schedule(turn, &rest);
    if after.at.is_none() || !after.no_day {
        return None;
    }
    let at = said.at.clone().filter(|at| at > turn.now)?;
    let at = early(turn, at, &said);
    Some(make(turn, vec![(at, said.every, String::new())]))
}

/// "Wake me at 7 tomorrow and set another alarm for 1 pm": in one breath the second is of the same day.
fn same_day(turn: &Turn<'_>, phrase: String, said: &Schedule) -> String {
    let another = ANOTHER.as_ref().is_some_and(|another| another.is_match(turn.text));
    let now = turn.now_ms();
    match turn.it(KIND).last() {
        Some(task)
            if another
                && said.no_day
                && said.every.is_none()
                && task.created == now
                && task.every.is_empty()
                && turn.at(task.due).date() > turn.now.date() =>
        {
            format!("{phrase} on {}", turn.at(task.due).date())
        }
        _ => phrase,
    }
}

fn set(turn: &mut Turn<'_>, found: &Found) -> Option<Reply> {
    let before = found.text(&["name"]).unwrap_or_default();
    let rest = found.text(&["rest"]).unwrap_or_default();
    let first = before.split(' ').next().unwrap_or_default().to_lowercase();
    // With these the request is another, or no name stands before "alarm".
    const OTHERS: &[&str] = &[
        "remind", "the", "fire", "false", "smoke", "confirm", "adjust", "edit", "modify", "switch", "bump",
        "let", "forget",
    ];
    // "Lend me an alarm" calls it nothing.
    let last = before.rsplit(' ').next().unwrap_or_default().to_lowercase();
    if planned::begins_another(&first)
        || OTHERS.contains(&first.as_str())
        || before.split(' ').count() > 5
        || ["a", "an", "the", "my", "our", "your", "that", "this"].contains(&last.as_str())
    {
        return None;
    }
    let mut phrase = format!("{before} {rest}").trim().to_owned();
    // "Two alarms, 6 am and 7 am": how many there are can be counted.
    let many = MANY.as_ref().and_then(|many| many.find(&phrase)).map_or(0, |many| many.end());
    let counted = phrase.get(many..).unwrap_or_default();
    if !LENGTH.as_ref().is_some_and(|length| length.is_match(counted)) {
        phrase = counted.to_owned();
    }
    phrase = replace(&ONE, &phrase, "$1");
    let again = AGAIN.as_ref().is_some_and(|again| again.is_match(&phrase));
    if again {
        phrase = replace(&AGAIN, &phrase, " ").trim().to_owned();
    }
    if phrase.is_empty() || phrase == "clock" {
        return Some(ask_time("", ""));
    }
    phrase = clocks(&replace(&IN_CASE, &phrase, ""));
    if let Some(said) = several(turn, &phrase) {
        return make_several(turn, said, false);
    }
    let said = schedule(turn, &phrase);
    phrase = same_day(turn, phrase, &said);
    let mut said = schedule(turn, &phrase);
    if again && said.every.is_none() {
        said.every = Some(Recurrence::every(Freq::Daily, 1));
    }
    // "An alarm for me" is called nothing.
    let name = replace(&NAMED, &said.rest, "");
    const NOBODY: &[&str] = &["me", "us", "it", "that", "this", "then", "them", "one"];
    let nobody = NOBODY.contains(&name.to_lowercase().as_str())
        || SPOKEN_TO.as_ref().is_some_and(|spoken_to| spoken_to.is_match(&name));
    let name = if nobody { String::new() } else { name };
    let label =
        LABEL.as_ref().is_some_and(|label| label.is_match(&name)) && phrase.ends_with(&format!(", {name}"));
    let marked = label || name != said.rest || !said.is_empty() && said.rest.eq_ignore_ascii_case(&before);
    if !turn.entities(&name, &TIME).is_empty()
        || !name.is_empty() && OTHERWISE.as_ref().is_some_and(|of| of.is_match(&name))
    {
        return None;
    }
    if half_read(turn, &phrase, &said) || REFERS.as_ref().is_some_and(|refers| refers.is_match(&phrase)) {
        return None;
    }
    if name.starts_with("and ") || name.split(' ').count() > 6 || !name.is_empty() && !marked {
        return None;
    }
    match said.at.clone().filter(|_| !only_part(&said)) {
        Some(at) if at > *turn.now => {
            let at = early(turn, at, &said);
            Some(make(turn, vec![(at, said.every, name)]))
        }
        Some(at) => Some(Reply::ask(
            "alarm",
            "set",
            "time",
            format!("{} has passed. For what time?", wording::capital(&wording::moment(&at, turn.now))),
        )),
        None => Some(ask_time(&phrase, &name)),
    }
}

fn make(turn: &mut Turn<'_>, alarms: Vec<(ZonedDateTime, Option<Recurrence>, String)>) -> Reply {
    if let [(at, every, name)] = alarms.as_slice()
        && let Some(each) = recurrence(turn.text).0
        && matches!(each.freq, Freq::Daily | Freq::Weekly)
        && every
            .as_ref()
            .is_none_or(|every| every.days.is_empty() && !each.days.is_empty() && every.freq == Freq::Weekly)
    {
        // What is said to come again is not set for once only, nor for another day.
        let phrase = format!("{} at {}", each.words(), wording::clock(at));
        return Reply::ask("alarm", "set", "confirm", format!("Shall I set an alarm {phrase}?"))
            .among(vec!["yes".to_owned(), "no".to_owned()])
            .knowing("phrase", phrase)
            .knowing("name", name.clone());
    }
    let mut reply = Reply::default();
    let mut made = Vec::new();
    for (at, every, name) in alarms {
        let mut task = turn.new_task(KIND, &name, at.timestamp().as_millisecond());
        task.every = every.map(|every| every.to_string()).unwrap_or_default();
        reply = reply
            .did("alarm", "set")
            .with("time", turn.stamp(task.due))
            .with_some("every", &task.every)
            .with_some("name", &name);
        turn.memory.put(Record::Task(task.clone()));
        made.push(task);
    }
    "setting the alarm".clone_into(&mut turn.memory.what);
    let times: Vec<String> = made.iter().map(|task| turn.when(task)).collect();
    let first = made.first().map_or_else(String::new, |task| {
        let first = turn.at(task.due);
        let soon = (task.due - turn.now_ms()) / 60_000 * 60_000;
        if task.every.is_empty() && soon > 0 && soon < 86_400_000 {
            format!(", in {}", wording::length(soon))
        } else if task.every.is_empty() {
            String::new()
        } else {
            format!(", first {}", wording::moment(&first, turn.now))
        }
    });
    let name = made.first().map(|task| task.name.clone()).unwrap_or_default();
    let called = if name.is_empty() { String::new() } else { format!(" “{name}”") };
    reply.text = match made.len() {
        1 => format!("Alarm{called} set {}{first}.", wording::set_for(&series(&times))),
        _ => format!("Alarms set {}.", wording::set_for(&series(&times))),
    };
    reply.about("alarm", "set", made.iter().map(|task| task.id).collect())
}

fn list_all(turn: &mut Turn<'_>, found: &Found) -> Option<Reply> {
    // "Show me how to set an alarm" is for help, and a joke about alarms for no one here.
    let said = found.whole().to_lowercase();
    if said.contains(" how ") || said.contains(" joke") {
        return None;
    }
    listed(turn, turn.tasks(KIND))
}

/// "My alarm is too early": what is said next may be about it.
fn spoken_of(turn: &mut Turn<'_>, found: &Found) -> Option<Reply> {
    let reply = list(turn, found)?;
    Some(Reply { actions: Vec::new(), ..reply })
}

/// "Is my alarm on?", and not "I need the alarm on".
fn list_asked(turn: &mut Turn<'_>, found: &Found) -> Option<Reply> {
    let first = found.whole().split(' ').next().unwrap_or_default().to_lowercase();
    let asks = ["is", "are", "got", "was", "were", "any"].contains(&first.as_str());
    if asks || turn.text.trim_end().ends_with('?') { list(turn, found) } else { None }
}

/// "No need to wake me at 7", if there is such an alarm.
fn cancel_known(turn: &mut Turn<'_>, found: &Found) -> Option<Reply> {
    match turn.target(KIND, found.text(&["target"]).as_deref(), false) {
        Target::These(_) => planned::cancel(turn, found, KIND),
        _ => None,
    }
}

fn list(turn: &mut Turn<'_>, found: &Found) -> Option<Reply> {
    let target = found.text(&["target", "target2"]);
    let day = found.text(&["day", "day2"]);
    let tasks = match turn.target(KIND, day.as_deref().or(target.as_deref()), true) {
        Target::These(tasks) | Target::OneOf(tasks) => tasks,
        Target::None => Vec::new(),
        Target::Other if target.is_some() => return None,
        Target::Other => {
            let day = day.unwrap_or_default();
            return Some(
                Reply::say(format!("No alarm is set for {day}.")).did("alarm", "list").with("count", 0),
            );
        }
    };
    listed(turn, tasks)
}

fn listed(turn: &Turn<'_>, tasks: Vec<Task>) -> Option<Reply> {
    let lines: Vec<String> = tasks
        .iter()
        .map(|task| {
            if task.name.is_empty() {
                turn.when(task)
            } else {
                format!("{} ({})", turn.when(task), task.name)
            }
        })
        .collect();
    let text = match lines.as_slice() {
        [] => "No alarms are set.".to_owned(),
        [one] => format!("Your alarm is set {}.", wording::set_for(one)),
        _ => format!("You have {} alarms:\n• {}", lines.len(), lines.join("\n• ")),
    };
    let ids = tasks.iter().map(|task| task.id).collect();
    Some(Reply::say(text).did("alarm", "list").with("count", tasks.len()).about("alarm", "list", ids))
}

fn cancel(turn: &mut Turn<'_>, found: &Found) -> Option<Reply> {
    planned::cancel(turn, found, KIND)
}

fn change(turn: &mut Turn<'_>, found: &Found) -> Option<Reply> {
    // "Make an alarm for 7" is a new one.
    let said = found.whole().to_lowercase();
    if ["make a ", "make an ", "make me "].iter().any(|new| said.starts_with(new)) {
        return None;
    }
    // "My alarm needs to be at 4:45" is of one that is to be, where there is none.
    let moves = said.split(' ').any(|word| MOVING.contains(&word));
    if !moves && turn.tasks(KIND).is_empty() {
        return found.text(&["rest"]).and_then(|rest| wake_at(turn, &rest));
    }
    planned::change(turn, found, KIND)
}

/// Words of what moves an alarm that there is.
pub(in crate::skills) const MOVING: &[&str] = &[
    "change",
    "move",
    "reschedule",
    "push",
    "shift",
    "update",
    "switch",
    "postpone",
    "delay",
    "bring",
    "adjust",
    "edit",
    "amend",
    "alter",
    "modify",
    "bump",
    "slide",
    "pull",
    "back",
    "forward",
    "instead",
    "rather",
    "earlier",
    "later",
];

fn change_open(turn: &mut Turn<'_>, found: &Found) -> Option<Reply> {
    planned::change_open(turn, found, KIND)
}

fn change_known(turn: &mut Turn<'_>, found: &Found) -> Option<Reply> {
    planned::change_known(turn, found, KIND)
}

/// "Wake me half an hour earlier", of the only alarm that there is.
fn shift_only(turn: &mut Turn<'_>, found: &Found) -> Option<Reply> {
    if turn.tasks(KIND).len() == 1 { planned::shift(turn, found, KIND) } else { None }
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
