//! Coins, dice, random numbers, and picking one. The randomness begins at a seed
//! that comes in with the message.

mod wanted;

use std::sync::LazyLock;

use super::Skill;
use super::filled::Marks;
use super::grammar::{Act, Found, Grammar};
use super::reading::{Reading, pattern, replace};
use super::turn::{Reply, Turn};
use super::wording::{capital, series};
use crate::nlu;

/// A row of random numbers: [SplitMix64](https://prng.di.unimi.it/splitmix64.c).
pub(super) struct Chance {
    state: u64,
}

impl Chance {
    pub fn new(seed: u64) -> Chance {
        Chance { state: seed }
    }

    fn next(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.state;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number below `limit`, all alike; 0 for a limit of 0.
    pub fn below(&mut self, limit: u64) -> u64 {
        ((u128::from(self.next()) * u128::from(limit)) >> 64) as u64
    }
}

pub(super) struct Luck;

/// How dice are asked for.
const ROLL: &str = r"(?:roll|throw|toss|chuck|give me|gimme|i need|get me)(?: me| us)?";

/// How a number is.
const THINK: &str =
    r"(?:pick|choose|give me|generate|think of|tell me|say|guess|i need|get me|get|name)(?: me| us)?";

/// How many dice.
const COUNT: &str = r"(?:\d{1,3}|two|three|four|five|six)";

static GRAMMAR: LazyLock<Grammar> = LazyLock::new(|| {
    let rules: &[(&str, Act)] = &[
        (r"(?:flip|toss|throw)(?: me)?(?: a| the| one)? coin(?: again)?(?: for .*)?", coin),
        (r"(?<options>yes or no)", pick),
        (r"(?:magic )?(?:8|eight)[ -]?ball\b.*", yes_or_no),
        (r"heads or tails\?.*", coin),
        (r"(?:do|play|call)(?: a| the| us a| me a)? (?:coin )?(?:toss|flip|heads or tails)(?:,? .*)?", coin),
        (r"(?:heads or tails|coin flip|coin toss|do a coin (?:flip|toss)|flip it again)", coin),
        (r"ROLL(?: a| one)? ?(?<count>COUNT)? ?d(?<sides>\d{1,4})s?(?: for .+)?", dice),
        (r"(?<count>\d{1,3})d(?<sides>\d{1,4})", dice),
        (r"d(?<sides>4|6|8|10|12|20|100)", dice),
        (r"ROLL (?:one|it)(?: for (?:me|us))?", dice),
        (r"(?:roll|throw)(?: for (?:me|us))?", dice),
        (r"(?<count>COUNT) (?:die|dices?)(?: all)?(?: at once| together| at the same time)?", dice),
        (r"ROLL (?<count>COUNT)(?: of them)?(?: for (?:me|us))", dice),
        (r"ROLL (?:the |some )?(?:die|dices?),? (?<count>COUNT)(?: of them)?", dice),
        (
            r"ROLL(?: a| the| one| some)?(?: (?<count>COUNT))?(?: pair of)?(?: (?<sides>\d{1,4}|four|six|eight|ten|twelve|twenty)[ -]sided)? (?:die|dices?)(?: rolled| thrown)?(?: with (?<sides2>\d{1,4}) sides)?(?: again)?(?: for .+)?",
            dice,
        ),
        (
            r"(?:THINK )?(?:a |any |me a )?random (?:number|integer)(?:,? (?:between|from|in)? ?(?<from>-?\d{1,15})? ?(?:and|to|-|up to|through)? ?(?<to>-?\d{1,15})?)?",
            random,
        ),
        (
            r"(?:THINK )?(?:a |any )?(?:random )?(?:number|integer) (?:under|below|up to|smaller than|less than|not over) (?<to>\d{1,15})",
            random,
        ),
        (
            r"THINK (?:a |any )?(?:random )?(?:number|integer)(?: for (?:me|us))?,? (?:somewhere |anywhere |that is |that's )?(?:between|from|in|within)(?: the range)? (?<from>-?\d{1,15}) ?(?:and|to|through|-) ?(?<to>-?\d{1,15})(?:,? (?:and|for|so) .+)?",
            random,
        ),
        (
            r"THINK (?:a |any )?(?:\w+ )?(?:of .+? )?(?:for (?:me|us),? )?(?:somewhere |anywhere )?between (?:\w+ )?(?<from>\d{1,15}) and (?:\w+ )?(?<to>\d{1,15})",
            random,
        ),
        (
            r"(?:THINK )?(?:a |any )?(?:random )?(?:number|integer)(?: for (?:me|us))?,? (?:somewhere |anywhere )?(?:between|from|in) (?<from>[\w-]+) (?:and|to|through) (?<to>[\w-]+(?: [\w-]+)?)(?:,? (?:and|for|so) .+)?",
            random_spoken,
        ),
        (r"(?:pick|choose|think of) (?:a|any) number(?: for (?:me|us))?", random),
        (
            r"(?:pick|choose|select|decide)(?: one| something| an option)?(?: of these| of| between| from| for me| among)*[:,]? (?<options>.+(?: or | and |, ).+)",
            pick,
        ),
        (
            r"help me (?:choose|pick|decide)(?: one)?(?: between| from|:)? (?<options>.+(?: or | and |, ).+)",
            pick,
        ),
        (r"(?:should|shall) (?:i|we) (?<options>.+ or .+)", pick),
        (
            r"(?:(?:i|we) (?:can't|cant|cannot|can not) decide|you (?:choose|pick|decide)|your (?:choice|pick))(?: between)?[,:]? (?<options>.+(?: or |, | and ).+)",
            pick,
        ),
        (
            r"(?:(?:i|we) (?:can't|cant|cannot|can not) (?:choose|agree|make up (?:my|our) minds?)|(?:i|we) don't know what to (?:pick|choose|have|take|get|eat|wear))[,:;.]?(?: (?:so|pick|choose|you pick|you choose|between))* (?<options>.+ or .+)",
            pick,
        ),
        (
            r"(?:(?:who|which|what|where)\b[^,:?]*[,:?] )?(?<options>[\w' -]+(?:, [\w' -]+)*,? or [\w' -]+?)[,?.:;]? (?:you )?(?:pick|choose|decide)(?: one| for (?:me|us))*",
            pick,
        ),
        (
            r"(?<options>[\w' -]+(?:, [\w' -]+)*,? or [\w' -]+?)(?: for (?:me|us|dinner|lunch|breakfast|tea|tonight|today))?\? .*\b(?:you (?:have|choose|pick|decide|get)|casting vote|just pick|pick one|pick for|choose for|choose one|decide for|help me decide)\b.*",
            pick,
        ),
        (
            r"(?:pick|choose) (?:someone|somebody|a name|a person|anything|at random|randomly)[,:]? (?:from |of |between )?(?<options>.+(?: or | and |, ).+)",
            pick,
        ),
        (
            r"randomly (?:pick|choose|select)(?: one)?(?: between| from| of)? (?<options>.+(?: or | and |, ).+)",
            pick,
        ),
        (r"(?<options>[\w'-]+(?: [\w'-]+)?(?: or [\w'-]+(?: [\w'-]+)?){2,3})", pick),
        (r"(?<options>[\w'-]+(?: [\w'-]+)? or [\w'-]+(?: [\w'-]+)?)", pick_asked),
        (r"(?:which|what) (?:one|should i (?:pick|choose|have|take|get))[:,] (?<options>.+ or .+)", pick),
    ];
    Grammar::with(&[("ROLL", ROLL), ("THINK", THINK), ("COUNT", COUNT)], rules)
});

impl Skill for Luck {
    fn name(&self) -> &'static str {
        "chance"
    }

