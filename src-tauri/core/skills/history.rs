//! Finds what was said before, by its words and by its meaning.

use std::sync::LazyLock;

use super::Skill;
use super::filled::Marks;
use super::grammar::{Act, Found, Grammar};
use super::reading::{Reading, pattern, says};
use super::stretch::{self, ALWAYS, Stretch};
use super::topic;
use super::turn::{Reply, Turn};
use super::wording::{capital, count, moment, words};
use crate::memory::Asked;
use crate::past::Said;

pub(super) struct History;

const DID_I: &str = r"(?:(?:did|have|had|do|have i|had i|what all|'d|'ve) ?(?:i|we|you and i|me and you)?(?:'ve)?(?: ever| just| already| last| first| really| actually| even| been| both| once| recently| previously)*)";
/// Verbs of saying, in all their forms, with what stands between them and what it is about.
const SAID: &str = r"(?:(?:go|goes|went|going|gone) on|be on|(?:bring|brings|bringing|brought|come|comes|came|coming) (?:up|back to)|speak|speaking|spoke|say|saying|said|write|writing|wrote|written|tell|telling|told|mention|mentioning|mentioned|talk|talking|talked|spoken|post|posted|chat|chatting|chatted|discuss|discussing|discussed|complain|complaining|complained|moan|moaning|moaned|whine|whining|whined|rant|ranting|ranted|vent|venting|vented|grumble|grumbling|grumbled|gripe|griping|griped|whinge|whinging|whinged|winge|winged|bitch|bitching|bitched|bang on|banging on|banged on|harp on|harping on|harped on|bring it up|natter|nattered|witter|wittered|rattle on|rattled on|ramble|rambling|rambled|whimper|whimpered|bleat|bleated|gossip|gossiped|gossiping|boast|boasted|boasting|brag|bragged|bragging|joke|joked|joking|fret|fretting|fretted|stress|stressing|stressed|describe|described|describing|report|reported|recount|recounted|gossip about|touched upon|allude|alluded|be giving out|giving out|gave out|give out|worry|worrying|worried|rave|raving|raved|gush|gushed|type|typing|typed|confide|confided|name|naming|named|refer|referred|refer to|referred to|touch on|touched on|curse|cursed)";
const OF: &str = r"(?: (?:anything|something|things|stuff|all|it|sth|to you|with you|you|here|in here|at you|you about it))*(?: (?:about|of|on|regarding|concerning|to do with|around|re|that|how|over|up|for|into))* (?:(?:the|my|a|an|this|that|our|some|these|those|your) )*(?<query>.+)";
const PLACE: &str = r"(?:{the}(?:(?:old|past|whole|entire|chat|own|other|all|previous|earlier|recent|of|all) )*(?:history|messages?|msgs|chats?|conversations?|logs?|archive|journal|diary|past|texts|words|entries))";
/// Where it came up: "in what I write".
const IN_PLACE: &str = r"(?:,? (?:(?:in|within|across|throughout|over) (?:PLACE|(?:what|whatever|everything|all|the (?:things|stuff)|stuff|things)(?: that)? (?:i|we)(?:'ve| have)?(?: ever| been)* SAID(?: to you| you| here| about)*|here|there)|here|to you|with you|between us|so far|at all|by me))*";
/// Verbs of looking for something that was said.
const SEEK: &str = r"(?:find|search for|search|look for|look up|look out|show me|show|get|list|pull up|pull out|give me|dig out|dig up|dig for|hunt down|hunt for|track down|bring up|bring back|fetch|get me|get out|retrieve|locate|fish out|see|check for|read me|read out|read|i need|i want|i'm looking for|i am looking for|looking for|where(?:'s|s| is| are)|need|want)";
const ABOUT: &str = r"(?:about|mentioning|that mentions?|which mentions?|that (?:is|are) about|that talk(?:s|ed)? about|with|containing|that contains?|that ha(?:ve|s)|contains?|mentions?|on|of|regarding|concerning|for|to do with|saying|that says?|re)";
const MINE: &str = r"(?:(?:all|any|every|each|the|my|our|old|that|single|of|those|some|a|one) )*(?:messages?|msgs?|chats?|conversations?|texts?|entry|entries|everything|anything|something|things|thing|stuff|bits?|parts?|all|lines?|places?|mentions?|times?|whatever|what|where|when)";
/// How long ago it seems.
const AGES: &str = r"(?:(?:it )?(?:feels?|seems?|must be|must have been|has been|'s been|is|has to be|been)(?: like)?|it's(?: been)?|been) ?(?:like )?(?:(?:absolute |absolutely )?ages|forever|yonks|donkey's years|an eternity|an age|(?:quite )?(?:a|some) (?:(?:long|little|good) )?(?:while|time)|so long|too long|long|weeks|months|years)";
const FORGOT: &str = r"(?:i(?:'ve)? )?(?:(?:can't|cannot|can not|can never|couldn't|don't|do not|no longer|have no idea|have)(?: (?:for the life of me|quite|really|even|possibly|honestly|at all))* (?:think|remember|recall|place|know|forgotten|lost track of)(?: (?:any ?more|any longer|now|for the life of me|at all|exactly))*|forget|forgot|forgotten|have forgotten|clean forgot|lost track of)";
/// Asks to look, after what to look for was told.
const LOOK: &str = r"(?:(?:have|take|give it) (?:a|an|another) (?:quick |good |little |wee |proper )?(?:look|search|dig|rummage|peek|check|hunt|scan|gander)|(?:check|look|search|see)(?: (?:back|through|in|my|our|the|messages|chats|history))*|jog my memory|refresh my memory|remind me|help me(?: (?:out|remember|find it|find that))?|help)(?: (?:for|it|that|me|back|through|in|there|again|would you|will you|could you|can you|please|my messages|our chats?|what it was))*";

