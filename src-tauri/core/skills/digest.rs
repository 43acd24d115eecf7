//! How a day or a week was, as counts of what the model saw: no more is claimed.

use std::sync::LazyLock;

use jiff::ToSpan;
use jiff::civil::Date;

use super::Skill;
use super::filled::Marks;
use super::grammar::{Act, Found, Grammar};
use super::reading::pattern;
use super::stretch::{self, Stretch};
use super::turn::{Reply, Turn};
use super::wording::{capital, count, series};
use crate::past::Feelings;

pub(super) struct Digest;

const WHO: &str = r"(?:who(?:(?:'s|s| is| are) the (?:person|people|one|ones)(?: that| who| whom)?)?|whom|whose names?|(?:which|what) (?:person|people|names?|places?|things?|topics?|friends?|subjects?|of my friends|family member)|what|(?:the )?(?:person|people|name|names)(?: that| who| whom)?)";
const NAMED: &str = r"(?:shut up about|stop (?:talking|going on|banging on|yapping) about|bang on|banging on|banged on|yap|rabbit on|gush|obsess|obsessed|obsessing|discuss|discussed|complain|complained|complaining|moan|moaned|moaning|think|talk|talked|talking|write|written|writing|wrote|mention|mentioned|mentioning|speak|spoken|speaking|spoke|chat|chatted|chatting|name|named|naming|bring up|brought up|bringing up|go on|gone on|going on|refer|referred|say|said|tell|told|tell you)";
const MOST: &str = r"(?:(?:by far )?(?:the )?(?:most often|most frequently|most of all|most|more than (?:anyone|anybody|everyone|everybody|anything|any other)(?: else| person)?|more often than (?:anyone|anybody)(?: else)?|a lot|above all)(?: often| frequently| of all| of the time)?)";
const IN_CHATS: &str = r"(?:,? (?:in|across|throughout|over|from|of) (?:what|whatever|everything|all|anything|the (?:things|stuff)|stuff|things)(?: that| which)? (?:i|we)(?:'ve| have| am|'m)?(?: ever| been| usually| always)* (?:writ(?:e|ing)|wrote|written|say(?:ing)?|said|tell(?:ing)?|told|typ(?:e|ed|ing)|talk(?:ed)?(?: about)?|post(?:ed)?|sen[dt]|share[d]?|discuss(?:ed)?)(?: (?:to|you|here|down|so far|in here|about))*| (?:in|across|throughout|over|to|with|during) (?:(?:our|my|the|all|these|here|of|you|this) ?)*(?:chats?|messages?|conversations?|history|talks|diary|journal|you|chat history)?| here| to you)*";
/// How the mood is doing.
const GOING: &str = r"(?:going|getting|been|gone|become|trending|moving|heading|looking|turned|swung|doing|changed|changing|up|down|better|worse|brighter|darker|happier|sadder|higher|lower|good|bad|any|or|and|on the|more|less|improving|improved|dropping|dropped|rising|risen|falling|fallen|steady|stable|all right|ok|okay|much|overall|generally|positive|negative|mostly)";

const FEELING: &str = r"(?:happier|sadder|better|worse|happy|sad|positive|negative|grumpier|grumpy|crankier|cranky|moodier|moody|angrier|angry|crosser|gloomier|gloomy|cheerier|cheery|cheerful|calmer|calm|brighter|darker|low|lower|down|up|upbeat|miserable|bitter|unhappy|unhappier|snappier|sunnier|jollier|stressed|glum|glummer|tense|tenser|anxious|irritable|(?:more|less|so|very|too) (?:positive|negative|happy|sad|stressed|cheerful|grumpy|anxious|miserable|moody|angry|optimistic|pessimistic|upbeat|irritable|content|tense|gloomy|down|bitter|relaxed|unhappy))";
/// By what it is judged.
const BY: &str = r"(?:(?:(?:be honest|honestly|tell me honestly|tell me|truthfully|truth)[,:;]* )?(?:(?:going|judging|to go|judged) (?:by|from)|from|by|based on|according to|looking at|in) (?:(?:what|everything|all|the things|all that) (?:i(?:'ve| have)? (?:written|wrote|said|told you|say|write|tell you)|that)|(?:(?:my|our|the|all|recent|latest|last) )+(?:messages?|chats?|words|conversations?|texts?|tone|entries|talks))(?: lately| recently| so far| here| to you)*[,:]* |(?:be honest|honestly|tell me honestly|truthfully|tell me)[,:;]* )?";
const BY2: &str = r"(?:,? (?:(?:going|judging) (?:by|from)|from|by|based on|according to) (?:what (?:i(?:'ve| have)? (?:written|wrote|said|told you|say|write))|(?:(?:my|our|the|all) )+(?:messages?|chats?|words|texts?|tone)))?";