    fn intents(&self) -> &'static [&'static str] {
        &["flip_coin", "roll_dice", "pick_one", "random_number"]
    }

    fn reports(&self) -> bool {
        true
    }

    fn grammar(&self) -> Option<&'static Grammar> {
        Some(&GRAMMAR)
    }

    fn exact(&self, turn: &mut Turn<'_>) -> Option<Reply> {
        GRAMMAR.answer(turn).or_else(|| several(turn))
    }

    fn wanted(&self, turn: &mut Turn<'_>, verb: &str) -> Option<Reply> {
        wanted::wanted(turn, verb)
    }

    fn filled(&self, turn: &mut Turn<'_>, verb: &str, marks: &Marks<'_>) -> Option<Reply> {
        wanted::filled(turn, verb, marks)
    }

    fn meant(&self, turn: &mut Turn<'_>) -> Option<Reply> {
        match turn.analysis.intent.name.as_str() {
            "flip_coin" => Some(flip(turn)),
            "roll_dice" => self.wanted(turn, "dice"),
            "random_number" => {
                let plain = turn.reading.plain.clone();
                // "Are your numbers really random?" asks for none.
                if ["are ", "is ", "how "].iter().any(|begun| plain.to_lowercase().starts_with(begun)) {
                    return None;
                }
                self.wanted(turn, "number")
            }
            "pick_one" => {
                if let Some(reply) = self.wanted(turn, "pick") {
                    return Some(reply);
                }
                let plain = turn.reading.plain.clone();
                let options = ASKED.as_ref().map_or(plain.as_str(), |asked| {
                    asked.find(&plain).and_then(|asked| plain.get(asked.end()..)).unwrap_or(&plain)
                });
                one_of(turn, options)
            }
            _ => None,
        }
    }
}