static GRAMMAR: LazyLock<Grammar> = LazyLock::new(|| {
    let rules: &[(&str, Act)] = &[
        (
            r"(?:(?:and )?(?:when|how long ago|what day|which day|what date|on (?:which|what) (?:day|date)|how long (?:is|has) it(?: been)? since)(?: exactly| was it| was that)?(?: that| when)? (?:did |had |have |was it )?(?:i|we)(?:'ve|'d)? (?:ever )?(?:first|originally|initially|start|begin|started|began|first start|first begin)(?: to)?(?: ever)? SAIDOF)",
            first,
        ),
        (
            r"how far back (?:does|do|did|has|have) (?:(?:(?:i|we)(?: first| ever)* SAID(?: about| of)?|(?:my|our|all the|all this|the|this) (?:mentions?|talk|messages|moaning|chat|chats|complaints|stories|talking)(?: of| about| on)) )?(?:(?:it|that|this|all that|all this) (?:all )?(?:go|date|reach|start)[,:—-]* )?{the}(?<query>[^,;.?!]+?)(?: (?:go|goes|gone|date|reach|start|story go|thing go|come up|get mentioned))?(?:[,;.?!]+ .*\b(?:first|earliest|mention|messages?|mentioned|said)\b.*)?",
            first_told,
        ),
        (
            r"(?:when|how long ago|what day|which day|what date|on (?:which|what) (?:day|date)|how recently)(?: exactly)?(?: (?:was|is) (?:it|that))?(?: (?:that|when|exactly))* DID_I(?: last| most recently| lately)? SAIDOF",
            last,
        ),
        (r"how long (?:is|has) it(?: been)? since (?:i|we)(?:'ve| have)?(?: last)? SAIDOF", last),
        (
            r"(?:when(?:'s|s| was| is| were)?|what(?:'s|s| was| is)?|find|show me|tell me|know|how long ago was|which day was|what day was)? ?{the}(?:very )?(?<end>last|latest|newest|first|most recent|earliest|oldest) (?:ever )?(?:time|mention|message|occasion|thing|day)(?: ever)?(?: that| when)? (?:(?:i|we)(?:'d|'ve| have| had| ever)* SAIDOF)",
            at_end,
        ),
        (
            r"(?:when(?:'s|s| was| is| were)?|what(?:'s|s| was| is)?|find|show me|tell me|know|how long ago was|which day was|what day was)? ?{the}(?:very )?(?<end>last|latest|newest|first|most recent|earliest|oldest) (?:ever )?(?:mention|message|time|reference)(?: ever)? (?:of|about|mentioning|on|with|to) {the}(?<query>.+)",
            at_end_of,
        ),
        (
            r"(?:when(?:'s|s| was| is)?|what(?:'s|s| was| is)?|know|how long ago was)? ?{the}(?:very )?(?<end>last|first) time(?: ever)?(?: that)? {the}(?<query>.+?) (?:came up|come up|was mentioned|got mentioned|was brought up|was discussed|cropped up|got a mention|appeared|was talked about)(?: in PLACE| here)?",
            at_end,
        ),
        (
            r"(?:when|how long ago|which day|what day) (?:did|was) {the}(?<query>.+?) (?<end>first|last) (?:come up|came up|mentioned|get mentioned|brought up|discussed|crop up|appear|talked about)(?: in PLACE| here)?",
            at_end,
        ),
        (
            r"(?:count|tell me|how often|how many times|how frequently|how many|the number of times|number of times|work out|(?:give|tell) me|know|see)(?: (?:how often|how many times|the number of times|up|all))*(?: did| have| do| had| is it)?(?: that)?(?: i| we)(?:'ve|ve|'d| have)?(?: ever| already| been| just| actually)* SAIDOF",
            times,
        ),
        (
            r"(?:count |tell me |work out |find out |see )?how (?:often|many times|frequently) (?:has |have |did |does |is |was |do )?{the}(?:words? |name |phrase |subject of |topic of )?(?<query>.+?)(?:'s name)? (?:comes?|came|crops?|cropped|pops?|popped|turns?|turned|shows?|showed) upIN_PLACE",
            times,
        ),
        (
            r"how (?:often|many times|frequently) (?:has|have|did|does|is|was|do) {the}(?:words? |name |phrase |subject of |topic of )?(?<query>.+?) (?:come up|came up|been mentioned|mentioned|been brought up|brought up|get mentioned|got mentioned|get a mention|had a mention|appear|appeared|appearing|crop up|cropped up|been discussed|pop up|popped up|popping up|show up|showed up|feature|featured|turn up|turned up|occur|occurred|been the subject|been talked about|talked about|been named|named|been written about)IN_PLACE",
            times,
        ),
        // "Homesick, how many times have I used that word?"
        (
            r"(?<query>[^,.;:!?…]{2,40})[,.;:…?-]+ (?:so )?(?:how (?:many times|often|frequently)|count how (?:many times|often)) (?:have|did|do|had|has|does) (?:i|we|it|that|he|she|they)(?: ever| already| actually| really| been)*(?: (?:use|used|say|said|write|wrote|written|type|typed|mention|mentioned|come up|came up|crop up|appear|bring up|brought up|SAID))+(?: (?:that|this|the|word|name|phrase|it|him|her|them|up|about|to you|with you|here|in here|in PLACE|so far|now|before))*",
            times,
        ),
        (
            r"(?:count|tell me|add up|tot up|total up|tally|tally up|how many|the number of|number of|in how many(?: of)?)(?: (?:how many|up|all|my|of|the|our|different))* (?:messages|mentions|times|entries|texts|chats|msgs|conversations)(?: (?:in which|where|that|when|have|has|do|did|are|there|i've|i have|is|i|we|we've))*(?: (?:of|mention(?:s|ed|ing)?|are about|about|contain(?:s|ing)?|ha(?:ve|s)|got|use[sd]?|using|includ(?:e|es|ing)|featur(?:e|es|ing)|ABOUT|SAID))+ (?:(?:the )?(?:words?|name|phrase) )?{the}(?<query>.+)",
            times,
        ),
        (
            r"(?:what|which things|what all|what else|what exactly|whatever|remind me what|know what|recall what)(?: was it| is it| it was| was it that)?(?: (?:that|all|exactly))*(?: did| have| had| do| was| were)? (?:i|we)(?:'ve|'d| have| had)?(?: ever| just| last| all| been| always| already| actually| recently)* SAID(?: (?:to you|about it|you|here))*(?: (?:about|of|on|regarding|concerning|to do with|re|around)) {the}(?<query>.+)",
            find,
        ),
        (
            r"(?:what|which things|what all|what else) DID_I (?:say|said|write|wrote|written|tell you|told you|mention|mentioned|post|posted|type|typed)(?: to you)?(?<when>(?: .+)?)",
            said_when,
        ),
        (
            r"(?:show me|tell me|read me|show) (?:what|everything) i (?:said|wrote|told you|typed)(?<when> .+)",
            said_when,
        ),
        (
            r"(?:have|did|had|haven't|didn't|hadn't|i've|i have) (?:i|we)?(?: ever| not| never| already| even| really| actually| once| perhaps| maybe| been| just)* ?SAIDOF",
            asked_whether,
        ),
        // "Remember I was on about Lisbon, can you dig out what I said about it?"
        (
            r"(?:(?:hey|oh|so|you|do you|you may|you'll) )*(?:remember|recall)(?: when| that| how)? (?:i|we)(?:'ve|'d| was| were| have| had)(?: once| just| always)* (?:SAID|on)OF[,.;:!?…]+ .*\b(?:dig|find|look|search|show|bring|pull|fetch|get|read)\b.*\b(?:it|that|this|said|wrote|told|mentioned)\b.*",
            find,
        ),
        // "My doctor's asking: did I mention a migraine?"
        (
            r"[^,.;:!?]{2,80}[,.;:!?]+ (?:so |and |but )?(?:have|did|haven't|didn't) i(?: ever| not| already| once)* SAIDOF",
            find_known,
        ),
        (
            r"[^,.;:!?]{2,80}(?:[,.;:!?]+ (?:so |and |but )?| so )(?:i need|i want|i'm looking for|i want to see|i need to see|i'm after) MINE(?: (?:where|in which|when|that|i|we|i've|have|about))* SAIDOF",
            find_known,
        ),
        (
            r"(?:have|has) {the}(?<query>.+?) (?:ever )?(?:come up|been mentioned|been brought up|been discussed)(?: (?:in|between) .+| at all| before| here)*",
            find,
        ),
        // "I was talking to you of the hens, which day was that most recently?"
        (
            r"(?:AGES since )?(?:i|we)(?:'ve|'d| have| had| was| were| haven't| have not| hadn't)?(?: been| once| already| definitely| just| sometimes| often| last)* SAIDOF[,.;:!?…]+ (?:and |so |but )?(?:when|which day|what day|what date|on (?:which|what) (?:day|date)|how long ago|how long (?:has it been|is it)|how long)(?: (?:exactly|precisely|roughly))?(?:(?: was| did| is|'s)(?: (?:exactly|most|recently|recent|last|latest|happen|say|mention|it|that|so|the|i|we|time|do|very|one|mention))+)?",
            last_told,
        ),
        (
            r"what (?:were|was|are|did) (?:(?:my|our|i) )(?:(?:own|exact|first|last|latest|honest|real|actual|initial) )*(?:thoughts?|opinions?|views?|impressions?|words?|feelings?|verdict|take|comments?|ideas?|remarks?|complaints?|moans?|think|thinking|make|feel)(?: again)? (?:on|about|of|regarding|concerning|over|with) {the}(?<query>[^,;.!?]+)(?:[,;.!?]+ .{0,60}(?:you|it|that|them|have|find|message|somewhere|again)\b.{0,30})?",
            find_known,
        ),
        (
            r"(?:SEEK )?(?:messages? |anything |everything |something |all |whatever |what |stuff |those |the ones |bits |my |any |the )+(?:i (?:wrote|said|sent) |we said )?(?:with|containing|that (?:has|have|contains?|mentions?|uses?)|using|including|where i (?:use|used)) (?:(?:the |a )?(?:words?|name|phrase|term) )?{the}(?<query>[^,;.!?]+?)(?: in (?:it|them|there))?(?:[,;.!?]+ (?:please |can you |could you )?(?:SEEK)(?: (?:it|that|me|them|up|out|this|all|please))*)?",
            find_worded,
        ),
        (
            r"(?:remind me (?:of )?|tell me |what do you (?:know|remember|have)(?: from me)?(?: about)? |scroll (?:back |up )*to |jump (?:back )?to |take me (?:back )?to |go back to )(?:what|where|the (?:bit|part|place|message|thing|day|time)(?: where| when| that)?) (?:i|we)(?:'ve|'d| have| had| was| were)?(?: ever| last| first| just| been)* SAIDOF",
            find,
        ),
        (
            r"(?:search|look|look for|find|check)(?: for)? (?:(?:the )?(?:words?|phrase|name) )?{the}(?<query>.+?) (?:in|through|among) (?:what|everything|all|all that|the things|stuff|whatever)(?: that)? (?:i|we)(?:'ve| have)?(?: ever)* SAID(?: (?:to you|here|so far|about))*",
            find,
        ),
        (
            r"what do you (?:know|remember|have)(?: from me)? (?:about|on) {the}(?<query>.+?)(?: from me| from (?:my|our) (?:messages|chats))?",
            find_known,
        ),
        (r"go through PLACE and (?:find|look for|search for) {the}(?<query>.+)", find),
        (
            r"SEEK (?:it )?MINE(?: (?:that|where|in which|when|there|from me|of mine|with me|i|we|sent|wrote|have|have ever|ever|i've|we've|had|in here|to you|been))*(?: SAID| ABOUT)+(?: (?:about|of|on|regarding|you about|to you about|with you about|that|to do with|on about|how))* {the}(?<query>.+)",
            find_written,
        ),
        (
            r"(?:any|anything|is there anything|are there any|have i got any|was there anything|is there something|there anything|have you got anything|do you have anything|got anything)(?: messages?| chats?| mentions?)?(?: (?:from me|of mine|by me|here|in here|in PLACE|in there|i wrote|i said|i told you|i've said|i've told you|there|already|that i wrote|we said|we've said))*(?: ABOUT)+ {the}(?<query>.+)",
            find_messages,
        ),
        (
            r"(?:go|look|search|dig|check|scan|browse|sift|read|run|trawl|hunt|leaf|flick|comb|skim|see)(?: back)?(?: (?:in|through|thru|over|around|at|into|inside|across|within))* PLACE(?:,? (?:and|to) (?:find|look for|search for|see|tell me|show me|check))*(?: (?:if|whether|where|what|when|anything|everything|something|stuff|i|we|there's|there is|was|ever|find))*(?: (?:for|about|on|regarding|said|say|mention|mentioned|mentioning|wrote|told you|of|talked|talk|with|the word))+ {the}(?<query>.+)",
            find,
        ),
        (
            r"(?:search|find|look|look for|search for|look up|dig for|hunt for|is there|there(?:'s| is))(?: for)? (?:(?:the|any) (?:words?|phrase|mention of|mentions of|thing about) )?{the}(?<query>.+?) (?:in|through|from|within|across) PLACE",
            find,
        ),
        (
            r"(?:do you (?:still )?(?:remember|know|recall)|remember|find|look up|tell me|remind me|show me|recall|know)(?: again)?(?: of)? (?:what|what all|everything|anything|all|where|when|which bit)(?: it was)?(?: that)? (?:i|we)(?:'ve|'d| have| had| was| were)?(?: ever| just| last)* SAIDOF",
            find,
        ),
        (
            r"what was (?:that|it|the thing)(?: again)?(?: i (?:said|told you|wrote|mentioned))?(?: again)? (?:about|with) {the}(?<query>.+)",
            find,
        ),
        (
            r"(?:where|which day|in (?:which|what) (?:message|chat|conversation)|where in PLACE)(?: exactly)? (?:did|have|was|were|do) (?:i|we)(?: ever| last)* SAIDOF",
            find,
        ),
        // "I know I typed something about Maeve, can you dig it out."
        (
            r"(?:i (?:know|think|believe|swear|could swear|could have sworn|am sure|'m sure|remember|must have|thought|reckon)|i'm (?:sure|certain|positive|pretty sure)|pretty sure|sure|must have|FORGOT (?:what|when|where|which day|how|if|whether|what it was)(?: it was)?(?: that| exactly)?)?(?: that)? ?(?:i|we)(?:'ve|'d| have| had| did| must have| might have| may have)?(?: once| already| definitely| just)* SAIDOF[,.;:!?…]+ (?:(?:so|and|now|but|to|please|can you|could you|would you|where(?:'s| is| was)|what was|do you (?:have|remember)|any chance you can|did i|didn't i|no|right|have i|haven't i|or) ?)+(?:(?:SEEK|dig|pull|look|bring|fish|hunt)(?: (?:it|that|me|them|this|out|up|down|again|for me|please|the message|what i said|message))*|it|that|(?:it|that)(?: again)?|not|)",
            find,
        ),
        (
            r"(?:(?:i (?:know|think|believe|swear|remember)|i'm sure|FORGOT (?:what|when|where|which day|how|if|whether)(?: it was)?)(?: that| exactly)? )?(?:i|we)(?:'ve|'d| have| had| did)?(?: once| already| definitely| just)* SAIDOF[,.;:!?…]+ (?:(?:so|and|now|but|please|can you|could you|would you|will you|go and) )*LOOK",
            find,
        ),
        (
            r"FORGOT (?:what|where|how|if|whether)(?: it was)?(?: that| exactly)? (?:i|we)(?:'ve|'d| have| had)?(?: once| already| ever| just)* SAID (?:to )?you(?: (?:about|of|on|regarding))* {the}(?<query>.+)",
            find_known,
        ),
        (
            r"(?<query>[^,.;:!?…]{2,40})[,.;:…]+ (?:what )?(?:did|have|didn't|haven't|i|i've|i have) ?(?:i|we)?(?: ever| not| already)* (?:mention|mentioned|tell you|told you|said|say|talk|talked|write|wrote|bring|brought|written|talked to you)(?: (?:it|that|him|her|them|you|up|about|something|anything|to you|before|here|at all|once|ever))*(?:[,.;:!?…]+ ?(?:no|right|yes|or not|didn't i|haven't i|yeah|surely))?(?:[,.;:!?…]+ ?(?:please )?(?:SEEK)(?: (?:it|that|me|them|what i said))*)?",
            find_known,
        ),
        (
            r"(?:find|show me|show|look up|dig out|get|bring up) (?:the )?(?:time|bit|part|message|place|day|moment|thing|one|chat|conversation)s? (?:where|when|in which|that|about how|in which) (?:i|we)(?:'ve|'d| was| were| am| have| had)?(?: ever| last| first| just)* SAIDOF",
            find,
        ),
        (
            r"(?:.*[,;.:] ?)?(?:they|he|she|everyone|somebody|someone|you|(?:my |the |our )?\w+)? ?(?:swears?|says?|claims?|insists?|reckons?|thinks?|bets?|is sure|are sure|maintains?)(?: that)? i(?:'ve| have)? (?:never|didn't|did not|haven't|hadn't|once|already) (?:ever )?SAIDOF[,.;:!?]+ (?:so |but |and |well )?(?:did|have|had|didn't|haven't|was|is|what|can) (?:i|we|that|it|you).*",
            find,
        ),
        (r"(?:search|look up|find|look for|search for) (?:for )?{the}(?<query>[\p{L}\d'\x22 -]+)", find_some),
    ];
    let parts = [
        ("IN_PLACE", IN_PLACE),
        ("DID_I", DID_I),
        ("SAID", SAID),
        ("PLACE", PLACE),
        ("OF", OF),
        ("SEEK", SEEK),
        ("ABOUT", ABOUT),
        ("MINE", MINE),
        ("AGES", AGES),
        ("FORGOT", FORGOT),
        ("LOOK", LOOK),
    ];
    Grammar::with(&parts, rules)
});