/// A day, also by its number alone.
const DAY: &str = r"(?:today|yesterday|{t}|(?:on )?the (?:\d{1,2}(?:st|nd|rd|th)|(?:twenty|thirty)?[ -]?(?:first|second|third|\pL+th)))";

/// How a day may have been.
const GOOD: &str = r"(?:good|bad|great|nice|happy|sad|rough|better|worse|positive|negative|decent|tough|hard|okay|ok|alright|all right|fine|lovely|productive|rubbish|crap|crappy|shit|shitty|lousy|awful|terrible|horrible|dreadful|grim|miserable|brilliant|cracking|wonderful|amazing|excellent|pleasant|poor|mediocre|average|so-so|difficult|stressful|cheerful|gloomy|dark|bright|downer|stinker|write-off|disaster|horror|mixed)";

static GRAMMAR: LazyLock<Grammar> = LazyLock::new(|| {
    let rules: &[(&str, Act)] = &[
        (
            &format!(
                r"{WHO} (?:(?:did|do|have|had|'ve|am|was) )?(?:i|we)(?:'ve|'m| have| am)?(?: been| ever| keep| always| usually)* {NAMED}(?: (?:about|of|to|with|up|on about|on|here|in here|to you|you about|most))* ?{MOST}{IN_CHATS}(?<when>(?: .+)?)"
            ),
            most_named,
        ),
        (
            &format!(
                r"{WHO} (?:(?:is|are|was|were|has|have|do|does|did|gets?|got|being|been|name|names|that|it) )*(?:the one )?(?:(?:i|we) )?(?:comes?|came|coming|crops?|cropped|pops?|popped|appears?|appeared|mentioned|talked about|named|brought|{NAMED}|come|turns?|shows?)(?: (?:up|mentioned|about|named|often))*(?: by me)? {MOST}{IN_CHATS}(?<when>(?: .+)?)"
            ),
            most_named,
        ),
        (
            &format!(
                r"(?:(?:name|list|show me|show|tell me|give me|see|know|count) )?(?:who )?(?:(?:the|my|top|\d+|three|five|ten|few) )*(?:person|people|names?|friends?|ones?)(?: (?:that|who|whom))? (?:i|we)(?:'ve|'m| have| am)?(?: been| ever| keep| always| usually)* {NAMED}(?: (?:about|of|to|with|up|on about|on))*(?: {MOST})?{IN_CHATS}(?<when>(?: .+)?)"
            ),
            most_listed,
        ),
        (
            &format!(
                r"who(?: is it)?(?: that)? (?:(?:do|am|have|can|could|did) )?(?:i|we)(?:'m| am| can|'ve been| have been)? (?:always|constantly|forever|never|not|can't|continually|keep|keep on|endlessly|all the time)(?: been)? {NAMED}(?: (?:about|of|to|with|up|on about|on))*{IN_CHATS}(?:,? (?:all the time|constantly|non-?stop|so (?:much|often)|the whole time|day in,? day out|all day(?: long)?|always|endlessly))?(?<when>(?: .+)?)"
            ),
            most_named,
        ),
        (
            &format!(
                r"{WHO} (?:gets?|is|has|was|does|do)?(?: been)? ?(?:the )?(?:featured?|features|mentioned|figures?|stars?|dominates?|named|appears?|occurs?|mentions)(?: (?:by me|in))? {MOST}(?: by me)?{IN_CHATS}(?<when>(?: .+)?)"
            ),
            most_named,
        ),
        (
            &format!(
                r"{WHO} (?:has|have|gets?|got|is|are|was|were)(?: the)? (?:most mentions|most mentioned|most talked about|mentioned most|most frequent|named most)(?: (?:person|people|name|names|one))*{IN_CHATS}(?<when>(?: .+)?)"
            ),
            most_named,
        ),
        (
            &format!(
                r"(?:(?:who|what)(?:'s|s| is| are)|show me|tell me|name|list)? ?{{the}}(?:top|most(?: often| frequently)?) (?:mentioned|named|talked about|talked-about|common|frequent)? ?(?:person|people|names?)(?: (?:i|we)(?:'ve| have)? .+?)?{IN_CHATS}(?<when>(?: .+)?)"
            ),
            most_named,
        ),
        (
            r"(?:how (?:was|is|were|has|have|did)|what (?:was|is)) (?:my|the|our|this|last|past|these) (?<week>(?:past |last |current )?(?:weeks?|months?|year|weekend))(?: been| going| go| like| so far| look)*",
            mood_of,
        ),
        (
            r"how (?:was|is) (?<when>(?:this|last|the last|the past) (?:week|month|year|weekend))(?: for me| so far)?",
            mood_when,
        ),
        (
            r"(?:how|what)(?:'s| is| was| has| have)? (?:my|the) (?:mood|tone|spirits|emotional state|feelings?)(?: been| like| looking| going| trend)*(?<when>(?: .+)?)",
            mood_when,
        ),
        (
            r"(?:show(?: me)?|give me|what(?:'s| is)|display|tell me)? ?{the}(?:mood|sentiment|feelings?) ?(?:trend|chart|statistics|stats|history|report|summary|overview|graph)?(?<when>(?: .+)?)",
            mood_when,
        ),
        (r"how (?:have|had|did|do|am|was) i (?:been )?(?:feeling|feel|felt)(?<when>(?: .+)?)", mood_when),
        (r"how (?:am i|have i been) (?:doing|coping|getting on|faring|holding up)(?<when> .+)", mood_when),
        // "My doctor asked how I've been feeling over the past two weeks, can you tell from my messages?"
        (
            r"(?:[^.;!?]{0,60}?\b(?:asks?|asked|asking|wonders?|wondering|wants? to know|need(?:s|ed)? to know|tell me|tell (?:him|her|them)|see|say|show me|curious|know)(?: me)? )?how (?:i've|i have|i am|i'm|i was|i)(?: been| have been)? (?:feeling|felt|feel|doing|coping|getting on|faring)(?<when>(?: .+?)?)[,.;:?!]* (?:so |and |now )?(?:(?:can|could|would|will|are) you (?:able to )?(?:tell|say|see|judge|work (?:it|that) out|show me|check|look|answer|find out|sum (?:it|that) up)(?: me| that| it| this| anything)?|what (?:do|would|does|can) (?:my|the|our|you) (?:messages|chats|words|say|tell)(?: (?:say|tell|show|them|him|her))?|(?:going|judging|to go) (?:by|from)|from|by|based on)(?: (?:from|by|in|at|through|going|judging|based|on|my|our|the|what|i|i've|said|say|told|you|write|wrote|written|messages|chats?|words|history|texts))*",
            mood_when,
        ),
        (
            r"(?:was|am|have|were) i (?:been )?(?:more |less )?(?:happy|happier|sad|sadder|unhappy|stressed|angry|in a (?:good|bad|better|worse) mood|feeling (?:good|bad|better|worse)|positive|negative)(?<when> .+)",
            mood_when,
        ),
        (
            r"(?:(?:show|give|tell)(?: me)? )?{the}(?:weekly|week's|week in) (?:summary|review|digest|recap|report|overview)",
            mood_week,
        ),
        (
            r"(?:(?:show|give|tell)(?: me)? )?{the}(?:monthly|month's|month in) (?:summary|review|digest|recap|report|overview)",
            mood_month,
        ),
        (r"(?:summari[sz]e|recap|review|sum up) {the}(?<week>week|month)", mood_of),
        (
            r"(?:how's|how (?:has|did|was)) (?:my|the|this|last|our) (?<week>(?:past |last |current )?(?:weeks?|months?|year|weekend))(?: been| gone?| going| like| so far| look)*",
            mood_of,
        ),
        (
            r"how (?:was|is|did|has) (?<when>(?:this|last|the last|the past|the) (?:past |last )?(?:week|month|year|weekend))(?: been| go| for me| so far)*",
            mood_when,
        ),
        (
            &format!(
                r"(?:[^,.;:!?]{{3,80}}[,.;:!?]+ (?:so )?)?(?:is|are|has|have|was|how(?:'s| is| has| was)) {{the}}(?:mood|spirits|tone|feelings?)(?: {GOING})+(?<when>(?: .+)?)"
            ),
            mood_when,
        ),
        (&format!(r"(?:which way|where) is {{the}}mood(?: {GOING})+(?<when>(?: .+)?)"), mood_when),
        (r"(?:my|the) mood(?<when> .+)", mood_when),
        (
            &format!(
                r"{BY}(?:am|was|were|have|do|did|would you say|is it that) i (?:been |sound |seem |look |come across )?(?:sounding |feeling |seeming )?(?:(?:getting|becoming|growing|turning|any|a bit|a little|much|overall|generally|really|on the whole) )*{FEELING}(?: (?:or|and) (?:(?:getting|becoming) )?{FEELING})?(?: than (?:usual|normal|before|i was|i used to be)| or not| overall| in general)*{BY2}(?<when>(?: .+)?)"
            ),
            mood_when,
        ),
        (
            r"was (?<when>(?:last|this) (?:week|month|year)) (?:better|worse|happier|sadder)(?: than .+)?",
            mood_when,
        ),
        (r"how have i (?:been|felt)(?: doing)?(?<when>(?: .+)?)", mood_when),
        (r"give me (?:a|the) (?:weekly|week's) (?:recap|summary|digest|overview|review)", mood_week),
        (
            r"(?:who|whom) (?:did|have) i (?:mention|mentioned|name|named|talk about|talked about)(?<when> .+)",
            most_named,
        ),
        (r"(?:has|was|is) (?<when>DAY)(?: been)? (?:an? )?GOOD(?: one| day)?(?: for me)?", day),
        (
            r"(?:see|show me|show|tell me|know) how (?:my|the|this|last) (?<week>week|month|year) (?:was|went|has been|looked|is going)",
            mood_of,
        ),
        (
            r"(?:whose name|which name|who|whom) (?:do|did|have) i (?:bring up|mention|mentioned|brought up|talk about|name) (?:the )?(?:most often|most|a lot)(?: when .+)?",
            most_named,
        ),
        (
            r"(?:was|is|has|would you say|did) (?<when>DAY)(?: been| was| seem| feel| look)?(?: like)?(?: more)?(?: of)?(?: (?:generally|overall|actually|really|mostly))?(?: an?)?(?: (?:really |pretty |very |rather )?GOOD)(?: day| one)?(?: for me| overall| all in all| so far|,? or (?:more |was it |just |rather |not )*(?:of )?(?:an? )?(?:(?:really |pretty |very |rather )?GOOD|not|what)?(?: day| one)?)*",
            day,
        ),
        (
            r"(?:was it|has it been|did i have|have i had|what (?:kind|sort) of (?:a )?day (?:did i have|have i had|was it|has it been))(?: an?)?(?: GOOD)?(?: day| one)?(?: or (?:an? )?GOOD(?: day| one)?)? ?(?<when>DAY)(?:,? or (?:an? )?GOOD(?: day| one)?)?",
            day,
        ),
        (r"how (?:did|was) (?:my|the|our) day (?:go|been|going|so far|today)*", day_today),
        (r"tell me (?:about|how was) (?:my|the) day", day_today),
        (r"what (?:was|is) (?<when>DAY) (?:about|like)(?: for me)?", day),
        (r"how (?:was|is|has) (?:my|the|your) day(?: been| going| so far| today)*", day_today),
        (r"how (?:was|is|did) (?<when>DAY)(?: go)?(?: for me| so far)?", day),
        (r"(?:how|what) (?:was|is|did) my (?<when>DAY)(?: like| go)?", day),
        (
            r"(?:(?:show|give|tell)(?: me)? )?{the}(?:day|daily|day's|today's) (?:digest|summary|recap|review|report|overview)",
            day_today,
        ),
        (r"(?:summari[sz]e|recap|review|sum up) {the}(?:day|whole day)(?: for me)?", day_today),
        (
            r"(?:summari[sz]e|recap|review|sum up|wrap up|run through|run me through|take me through|go over|go through|look back (?:on|at)) (?:how )?(?:(?:my|the|whole|all of|was|went) )*(?<when>day|DAY)(?: went| was| been)?(?: for me)?(?: (?:before|so|because|while|as) (?:i|we) .+)?",
            day,
        ),
        (
            r"(?:(?:show|give|tell)(?: me)? )?{the}(?:digest|summary|recap|overview|review)(?: of| for) (?:{the})(?<when>day|DAY)(?: for me)?",
            day,
        ),
        (r"(?:digest|day digest)", day_today),
        (
            r"what (?:happened|went on|did (?:we|you and i) (?:talk|chat|speak) about|did (?:we|you and i) (?:discuss|say)|have we (?:talked|chatted|spoken) about)(?<when>(?: .+)?)",
            day,
        ),
        (r"what was my day (?:about|like)", day_today),
        (
            r"(?:how(?:'s|s| is| has| was| did| would you (?:describe|rate|sum up|call)| about)|rate|describe|score|judge|assess|what do you make of|what (?:kind|sort) of (?:a )?(?:day )?(?:was|is|has)|tell me (?:about|how)|show me|give me) (?:my |the |our )?(?<when>day|DAY|day today|day yesterday)(?: (?:been|going|went|go|was|turn(?:ed)? out|look(?:ed|ing)?|like|so far|today|now|for me|overall|all in all|in (?:a nutshell|brief|short)|shaping up|treat(?:ed|ing)? me))*",
            day,
        ),
        (
            r"(?:give me |show me |let me see |i want )?(?:my |the |a )?(?<when>day|DAY)(?:'s|s)?,? (?:in (?:a nutshell|brief|short|review|numbers|summary)|summed up|summari[sz]ed|recapped|digest|recap|summary|overview|review|round-?up|rundown)(?: for me)?",
            day,
        ),
        (
            r"(?:would you say|do you think|was it that|did)? ?(?:i(?:'ve| have)? (?:had|have)|have i had|did i have) an? GOOD (?:day|one)(?: (?<when>DAY))?(?: so far| overall| all in all)*(?:,? or (?:not|(?:an? )?GOOD(?: one| day)?))?",
            day_asked,
        ),
        (
            r"what (?:kind|sort) of (?:a )?(?<week>week|month|year|weekend) (?:has it been|was it|have i had|did i have|is it|am i having)(?: (?:so far|for me|overall))*",
            mood_of,
        ),
        (
            r"(?:was|is|has) (?:it|this|my|the)(?: (?<week>week|month|year|weekend))?(?: been)?(?: an?)? GOOD(?: or (?:an? )?GOOD)?(?: (?<week2>week|month|year|weekend))(?:,? (?:for me|so far|overall|or not|or (?:an? )?GOOD(?: one)?))*",
            mood_of,
        ),
        (
            r"(?:how(?:'s| is| was| has| did)) (?<when>{t})(?: (?:been|gone?|going|treated me|treating me|for me|so far|overall|all in all))+",
            day,
        ),
    ];
    Grammar::with(&[("DAY", DAY), ("GOOD", GOOD)], rules)
});