pattern!(JOINT, r"(?i),? +(?:and then|and also|and|then|plus|followed by),? +|[;.] +(?:and |then )*");
pattern!(ASIDE, r"(?i)[,.!?;]+ (?:we|i|it|he|she|they|the|my|our|just|because|cos|cause|since|for|so)\b.*$");

/// "Toss a coin and then roll a dice, we are playing a game": more than one, a remark after them.
fn several(turn: &mut Turn<'_>) -> Option<Reply> {
    let plain = turn.reading.plain.clone();
    let asked = replace(&ASIDE, &plain, "");
    let parts: Vec<&str> = JOINT.as_ref()?.split(&asked).collect();
    let thrown = |part: &&str| {
        let part = part.to_lowercase();
        ["coin", "dice", "die", "number"].iter().any(|thing| part.contains(thing))
            && GRAMMAR.claims(&Reading::new(&part, turn.read))
    };
    if parts.len() < 2 || !parts.iter().all(thrown) {
        return None;
    }
    let mut whole = Reply::default();
    for part in parts {
        let reply = GRAMMAR.answer(&mut turn.saying(part))?;
        whole.text = format!("{} {}", whole.text, reply.text).trim().to_owned();
        whole.actions.extend(reply.actions);
    }
    Some(whole)
}

fn coin(turn: &mut Turn<'_>, _: &Found) -> Option<Reply> {
    Some(flip(turn))
}

fn flip(turn: &mut Turn<'_>) -> Reply {
    let side = if turn.chance.below(2) == 0 { "heads" } else { "tails" };
    let way = turn.vary(&["It's {}.", "It came up {}.", "{}!"]).replace("{}", side);
    Reply::say(capital(&way)).did("chance", "coin").with("result", side)
}

fn small(word: &str) -> Option<u64> {
    Some(match word.to_lowercase().as_str() {
        "two" => 2,
        "three" => 3,
        "four" => 4,
        "five" => 5,
        "six" => 6,
        "eight" => 8,
        "ten" => 10,
        "twelve" => 12,
        "twenty" => 20,
        digits => digits.parse().ok()?,
    })
}

fn dice(turn: &mut Turn<'_>, found: &Found) -> Option<Reply> {
    let pair = found.whole().contains("pair of");
    let count = found.text(&["count"]).and_then(|word| small(&word)).unwrap_or(if pair { 2 } else { 1 });
    let sides = found.text(&["sides", "sides2"]).and_then(|word| small(&word)).unwrap_or(6);
    if !(1..=100).contains(&count) || !(2..=1000).contains(&sides) {
        return Some(Reply::say("I roll up to 100 dice of up to 1000 sides."));
    }
    Some(roll(turn, count, sides))
}

fn roll(turn: &mut Turn<'_>, count: u64, sides: u64) -> Reply {
    let rolled: Vec<u64> = (0..count).map(|_| turn.chance.below(sides) + 1).collect();
    let sum: u64 = rolled.iter().sum();
    let shown: Vec<String> = rolled.iter().map(u64::to_string).collect();
    let text = if count == 1 {
        format!("You rolled a {sum}.")
    } else {
        format!("You rolled {}: {sum} in all.", series(&shown))
    };
    Reply::say(text).did("chance", "dice").with("count", count).with("sides", sides).with("result", sum)
}

fn random(turn: &mut Turn<'_>, found: &Found) -> Option<Reply> {
    let read = |name: &str| {
        let said = found.text(&[name])?;
        let spelled = turn.entities(&said, &["number"]);
        said.parse::<i64>().ok().or_else(|| spelled.first()?.value.parse().ok())
    };
    let (from, to) = (read("from"), read("to"));
    between(turn, from, to)
}

/// "A number between one and ten"; "between us and them" is none.
fn random_spoken(turn: &mut Turn<'_>, found: &Found) -> Option<Reply> {
    let number = |name: &str| nlu::in_digits(&found.text(&[name])?).parse::<i64>().ok();
    let (from, to) = (number("from")?, number("to")?);
    between(turn, Some(from), Some(to))
}