static FOLLOW: LazyLock<Grammar> = LazyLock::new(|| {
    Grammar::new(&[(r"(?:and|what about|how about|and about|and what about) {the}(?<query>.+)", follow)])
});

/// How many messages are quoted.
const QUOTED: usize = 5;

/// How many are looked at, so that a search does not find searches.
const LOOKED_AT: u32 = 200;

/// How close in meaning a message must be to be worth showing.
const CLOSE: f32 = 0.5;

impl Skill for History {
    fn name(&self) -> &'static str {
        "history"
    }

    fn intents(&self) -> &'static [&'static str] {
        &["history_search"]
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
        let sought = asked_about(turn)?;
        // "What did Napoleon say" is no search, unless he was spoken of.
        let of_another = OF_ANOTHER.as_ref()?.captures(&turn.reading.plain);
        if of_another.is_some_and(|found| !matches!(&found["who"], "i" | "we" | "you" | "u")) {
            holding(turn, &sought).ok().filter(|said| !said.is_empty())?;
        }
        // "When was it that I last said …" asks for one message, "how often" for their number.
        let plain = turn.reading.plain.to_lowercase();
        let asks = |pattern| says(pattern, &plain);
        let verb = match () {
            () if asks(&HOW_OFTEN) => "count",
            () if asks(&WHEN_FIRST) => "first",
            () if asks(&WHEN_LAST) => "last",
            () => "find",
        };
        Some(told(turn, &sought, verb))
    }

    fn wanted(&self, turn: &mut Turn<'_>, verb: &str) -> Option<Reply> {
        if let Some(sought) = asked_about(turn) {
            return Some(told(turn, &sought, verb));
        }
        let (_, stretch) = stretch::anywhere(turn, &turn.reading.plain);
        match stretch.filter(|_| verb == "find") {
            Some(stretch) => Some(all_said(turn, &stretch)),
            None => Some(Reply::ask("history", verb, "what", "What shall I look for?")),
        }
    }

    fn filled(&self, turn: &mut Turn<'_>, verb: &str, marks: &Marks<'_>) -> Option<Reply> {
        let query = marks.one("query")?;
        let sought = sought(turn, query)?;
        Some(told(turn, &sought, verb))
    }

    fn resume(&self, turn: &mut Turn<'_>, asked: &Asked) -> Option<Reply> {
        let sought = sought(turn, &turn.reading.plain.clone())?;
        Some(told(turn, &sought, &asked.verb))
    }
}