static FOLLOW: LazyLock<Grammar> =
    LazyLock::new(|| Grammar::new(&[(r"(?:and|what about|how about|and what about) (?<when>.+)", follow)]));

impl Skill for Digest {
    fn name(&self) -> &'static str {
        "digest"
    }

    fn intents(&self) -> &'static [&'static str] {
        &["day_digest", "mood_trend"]
    }

    fn reports(&self) -> bool {
        true
    }

    fn grammar(&self) -> Option<&'static Grammar> {
        Some(&GRAMMAR)
    }

    fn follow(&self) -> Option<&'static Grammar> {
        Some(&FOLLOW)
    }

    fn meant(&self, turn: &mut Turn<'_>) -> Option<Reply> {
        let mood = turn.analysis.intent.name == "mood_trend";
        self.wanted(turn, if mood { "mood" } else { "day" })
    }

    fn wanted(&self, turn: &mut Turn<'_>, verb: &str) -> Option<Reply> {
        let stretch = meant(turn);
        of(turn, verb, stretch)
    }

    fn filled(&self, turn: &mut Turn<'_>, verb: &str, marks: &Marks<'_>) -> Option<Reply> {
        let stretch = named(turn, marks.one("day")?)?;
        of(turn, verb, Some(stretch))
    }
}

/// What a verb tells of a stretch of time.
fn of(turn: &mut Turn<'_>, verb: &str, stretch: Option<Stretch>) -> Option<Reply> {
    match verb {
        "mood" => mood(turn, &stretch.or_else(|| stretch::week(turn.now, 0, "this week"))?),
        "named" => Some(most_in(turn, stretch)),
        "day" => told(turn, &stretch.or_else(|| stretch::today(turn.now))?),
        _ => None,
    }
}