/// A random number between two, or up to one, or up to a hundred.
fn between(turn: &mut Turn<'_>, from: Option<i64>, to: Option<i64>) -> Option<Reply> {
    let (from, to) = match (from, to) {
        (Some(from), Some(to)) => (from.min(to), from.max(to)),
        (None, Some(to)) | (Some(to), None) if to > 1 => (1, to),
        _ => (1, 100),
    };
    let width = u64::try_from(to.checked_sub(from)?).ok()?.checked_add(1)?;
    let result = from + i64::try_from(turn.chance.below(width)).ok()?;
    Some(
        Reply::say(turn.vary(&["{}.", "How about {}?", "My pick is {}."]).replace("{}", &result.to_string()))
            .did("chance", "number")
            .with("from", from)
            .with("to", to)
            .with("result", result),
    )
}

pattern!(
    ASKED,
    r"(?i)^.*?(?:\b(?:between|decide|choose|pick|wear|have|eat|take|get|which(?: one)?|of these|for me|either)\b|:)[,:]? (?:between |from |of |one of |for me,? )*"
);
pattern!(OR, r"(?i)\s*(?:,\s*or\s+|,\s*and\s+|\s+or\s+|,\s*)\s*");
pattern!(AND, r"(?i)\s*(?:,\s*and\s+|\s+and\s+|,\s*)\s*");
pattern!(
    TASTE,
    r"(?i)^(?:either |have |eat |drink |get |buy |wear |go for |take |order |watch |play |read )+"
);

/// "Tea or coffee?" asks; "sooner or later" does not.
fn pick_asked(turn: &mut Turn<'_>, found: &Found) -> Option<Reply> {
    if turn.text.trim_end().ends_with('?') { pick(turn, found) } else { None }
}

fn pick(turn: &mut Turn<'_>, found: &Found) -> Option<Reply> {
    let options = found.text(&["options"])?;
    // "Choose randomly, I'm not fussed": what to choose from stands elsewhere.
    if options
        .split([',', '.', ';'])
        .any(|option| REMARK.as_ref().is_some_and(|it| it.is_match(option.trim())))
    {
        return None;
    }
    one_of(turn, &options)
}

pattern!(
    REMARK,
    r"(?i)^(?:(?:i'm|im|i've|i'd|we're|we've|it's|its|they're|he's|she's|you're|there's|that's|don't|can't|doesn't|whatever)\b|(?:i|we|it|they|he|she|you|that) (?:am|are|is|was|have|has|had|can|can't|could|do|don't|does|doesn't|will|won't|need|want|just|really|think|trust|decide|choose|pick)\b|(?:randomly|at random|quickly|go on|please|honestly|any will do|which(?: one)?|anything)$|(?:a|any|some|one) (?:random )?n\w+er\b|for (?:me|us)\b|(?:one of )?(?:the two|them|these)$)"
);
pattern!(
    AT_RANDOM,
    r"(?i)^(?:(?:at random|randomly|for me|for us|please|out of|one)[:,] ?|at random (?:from |between |of )?)+"
);
pattern!(
    PARTICLE,
    r"(?i)(?:,? (?:ah|eh|lah|la|leh|lor|hor|meh|innit|then|please|pls|plz|mate|love|thanks|ta|cheers))+$"
);

fn yes_or_no(turn: &mut Turn<'_>, _: &Found) -> Option<Reply> {
    one_of(turn, "yes or no")
}

/// One of the things that a phrase names.
fn one_of(turn: &mut Turn<'_>, said: &str) -> Option<Reply> {
    let said = &replace(&AT_RANDOM, said.trim(), "");
    let either = said.to_lowercase().contains(" or ");
    let regex = if either { OR.as_ref()? } else { AND.as_ref()? };
    let options: Vec<String> = regex
        .split(said)
        .map(|option| replace(&PARTICLE, &replace(&TASTE, option.trim(), ""), ""))
        .filter(|option| !option.is_empty())
        .collect();
    if options.len() < 2 {
        return None;
    }
    let at = turn.chance.below(options.len() as u64) as usize;
    let result = options.get(at)?.clone();
    let way = turn.vary(&["I'd say {}.", "{}.", "Let's go with {}."]);
    let text = capital(&way.replace("{}", &result));
    Some(Reply::say(text).did("chance", "pick").with("choices", options).with("result", result))
}