/// What a verb tells of what is sought.
fn told(turn: &mut Turn<'_>, sought: &Sought, verb: &str) -> Reply {
    match verb {
        "count" => counted(turn, sought),
        "first" | "last" => at_one_end(turn, sought, if verb == "first" { "first" } else { "last" }),
        _ => searched_for(turn, sought),
    }
}

/// What the message asks about, in whatever words. A time may be all of it: "what did I say about Friday".
fn asked_about(turn: &Turn<'_>) -> Option<Sought> {
    let text = turn.reading.plain.as_str();
    let (rest, stretch) = stretch::anywhere(turn, text);
    spoken_of(turn, &rest, stretch.as_ref()).or_else(|| spoken_of(turn, text, None))
}

/// The same of a part of it. Where nothing was said of it in that stretch of time, but was before or
/// after, it is not of that time.
fn spoken_of(turn: &Turn<'_>, text: &str, stretch: Option<&Stretch>) -> Option<Sought> {
    let sought = |query: &str, stretch: Option<&Stretch>| {
        let beginnings: Vec<String> = words(query).iter().map(|word| beginning(word)).collect();
        (!beginnings.is_empty()).then(|| Sought {
            query: query.to_owned(),
            beginnings,
            stretch: stretch.cloned(),
        })
    };
    let holds = |query: &str, stretch: Option<&Stretch>| {
        sought(query, stretch).is_some_and(|sought| holding(turn, &sought).is_ok_and(|said| !said.is_empty()))
    };
    let query = topic::of(text, &|query| holds(query, None))?;
    let stretch = stretch.filter(|stretch| holds(&query, Some(stretch)) || !holds(&query, None));
    sought(&query, stretch)
}