// "This whole week", "my month, old friend".
pattern!(
    UNIT_MEANT,
    r"(?i)\b(?:(?<last>last|past|previous)|my|the|this|our|whole|entire|current)(?: (?:whole|entire|current|own))* (?<unit>week|month|year|weekend)\b"
);

/// The stretch of time that a message in any words is about.
fn meant(turn: &Turn<'_>) -> Option<Stretch> {
    let plain = &turn.reading.plain;
    stretch::anywhere(turn, plain).1.or_else(|| {
        let found = UNIT_MEANT.as_ref()?.captures(plain)?;
        period(turn, &found["unit"].to_lowercase(), found.name("last").is_some())
    })
}

/// The stretch that a phrase names; `None` if it names something else.
fn named(turn: &Turn<'_>, phrase: &str) -> Option<Stretch> {
    let phrase = phrase.trim().trim_start_matches("than ").trim_start_matches("like ");
    let (rest, stretch) = stretch::split(turn, phrase);
    stretch.filter(|_| rest.trim().is_empty())
}

fn mood_of(turn: &mut Turn<'_>, found: &Found) -> Option<Reply> {
    let said = found.text(&["week", "week2"])?.to_lowercase();
    let unit = said.rsplit(' ').next().unwrap_or_default().trim_end_matches('s').to_owned();
    let last =
        said.contains("last") || said.contains("past") || found.whole().to_lowercase().contains(" last ");
    mood(turn, &period(turn, &unit, last)?)
}

/// This or the last week, month, year or weekend.
fn period(turn: &Turn<'_>, unit: &str, last: bool) -> Option<Stretch> {
    let today = turn.now.date();
    let name = format!("{} {unit}", if last { "last" } else { "this" });
    match unit {
        "week" => stretch::week(turn.now, if last { -1 } else { 0 }, &name),
        "month" | "year" => {
            let (first, length) = match unit {
                "month" => (today.first_of_month(), 1.month()),
                _ => (today.first_of_year(), 1.year()),
            };
            let first = if last { first.checked_sub(length).ok()? } else { first };
            stretch::stretch(turn.now, first..first.checked_add(length).ok()?, &name)
        }
        _ => {
            let monday = stretch::week(turn.now, 0, "")?.days.start;
            let saturday = monday.checked_add(5.days()).ok()?;
            let first =
                if saturday > today || last { saturday.checked_sub(7.days()).ok()? } else { saturday };
            stretch::stretch(turn.now, first..first.checked_add(2.days()).ok()?, "the weekend")
        }
    }
}

fn mood_when(turn: &mut Turn<'_>, found: &Found) -> Option<Reply> {
    let Some(when) = found.text(&["when"]) else {
        return mood(turn, &stretch::week(turn.now, 0, "this week")?);
    };
    let stretch = named(turn, &when)?;
    // Happier than last week: this week beside it.
    if when.trim().starts_with("than ") {
        return mood(turn, &stretch::week(turn.now, 0, "this week")?);
    }
    mood(turn, &stretch)
}