pattern!(
    HOW_OFTEN,
    r"\b(?:how (?:often|frequently|many (?:times|messages|mentions))|number of (?:times|messages|mentions)|count)\b"
);
pattern!(
    WHEN_FIRST,
    r"^since when\b|\b(?:when|what (?:day|date)|which day)\b.*\b(?:first|start(?:ed)?|beg[iau]n)\b|\bfirst time\b"
);
pattern!(
    WHEN_LAST,
    r"\b(?:when|what (?:day|date)|which day|how long ago|how (?:long|many (?:days|weeks|months))(?: (?:is|has) it(?: been)?)? since|last time)\b"
);

// "When did I write about it for the very first time".
pattern!(
    AT_WHICH_END,
    r"(?i),? (?:(?:for |on )?(?:the |my )?(?:very )?(?:(?<first>first|earliest)|last|latest|most recent) (?:time|occasion)(?: ever| of all)?|to begin with|most recently)$"
);

// "Ben up to now", "the boiler, can you have a look": what is no part of what is sought.
pattern!(
    SOUGHT_BEFORE,
    r"(?i)(?:,? (?:(?:up )?(?:to|until|till|til) (?:now|date|today|this (?:point|moment|day))|(?:up (?:to|until|till|til)|until|till|til)|thus far|over time|over the (?:months|weeks|years)|if (?:anything|at all|ever)|if you (?:can|could|would|please|don't mind)|for me|pls|please|lah|mate|love|thanks)|[,;.!?…]+ (?:can|could|would|will|please|pls|i'm|i need|i want|i just|i can't|i cannot|i forget|i forgot|i've forgotten|i don't|it's for|just|thanks|cheers|ta|so i can|so that i)\b.*)+$"
);
pattern!(FOR_THE_WORD, r"(?i)^.*\bfor (?:the |any )?(?:words?|phrase|name|term|mention of|mentions of) ");

pattern!(OF_ANOTHER, r"(?i)^what (?:did|does|do|has|have) (?<who>\pL+)\b");

/// What to look for and when.
struct Sought {
    query: String,
    beginnings: Vec<String>,
    stretch: Option<Stretch>,
}

fn sought(turn: &Turn<'_>, phrase: &str) -> Option<Sought> {
    let phrase = phrase.trim().trim_end_matches(['?', '.', '!', ' ']);
    let phrase = [
        " before",
        " already",
        " ever",
        " so far",
        " at all",
        " last",
        " to you",
        " here",
        " in here",
        " with you",
        " lately at all",
        " then",
        " in a while",
        " in ages",
        " for ages",
        " for a while",
        " in them",
        " in it",
        " in there",
        " anywhere in there",
    ]
    .iter()
    .fold(phrase, |phrase, end| phrase.strip_suffix(end).unwrap_or(phrase));
    let phrase = SOUGHT_BEFORE.as_ref().map_or(phrase, |trails| {
        trails
            .find(phrase)
            .filter(|it| it.start() > 0)
            .and_then(|it| phrase.get(..it.start()))
            .unwrap_or(phrase)
    });
    // "All that I have written here for the word milk"
    let worded = FOR_THE_WORD.as_ref().and_then(|it| it.find(phrase)).and_then(|it| phrase.get(it.end()..));
    let phrase = worded.unwrap_or(phrase);
    let phrase = ["something about ", "anything about ", "anything on "]
        .iter()
        .fold(phrase, |phrase, lead| phrase.strip_prefix(lead).unwrap_or(phrase));
    // "Search it for the word boiler"
    let led = turn.reading.plain.to_lowercase().contains("the word ");
    let phrase = phrase.strip_prefix("word ").filter(|_| led).unwrap_or(phrase);
    let (query, stretch) = stretch::split(turn, phrase);
    // "in my messages", "before": not what is looked for.
    let query = query.trim_matches(['"', ' ', '\'']).to_owned();
    // "I was on about Lisbon, what did I say about it": that stands elsewhere.
    if ["it", "that", "this", "him", "her", "them", "those", "these", "me"]
        .contains(&query.to_lowercase().as_str())
    {
        return None;
    }
    let beginnings: Vec<String> = words(&query).iter().map(|word| beginning(word)).collect();
    (!beginnings.is_empty()).then_some(Sought { query, beginnings, stretch })
}

/// A word without its ending: "leaking" finds "leak" and "leaks".
fn beginning(word: &str) -> String {
    let shorter = ["ing", "ed", "es", "s"].iter().find_map(|end| {
        let stem = word.strip_suffix(end)?;
        (stem.chars().count() >= 4).then_some(stem)
    });
    shorter.unwrap_or(word).to_owned()
}

/// The messages that hold the words, less those that were themselves searches;
/// the latest first.
fn holding(turn: &Turn<'_>, sought: &Sought) -> crate::Result<Vec<Said>> {
    let within = sought.stretch.as_ref().map_or(ALWAYS, |stretch| stretch.within.clone());
    let mut said = turn.scene.past.holding(&sought.beginnings, within, LOOKED_AT)?;
    said.retain(|said| !is_search(turn, &said.text));
    Ok(said)
}

fn is_search(turn: &Turn<'_>, text: &str) -> bool {
    // Cheap first: most messages hold none of these words.
    let lower = text.to_lowercase();
    let may = [
        "did i",
        "have i",
        "do i",
        "did we",
        "last time",
        "search",
        "find",
        "look",
        "show",
        "mention",
        "message",
        "how often",
        "how many times",
        "first time",
        "remind me what",
        "i told you",
        "anything",
        "go through",
        "dig",
        "do you remember",
        "what were my",
        "was talking",
        "been saying",
    ];
    may.iter().any(|word| lower.contains(word))
        && (topic::asked_in(text) || GRAMMAR.claims(&Reading::new(text, turn.read)))
}

fn failed(error: &crate::Error) -> Reply {
    Reply::say(format!("I could not look that up: {error}."))
}

fn quoted(turn: &Turn<'_>, said: &[Said]) -> String {
    let line = |said: &Said| format!("• “{}” ({})", short(&said.text), moment(&turn.at(said.time), turn.now));
    said.iter().map(line).collect::<Vec<_>>().join("\n")
}

/// The first line or so.
fn short(text: &str) -> String {
    const LONGEST: usize = 160;
    let line = text.trim().lines().next().unwrap_or_default();
    match line.char_indices().nth(LONGEST) {
        Some((cut, _)) => format!("{}…", line.get(..cut).unwrap_or(line).trim_end()),
        None if line.len() < text.trim().len() => format!("{line} …"),
        None => line.to_owned(),
    }
}

fn ids(said: &[Said]) -> Vec<i64> {
    said.iter().map(|said| said.id).collect()
}

fn find(turn: &mut Turn<'_>, found: &Found) -> Option<Reply> {
    let query = found.text(&["query"])?;
    // "Did I write down anything about it" asks for notes.
    if query.starts_with("down ") { None } else { searched(turn, &query) }
}

/// What other skills keep.
fn of_others(query: &str) -> bool {
    const OTHERS: [&str; 12] = [
        "note",
        "notes",
        "list",
        "lists",
        "timer",
        "timers",
        "alarm",
        "alarms",
        "reminder",
        "reminders",
        "web",
        "internet",
    ];
    query.to_lowercase().split(' ').any(|word| OTHERS.contains(&word))
}

/// "Read the things on my shopping list" is for the list; "what I said about the list" is not.
fn find_written(turn: &mut Turn<'_>, found: &Found) -> Option<Reply> {
    let whole = found.whole().to_lowercase();
    let said = ["message", "chat", "said", "told", "wrote", "written", "mention", "talk", "conversation"];
    let of_said = said.iter().any(|word| whole.contains(word));
    if !of_said && of_others(&found.text(&["query"])?) { None } else { find(turn, found) }
}