fn mood_week(turn: &mut Turn<'_>, _: &Found) -> Option<Reply> {
    mood(turn, &stretch::week(turn.now, 0, "this week")?)
}

fn mood_month(turn: &mut Turn<'_>, _: &Found) -> Option<Reply> {
    mood(turn, &period(turn, "month", false)?)
}

fn day_today(turn: &mut Turn<'_>, _: &Found) -> Option<Reply> {
    told(turn, &stretch::today(turn.now)?)
}

fn day(turn: &mut Turn<'_>, found: &Found) -> Option<Reply> {
    let stretch = match found.text(&["when"]) {
        None => stretch::today(turn.now)?,
        Some(when) if when.trim().eq_ignore_ascii_case("day") => stretch::today(turn.now)?,
        Some(when) => named(turn, &when)?,
    };
    told(turn, &stretch)
}

/// "I had a good day" tells of one.
fn day_asked(turn: &mut Turn<'_>, found: &Found) -> Option<Reply> {
    let whole = found.whole().to_lowercase();
    if whole.starts_with("i ") || whole.starts_with("i'") { None } else { day(turn, found) }
}

fn follow(turn: &mut Turn<'_>, found: &Found) -> Option<Reply> {
    let when = found.text(&["when"])?;
    let stretch = named(turn, &when)?;
    let mood_before = turn.memory.dialogue.last.as_ref().is_some_and(|last| last.verb == "mood");
    if mood_before { mood(turn, &stretch) } else { told(turn, &stretch) }
}