/// "Search for cake" is for the web, unless it was spoken of.
fn find_some(turn: &mut Turn<'_>, found: &Found) -> Option<Reply> {
    let query = found.text(&["query"])?;
    if of_others(&query) {
        return None;
    }
    let sought = sought(turn, &query).filter(|sought| sought.beginnings.len() <= 4)?;
    let some = holding(turn, &sought).is_ok_and(|said| !said.is_empty());
    if some { searched(turn, &query) } else { None }
}

fn follow(turn: &mut Turn<'_>, found: &Found) -> Option<Reply> {
    let query = found.text(&["query"])?;
    (query.split(' ').count() <= 4).then(|| searched(turn, &query))?
}

fn searched(turn: &mut Turn<'_>, phrase: &str) -> Option<Reply> {
    let sought = sought(turn, phrase)?;
    Some(searched_for(turn, &sought))
}

fn searched_for(turn: &Turn<'_>, sought: &Sought) -> Reply {
    let said = match holding(turn, sought) {
        Ok(said) => said,
        Err(error) => return failed(&error),
    };
    let notes: Vec<String> = turn
        .memory
        .notes
        .iter()
        .filter(|note| {
            let held = words(&note.text);
            sought.beginnings.iter().all(|word| held.iter().any(|other| other.starts_with(word.as_str())))
        })
        .map(|note| format!("• {}", note.text))
        .collect();
    let Sought { query, stretch, .. } = sought;
    let when = stretch.as_ref().map(|stretch| format!(" ({})", stretch.name)).unwrap_or_default();
    let reply = Reply::default()
        .did("history", "find")
        .with("query", query.clone())
        .with("count", said.len())
        .with("messages", ids(said.get(..QUOTED).unwrap_or(&said)));
    let mut text = String::new();
    if !said.is_empty() {
        let shown = said.get(..QUOTED).unwrap_or(&said);
        let more = if said.len() > QUOTED { format!(", the latest {QUOTED}") } else { String::new() };
        text = match shown {
            [one] => format!(
                "{} you wrote: “{}”",
                capital(&moment(&turn.at(one.time), turn.now)),
                short(&one.text)
            ),
            _ => format!(
                "You wrote {} with “{query}”{when}{more}:\n{}",
                count(said.len() as i64, "message"),
                quoted(turn, shown)
            ),
        };
    }
    if !notes.is_empty() {
        let kept = if notes.len() == 1 { "You also keep a note" } else { "You also keep these notes" };
        let kept = if said.is_empty() { kept.replace(" also", "") } else { kept.to_owned() };
        let notes = format!("{kept}:\n{}", notes.join("\n"));
        text = format!("{text}\n{notes}").trim().to_owned();
    }
    if !text.is_empty() {
        return Reply { text, ..reply }.about("history", "find", ids(&said));
    }
    let near = alike(turn, sought);
    let text = match near.as_slice() {
        [] => format!("You haven't said anything about “{query}”{when} that I could find."),
        near => {
            format!(
                "You haven't used the words “{query}”{when}, but this comes close:\n{}",
                quoted(turn, near)
            )
        }
    };
    let reply = if near.is_empty() { reply } else { reply.with("similar", ids(&near)) };
    Reply { text, ..reply }.about("history", "find", ids(&near))
}

/// What is close in meaning, where no message has the words.
fn alike(turn: &Turn<'_>, sought: &Sought) -> Vec<Said> {
    let Some(meaning) = (turn.scene.embed)(&sought.query) else { return Vec::new() };
    let within = sought.stretch.as_ref().map_or(ALWAYS, |stretch| stretch.within.clone());
    let Ok(near) = turn.scene.past.like(&meaning, within, QUOTED * 2) else { return Vec::new() };
    let near = near.into_iter().filter(|(said, close)| *close >= CLOSE && !is_search(turn, &said.text));
    near.take(QUOTED - 2).map(|(said, _)| said).collect()
}

fn said_when(turn: &mut Turn<'_>, found: &Found) -> Option<Reply> {
    let when = found.text(&["when"])?;
    let when = when.replace("earlier today", "today").replace("so far today", "today");
    let (rest, stretch) = stretch::split(turn, &when);
    let stretch = stretch.filter(|_| words(&rest).is_empty())?;
    Some(all_said(turn, &stretch))
}

fn all_said(turn: &Turn<'_>, stretch: &Stretch) -> Reply {
    let mut said = match turn.scene.past.said(stretch.within.clone(), LOOKED_AT) {
        Ok(said) => said,
        Err(error) => return failed(&error),
    };
    said.retain(|said| !is_search(turn, &said.text));
    let name = capital(&stretch.name);
    let reply = Reply::default().did("history", "find").with("query", "").with("count", said.len());
    let shown = said.get(..QUOTED * 2).unwrap_or(&said);
    let reply = reply.with("messages", ids(shown));
    let text = match said.len() {
        0 => format!("{name} you said nothing."),
        n if n > shown.len() => {
            format!("{name} you said {}; the latest:\n{}", count(n as i64, "thing"), quoted(turn, shown))
        }
        n => format!("{name} you said {}:\n{}", count(n as i64, "thing"), quoted(turn, shown)),
    };
    Reply { text, ..reply }.about("history", "find", ids(shown))
}

fn at_end(turn: &mut Turn<'_>, found: &Found) -> Option<Reply> {
    // "The last time I spoke to my dad we argued" asks for nothing.
    let told = found.whole().to_lowercase();
    if ["last time", "the last time", "first time", "the first time"]
        .iter()
        .any(|lead| told.starts_with(lead))
    {
        let sought = sought(turn, &found.text(&["query"])?)?;
        holding(turn, &sought).ok().filter(|said| !said.is_empty())?;
    }
    let first = found
        .text(&["end"])
        .is_some_and(|end| matches!(end.to_lowercase().as_str(), "first" | "earliest" | "oldest"));
    at_an_end(turn, found, if first { "first" } else { "last" })
}

/// "The last message about the boiler"; "the last time of year" is none.
fn at_end_of(turn: &mut Turn<'_>, found: &Found) -> Option<Reply> {
    let sought = sought(turn, &found.text(&["query"])?)?;
    let some = holding(turn, &sought).is_ok_and(|said| !said.is_empty());
    if some || !found.whole().to_lowercase().contains(" time") { at_end(turn, found) } else { None }
}

/// "Have I told Anna about it" may be for Anna to say, and "did I mention it" is no search.
fn asked_whether(turn: &mut Turn<'_>, found: &Found) -> Option<Reply> {
    let whole = found.whole().to_lowercase();
    let asks = ["have i", "did i", "had i", "haven't i", "didn't i", "have we", "did we", "hadn't i"];
    if asks.iter().any(|lead| whole.starts_with(lead)) { find(turn, found) } else { None }
}

/// "Anything on the Astra" is a search only where something was said of it.
fn find_messages(turn: &mut Turn<'_>, found: &Found) -> Option<Reply> {
    let whole = found.whole().to_lowercase();
    let of_messages = ["message", "chat", "from me", "of mine", "i wrote", "i said", "i told", "mention"];
    if of_messages.iter().any(|word| whole.contains(word)) {
        find(turn, found)
    } else {
        find_known(turn, found)
    }
}

/// "Anything with the word invoice in it" is a search in any case.
fn find_worded(turn: &mut Turn<'_>, found: &Found) -> Option<Reply> {
    let whole = found.whole().to_lowercase();
    let worded = [" the word", " the phrase", " the name"].iter().any(|word| whole.contains(word));
    if worded { find(turn, found) } else { find_known(turn, found) }
}

/// A search only where it finds something.
fn find_known(turn: &mut Turn<'_>, found: &Found) -> Option<Reply> {
    let query = found.text(&["query"])?;
    let sought = sought(turn, &query)?;
    holding(turn, &sought).ok().filter(|said| !said.is_empty())?;
    searched(turn, &query)
}

fn last(turn: &mut Turn<'_>, found: &Found) -> Option<Reply> {
    at_an_end(turn, found, "last")
}

/// A telling that asks when it was, where it was of something said.
fn last_told(turn: &mut Turn<'_>, found: &Found) -> Option<Reply> {
    let sought = sought(turn, &found.text(&["query"])?)?;
    holding(turn, &sought).ok().filter(|said| !said.is_empty())?;
    last(turn, found)
}

fn first(turn: &mut Turn<'_>, found: &Found) -> Option<Reply> {
    at_an_end(turn, found, "first")
}

/// "How far back do the hens go" is a search where they were spoken of, or where messages are.
fn first_told(turn: &mut Turn<'_>, found: &Found) -> Option<Reply> {
    let whole = found.whole().to_lowercase();
    let of_said = ["mention", "message", "said"].iter().any(|word| whole.contains(word));
    let sought = sought(turn, &found.text(&["query"])?)?;
    if !of_said {
        holding(turn, &sought).ok().filter(|said| !said.is_empty())?;
    }
    first(turn, found)
}

/// The last or the first time that something was mentioned.
fn at_an_end(turn: &mut Turn<'_>, found: &Found, which: &str) -> Option<Reply> {
    let query = found.text(&["query"])?;
    at_an_end_of(turn, query.trim_start_matches("that "), which)
}

fn at_an_end_of(turn: &mut Turn<'_>, phrase: &str, which: &str) -> Option<Reply> {
    let phrase = phrase.trim().trim_end_matches(['?', '.', '!', ' ']);
    let end = AT_WHICH_END.as_ref().and_then(|end| end.captures(phrase));
    let which = match end.as_ref().and_then(|end| end.name("first")) {
        Some(_) => "first",
        None => which,
    };
    let phrase = phrase.get(..end.and_then(|end| end.get(0)).map_or(phrase.len(), |end| end.start()))?;
    let sought = sought(turn, phrase)?;
    Some(at_one_end(turn, &sought, which))
}

fn at_one_end(turn: &Turn<'_>, sought: &Sought, which: &str) -> Reply {
    let said = match holding(turn, sought) {
        Ok(said) => said,
        Err(error) => return failed(&error),
    };
    let one = if which == "first" { said.last() } else { said.first() };
    let query = &sought.query;
    let reply = Reply::default().did("history", which).with("query", query.clone());
    let Some(one) = one else {
        return Reply {
            text: format!("You haven't mentioned “{query}”, as far as I can find."), ..reply
        };
    };
    let when = moment(&turn.at(one.time), turn.now);
    let reply = reply.with("time", turn.stamp(one.time)).with("messages", vec![one.id]);
    let text = format!("{}: “{}”", capital(&when), short(&one.text));
    Reply { text, ..reply }.about("history", which, vec![one.id])
}

fn times(turn: &mut Turn<'_>, found: &Found) -> Option<Reply> {
    times_of(turn, &found.text(&["query"])?)
}

fn times_of(turn: &mut Turn<'_>, phrase: &str) -> Option<Reply> {
    let sought = sought(turn, phrase)?;
    Some(counted(turn, &sought))
}

fn counted(turn: &Turn<'_>, sought: &Sought) -> Reply {
    let said = match holding(turn, sought) {
        Ok(said) => said,
        Err(error) => return failed(&error),
    };
    let query = &sought.query;
    let when = sought.stretch.as_ref().map(|stretch| format!(" ({})", stretch.name)).unwrap_or_default();
    let text = match said.len() {
        0 => format!("Not once{when}, as far as I can find."),
        n if n >= LOOKED_AT as usize => format!("In at least {n} messages{when}."),
        n => format!("In {}{when}.", count(n as i64, "message")),
    };
    let reply =
        Reply::say(text).did("history", "count").with("query", query.clone()).with("count", said.len());
    reply.about("history", "count", ids(said.get(..QUOTED).unwrap_or(&said)))
}