fn failed(error: &crate::Error) -> Reply {
    Reply::say(format!("I could not count that: {error}."))
}

/// "3 positive, 8 neutral and 1 negative".
fn counted(feelings: Feelings) -> String {
    let parts =
        [(feelings.positive, "positive"), (feelings.neutral, "neutral"), (feelings.negative, "negative")];
    let parts: Vec<String> =
        parts.iter().filter(|(n, _)| *n > 0).map(|(n, name)| format!("{n} {name}")).collect();
    series(&parts)
}

/// A day in numbers, with what it named and its strongest words.
fn told(turn: &mut Turn<'_>, stretch: &Stretch) -> Option<Reply> {
    // More than a day is a trend.
    if stretch.days.start.checked_add(1.day()).ok()? < stretch.days.end {
        return mood(turn, stretch);
    }
    let past = turn.scene.past;
    let within = || stretch.within.clone();
    let (feelings, named, said) =
        match (past.feelings(within()), past.named(within(), 5), past.said(within(), 3)) {
            (Ok(feelings), Ok(named), Ok(said)) => (feelings, named, said),
            (Err(error), ..) | (_, Err(error), _) | (.., Err(error)) => return Some(failed(&error)),
        };
    let name = capital(&stretch.name);
    let mut text = match feelings.total() {
        0 => format!("{name} you wrote nothing that I have read."),
        n => format!("{name} you wrote {}: {} by their tone.", count(n, "message"), counted(feelings)),
    };
    if !named.is_empty() {
        text.push_str(&format!(" You named {}.", series(&named)));
    }
    if !said.is_empty() {
        let lines: Vec<String> = said
            .iter()
            .rev()
            .map(|said| {
                let line: String =
                    said.text.trim().lines().next().unwrap_or_default().chars().take(100).collect();
                format!("• {} “{line}”", super::wording::clock(&minute(turn, said.time)))
            })
            .collect();
        text.push_str(&format!("\nThe latest:\n{}", lines.join("\n")));
    }
    let reply = Reply::say(text).did("digest", "day").with("date", stretch.days.start.to_string());
    let reply = felt(reply, feelings).with("messages", feelings.total());
    Some(reply.about("digest", "day", said.iter().map(|said| said.id).collect()))
}

/// "Who did I talk about the most?"
fn most_named(turn: &mut Turn<'_>, found: &Found) -> Option<Reply> {
    let stretch = match found.text(&["when"]) {
        Some(when) => Some(named(turn, &when)?),
        None => None,
    };
    Some(most_in(turn, stretch))
}

/// Whom and what was named most often in a stretch of time, or ever.
fn most_in(turn: &Turn<'_>, stretch: Option<Stretch>) -> Reply {
    let within = stretch.as_ref().map_or(stretch::ALWAYS, |stretch| stretch.within.clone());
    let when = stretch.map_or_else(|| "So far".to_owned(), |stretch| capital(&stretch.name));
    let names = match turn.scene.past.named(within, 5) {
        Ok(names) => names,
        Err(error) => return failed(&error),
    };
    let text = match names.as_slice() {
        [] => format!("{when} you have named nobody and nothing that I noticed."),
        names => format!("{when} you named {}, the most frequent first.", series(names)),
    };
    Reply::say(text).did("digest", "named").with("named", names)
}

/// "The people I talk to" are none of the counted ones, unless the most, or the top, is asked for.
fn most_listed(turn: &mut Turn<'_>, found: &Found) -> Option<Reply> {
    let whole = found.whole().to_lowercase();
    let most = [" most", "top ", " more ", " a lot"].iter().any(|word| whole.contains(word));
    if most { most_named(turn, found) } else { None }
}

fn minute(turn: &Turn<'_>, time: i64) -> jiff::ZonedDateTime {
    turn.at(time / 60_000 * 60_000)
}

fn felt(reply: Reply, feelings: Feelings) -> Reply {
    reply
        .with("positive", feelings.positive)
        .with("neutral", feelings.neutral)
        .with("negative", feelings.negative)
}

/// The fewest messages by which two stretches of time can be compared.
const ENOUGH: i64 = 10;

/// The difference in balance, from -1 to 1, from which on a tone is another.
const ANOTHER: f64 = 0.1;

/// Positive less negative messages, as a share of all.
fn balance(feelings: Feelings) -> f64 {
    (feelings.positive - feelings.negative) as f64 / feelings.total().max(1) as f64
}

/// How a stretch of time felt, day by day, and beside the one before.
fn mood(turn: &mut Turn<'_>, stretch: &Stretch) -> Option<Reply> {
    let past = turn.scene.past;
    let of = |days: std::ops::Range<Date>| {
        let stretch = stretch::stretch(turn.now, days, "")?;
        past.feelings(stretch.within).ok()
    };
    let feelings = match past.feelings(stretch.within.clone()) {
        Ok(feelings) => feelings,
        Err(error) => return Some(failed(&error)),
    };
    let (start, end) = (stretch.days.start, stretch.days.end);
    let length = (end - start).get_days();
    let before = of(start.checked_sub(length.days()).ok()?..start)?;
    let name = capital(&stretch.name);
    let mut text = match feelings.total() {
        0 => format!("{name} you wrote nothing that I have read."),
        n => format!("{name} you wrote {}: {} by their tone.", count(n, "message"), counted(feelings)),
    };
    let trend = match balance(feelings) - balance(before) {
        _ if feelings.total() < ENOUGH || before.total() < ENOUGH => "unknown",
        difference if difference > ANOTHER => "brighter",
        difference if difference < -ANOTHER => "darker",
        _ => "same",
    };
    if (2..=14).contains(&length) && feelings.total() > 0 {
        let mut lines = Vec::new();
        let mut day = start;
        while day < end {
            let next = day.tomorrow().ok()?;
            let of_day = of(day..next)?;
            if of_day.total() > 0 {
                lines.push(format!("• {}: {}", day.strftime("%A"), counted(of_day)));
            }
            day = next;
        }
        text.push_str(&format!("\n{}", lines.join("\n")));
    }
    if feelings.total() > 0 {
        let beside = format!(
            "the time before ({})",
            if before.total() == 0 { "nothing".to_owned() } else { counted(before) }
        );
        text.push('\n');
        text.push_str(&match trend {
            "brighter" => format!("That is brighter than {beside}."),
            "darker" => format!("That is darker than {beside}."),
            "same" => format!("That is about as {beside}."),
            _ => "That is too little to speak of a trend.".to_owned(),
        });
    }
    let reply = Reply::say(text).did("digest", "mood");
    let last = end.yesterday().ok()?;
    let reply = felt(reply.with("from", start.to_string()).with("to", last.to_string()), feelings);
    Some(reply.with("messages", feelings.total()).with("trend", trend).about("digest", "mood", Vec::new()))
}
