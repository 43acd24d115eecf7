//! What people say of their notes.

use std::sync::LazyLock;

use super::change::*;
use super::find::*;
use super::{ask_text, letter, take, take_after, take_heard, take_told};
use crate::skills::grammar::Grammar;

/// Notes, as people call them.
const NOTES: &str = r"{the}(?:notes|notebook|note pad|notepad)";

/// What a note is about.
const ABOUT: &str = r"(?:about|on|for|with|of|re|regarding|concerning|mentioning|containing|saying|related to|to do with|(?:that|which) (?:says?|said|mentions?|mentioned|has|have|had|contains?|contained|is about|are about|was about|were about|is on|are on|talks? about|talked about|deals? with)|where i (?:wrote|mention|mentioned|noted|said)(?: down)?(?: about)?|(?:that )?(?:i|we)(?:'ve)? (?:made|took|wrote|have|had|got|left|kept|saved|put)(?: down)? (?:about|on|for|with|regarding|of)|dealing with|in which i (?:wrote|mentioned|noted)(?: about)?)";

/// What was found to hold what is looked for.
const ANYTHING: &str = r"(?:(?:(?:for|about|any|anything|something|everything|whatever|mention|mentions|the word|the words|what|i|we|wrote|noted|said|have|had|put|with|of|on|to do with|related to|containing|mentioning|regarding|concerning|saying|that|says|mentions) )*)";

/// Verbs of looking for.
const SEARCH: &str = r"(?:(?:(?:have|take) a look|search|look|check|find|dig|hunt|scan|go|browse|comb|sift|trawl|rummage|flick|leaf|skim|query|filter)(?: (?:up|out|around|around in|for|me))*)";

/// Into what.
const THROUGH: &str = r"(?:in|inside|into|through|thru|among|amongst|at|over|across|around in)";

/// After what is looked for.
const SOMEWHERE: &str = r"(?: (?:somewhere|anywhere|again|yet|down|at all|in (?:it|them|there|(?:my|the) notes)|among them|already|before))*";

/// Verbs of asking for one.
const FIND: &str = r"(?:find|look up|look for|search for|hunt (?:for|down)|track down|locate|get|dig out|dig up|fish out|get out|get hold of|fetch|where is|where's|where are|i need|i want|(?:help me|i need to|i want to|i have to|i can't|can't) find|i'm (?:looking|searching) for|i am looking for|take me to|go to|jump to)";

/// Verbs of throwing away.
const DROP: &str = r"(?:delete|remove|erase|forget(?: about)?|trash|throw (?:away|out)|get rid of|bin|scrap|wipe|drop|ditch|scrub|chuck(?: out| away)?|toss(?: out| away)?|dump|lose|kill|axe|clear(?: out)?|discard|destroy|junk|cancel|tear up|rip up|shred|do away with|take (?:out|away|off|down)|rub out|cross out|purge|zap)";

/// Which by its place.
const WHICH: &str =
    r"(?<which>very last|last|latest|first|second|third|fourth|fifth|newest|oldest|most recent)";

/// Verbs of changing.
const CHANGE: &str =
    r"(?:change|edit|update|replace|correct|rewrite|fix|amend|modify|revise|alter|adjust|reword|overwrite)";

/// What comes before how the note is to be.
const SAYING: &str = r"(?:(?:,? (?:and|so|so that|to|with|into|it|that|now|instead|please|should|must|can|has to|needs to|ought to|is supposed to|is meant to|as|make|let|say|says|saying|read|reads|reading|be|is|write|contain|contains|have))+(?: that)?[:,]? |[,;]? ?[:;–—] ?)";

/// Verbs of adding to one.
const EXTEND: &str = r"(?:add|append|attach|put|write|tack|tack on|stick|include|note|jot)";

/// Verbs of writing down.
const KEEP: &str = r"(?:(?:i|we) (?:wish|need|want|mean|have) to (?:take|make|write|leave|add|create|record|save|keep|put down)|drop|put down|take down|get down|drop in|lay down|scrawl|bung|whack|lob|shove|slap|pencil in|draft|compose|bang out|throw|chuck|dictate|capture|take|make|write|write up|type|type up|add|create|new|start|leave|record|save|store|log|file|enter|pop|stick|put|keep|jot|scribble|set|get|do)";

/// Which they are: those that there are.
const KEPT: &str = r"(?:,? (?:(?:that |which )?(?:ive|(?:i|you|we)(?:'ve|'re| have| are)?) (?:(?:ever|already|currently|still) )*(?:made|taken|written|got|have|had|wrote|took|saved|keep|kept|keeping|hold|holding|stored|store|noted|jotted|left)(?: down)?|i've|ive|there (?:is|are)|so far|already|for (?:me|us)|until now|till now|up to now|to date|as yet|out loud|out|aloud|back|to me|again|now|today|one by one|with me|together|in order|in there|in here|there|here|stored|saved|kept|right now|at the moment|currently|in total|altogether|in all|on file))*";

/// Verbs of reading.
const LOOK: &str = r"(?:(?:lemme |let me |i want to |i wanna |wanna |i'd like to |i need to |i wish to )?(?:show me|show|list|read me back|read me out|read me|read out|read back|read|dig out|dig up|see|view|open|open up|display|hear|print|get up|pull up|bring up|call up|pull out|bring out|fetch|get|bring|pull|retrieve|present|print out|access|browse|count|tell me|give me|what are|what's in|what is in|(?:have a |take a )?look (?:at|over)|check|review|recite|(?:go|run|talk|walk|take|read) (?:me )?(?:through|over)|go thru)(?: out| me| up| over)?)";

/// Verbs of keeping what was just said.
const HEARD: &str = r"(?:note|jot|scribble|write|get|put|take|save|store|keep|record|log|add|stick|pop|file|type|enter|chuck|throw|bung)";

/// What was just said.
const THAT: &str = r"(?:that|this|it|them|these|those)";

/// "Could you please", between two halves.
const ASK: &str = r"(?:(?:and|so|then|now|please|kindly|just|also|better|maybe|you can|you may|you might|you could|can you|could you|would you|will you|can u|you) )*";

/// The parts by which rules name them.
const PARTS: &[(&str, &str)] = &[
    ("NOTES", NOTES),
    ("HEARD", HEARD),
    ("THAT", THAT),
    ("ABOUT", ABOUT),
    ("ANYTHING", ANYTHING),
    ("SEARCH", SEARCH),
    ("THROUGH", THROUGH),
    ("SOMEWHERE", SOMEWHERE),
    ("FIND", FIND),
    ("DROP", DROP),
    ("WHICH", WHICH),
    ("CHANGE", CHANGE),
    ("SAYING", SAYING),
    ("EXTEND", EXTEND),
    ("KEPT", KEPT),
    ("KEEP", KEEP),
    ("LOOK", LOOK),
    ("ASK", ASK),
];

pub static GRAMMAR: LazyLock<Grammar> = LazyLock::new(|| {
    Grammar::with(
        PARTS,
        &[
            // Find and read.
            (
                r"(?:(?:tell me|show me|read me|let me know|see|hear) )?(?:what|anything|is there anything|everything|what all|what stuff|what things|what else)(?:'s| is| are)?(?: (?:there|that|do|did|have|i|we|i've|we've|got|put|written|wrote|write|noted|kept|keep|keeping|saved|save|stored|stuff|currently|already|all|down|up|stands|left|hidden))* (?:in|on|among|inside|under) {all}(?:of )?NOTESKEPT",
                read,
            ),
            (r"(?:what did i (?:note|write down|jot down)) (?:last|lately|most recently)", read_last),
            (
                r"(?:KEEP|draft|compose|design|word|help me (?:to )?(?:write|word|draft))(?: (?:me|us))? an? (?:[\p{L}'-]+ ){0,3}?(?:(?:thank[ -]you|thankyou|love|farewell|apology|condolence|sympathy|get[ -]well|resignation|cover|absence|sick|welcome|goodbye|birthday|complaint|reference|christmas|wedding|anniversary|valentine'?s?|leaving|retirement|invitation) (?:note|card|letter|message|speech|email|mail|text|wish|toast)|(?:poem|speech|essay|eulogy|limerick|haiku|song|story|letter|toast|cover letter|love letter|resignation|sonnet|rap|sermon) (?:for|about|to|on))\b.*",
                letter,
            ),
            (
                r"(?:where|what) did i (?:note|write down|jot down|put|note down)(?: about| on| regarding)? {the}(?<query>.+?)SOMEWHERE",
                find,
            ),
            (
                r"SEARCH (?:THROUGH )?{all}{the}notes? ?[:,-]? (?:for|about|by|to find|to see if|and find) ANYTHING{the}(?<query>.+?)SOMEWHERE",
                find,
            ),
            (r"(?:search|find|look up|query) {the}notes? ?[:,-]? ANYTHING{the}(?<query>.+?)SOMEWHERE", find),
            (
                r"(?:SEARCH|show me|show|read me|give me|tell me|pull|pull up|pull out|get|get me|fetch|fetch me|bring up|bring me|look up|dig out|retrieve|read out) ANYTHING{the}(?<query>.+?) (?:THROUGH|from|out of) {all}NOTES",
                find_word,
            ),
            (
                r"(?:(?:is|was|are|were) there|do i have|have i got|have i|did i (?:take|make|write|leave|keep)|any chance of) (?:(?:anything|something|stuff|any|some|an?|one|more) )*(?:(?:THROUGH )?NOTES|notes?) ABOUT {the}(?<query>.+?)SOMEWHERE",
                find,
            ),
            (
                r"(?:(?:is|was|are|were) there|do i have|have i got|have i|did i (?:have|put|write)|is) (?:(?:anything|something|stuff|any|some|an?) )*(?:ABOUT )?{the}(?<query>.+?) (?:written )?(?:THROUGH|anywhere in|somewhere in) NOTES",
                find,
            ),
            (
                r"(?:did|have|had) (?:i|we) (?:(?:ever|already|actually|not|perhaps|by any chance) )*(?:note|noted|write|written|jot|jotted|make|made|take|taken|leave|left|keep|kept|save|saved|put|record|recorded)(?: down| up)? (?:an?|any|some|the|my) (?:notes?|memo) (?:ABOUT|to self about) {the}(?<query>.+?)SOMEWHERE",
                find,
            ),
            (
                r"(?:did|have|do) i (?:(?:ever|already|actually|not) )*(?:note|noted|write|written|wrote|jot|jotted|save|saved|record|recorded|store|stored|log|logged|keep|kept|make|made|take|taken|got|have)(?: down| up)? (?:a note (?:of|about|on) )?(?:(?:anything|something) )?(?:down )?(?:ABOUT )?{the}(?<query>.+?)(?: noted| written| written down| saved| recorded)? (?:anywhere|somewhere|down|yet|in {the}notes)",
                find,
            ),
            (
                r"(?:did|have) i (?:(?:ever|already|actually) )*(?:note|noted|write|written|jot|jotted)(?: down)? (?:(?:anything|something) (?:down )?(?:about|on) )?{the}(?<query>.+)",
                find,
            ),
            (
                r"(?:i|we) (?:had|have|noted|wrote|put|saved|kept|stored|jotted)(?: down)? {the}(?<query>.+?) (?:in|among|somewhere in|down in) NOTES(?: somewhere)?[,.;]? (?:(?:so|and|please|can you|could you|would you) )*(?:dig|find|look|get|fish|pull|show|read|bring|fetch|search|track|hunt|tell|give)(?: me)? (?:(?:it|that|them|for it|for me) ?)(?:out|up|down|to me|for me|back)?",
                find,
            ),
            (
                r"what (?:does|do|did) {the}notes? (?:say|have|tell me|contain) (?:about|on|for) {the}(?<query>.+?)SOMEWHERE",
                find,
            ),
            (
                r"what (?:does|do|did) {the}notes? say {the}(?<query>.+?) (?:is|are|was|were|costs?|weighs?|needs?)SOMEWHERE",
                find,
            ),
            (
                r"(?:what|where|who|when|which|how(?: (?:much|many|long|big|old|often))?) (?:does|do|did) {the}notes? (?:say|tell(?: me)?|have|give|mention|reckon)(?: that)?(?: (?:about|on|for|the|my|i|we|it|is|was))* (?<query>.+?)SOMEWHERE",
                find,
            ),
            (r"what (?:does|do|did) {the}notes? (?:ABOUT )?{the}(?<query>.+?) say(?: again)?", find),
            (r"what (?:does|did) {the}(?<query>\S+(?: \S+)?) note say(?: again)?", find_word),
            (
                r"(?:what(?:'s| is| was)|where(?:'s| is| was| are)) {the}notes? ABOUT {the}(?<query>.+?)SOMEWHERE",
                find,
            ),
            (
                r"according to {the}notes?,? (?:(?:what|where|who|when|which|how)(?:'s| is| are| was| do| does| did| much| many)? )*{the}(?<query>.+)",
                find,
            ),
            (
                r"(?:what|where|who|when|which|how)(?:'s| is| are| was| did i (?:say|put))? {the}(?<query>.+?) according to {the}notes?",
                find,
            ),
            (
                r"(?:(?:what|everything|anything|whatever|all)(?: that)? (?:have i|did i|i've|i have|i|ive) (?:noted|note|written down|write down|wrote down|jotted down|jot down|saved)(?: down)?)(?: so far| already| up to now)?",
                read,
            ),
            (
                r"LOOK (?:(?:everything|anything|all|whatever|what|the things|the stuff|all the things|all that)(?: of)? )(?:that |which )?(?:i've|i have|ive|i|we've|we) (?:ever |already )?(?:noted|written down|wrote down|jotted down|note|put down|had you note|asked you to note|told you to note)(?: down)?KEPT",
                read,
            ),
            (r"LOOK (?:all|every|every single|each|each and every|any|whatever|what) {the}notes?KEPT", read),
            (r"(?:any|the) notes", read),
            (
                r"LOOK (?:(?:everything in|(?:a|the) (?:quick |full |complete |short |brief )*(?:rundown|run-down|summary|overview|recap|list|look|peek|glance)(?: of| at| through| over| in)|all of|all|every one of|every single one of|each of|both|the whole of) )*NOTESKEPT",
                read,
            ),
            (
                r"(?:what(?:'s| is| was)|LOOK)(?: out| back)? the (?:very )?(?:last|latest|newest|most recent) (?:thing|note|one) (?:that )?(?:i|i've|i have) (?:noted|wrote|written|jotted|took|taken|made|saved)(?: down)?",
                read_last,
            ),
            (
                r"(?:what|which|how many)(?: of)? {the}notes(?: (?:do|did|have|are|can|could))?(?: (?:i|we|you|there|they))?(?: (?:exist|have|keeping|got|taken|made|written|saved|kept|keep|see|there|in (?:there|here)|stored|hold))*KEPT",
                read,
            ),
            (r"(?:LOOK|tell(?: me)?) {the}(?:last|latest|newest) (?:one )?of {the}notes", read_last),
            (
                r"(?:LOOK|tell(?: me)?|what(?:'s| is| was)|what (?:did|does) (?:it say in )?) ?{the}WHICH note(?: say)?KEPT",
                read,
            ),
            (
                r"(?:which|what|how many) (?:of )?{the}notes? (?:(?:mention|mentions|is about|are about|contain|contains|talk about|talks about|has|have|had|is on|do i have about|do i have on|have i got about|have i got on|says?|said|about|on|regarding|mentioning|with) )+(?:anything about )?{the}(?<query>.+?)SOMEWHERE",
                find,
            ),
            (
                r"(?:in )?(?:which|what|where(?:'s| is| was)?) (?:of )?{the}notes?(?: (?:was it|is it|was that|is that|was the one|is the one|was|is))?(?:,? (?:that|which|where|in which|with|did|have|has|had|i|we|it|mentioned|mention|mentions|wrote|written|write|put|said|say|says|noted|note|jotted|about|on|regarding|talked|talks|talk|down|anything|something))+ {the}(?<query>.+?)SOMEWHERE",
                find,
            ),
            (
                r"(?:(?:i|we)(?:'ve| have|'m sure i)? (?:wrote|written|put|noted|saved|kept|jotted|have|stored|left|recorded|took|made)(?: down)?) {the}(?:note (?:ABOUT|of) )?{the}(?<query>.+?)(?: (?:down|somewhere))*(?: (?:in|on|as|into|among|under) {the}notes?(?: somewhere)?)?[,.;:!–-]+ (?:but |and |now |so )*(?:where (?:is|was|did|has) (?:it|that|i|the note)(?: put (?:it|that)| gone)?|what (?:was|is|did) (?:it|that|i)(?: say| write)?|ASK(?:find|show|read|get|fetch|dig|look|pull|bring|tell) (?:(?:me|it|that|for it|what it (?:said|was)|the note) ?)+(?:out|up|back|again|to me|for me)*)(?: again| now)?",
                find_bare,
            ),
            (
                r"SEARCH THROUGH {all}{the}notes? ?,? (?:and|to|then) (?:(?:see|tell me|check|find out|let me know|look|find|show me|read me|pull out|dig out|get|fish out|pick out|read out|give me|show|list|read|pull up|bring up|spot)(?: me| out)? )+(?:(?:if|whether|what|which|whatever|the|any|all|every|everything|anything|something|each|one|ones|note|notes|is|are|there|there's|about|on|that|which|mention|mentions|mentioned|mentioning|says?|said|talks?|of|contain|contains|containing|has|have|with|i|i've|wrote|written|noted|a|for|to do with|regarding) )*{the}(?<query>.+?)SOMEWHERE",
                find,
            ),
            (r"(?:show|read|read me|tell me|what(?:'s| is| was)) {the}most recent note", read_last),
            (r"what was {the}(?<which>last|latest|first) note", read),
            (
                r"(?:LOOK|FIND)(?: up| out| me)? (?:in )?{all}(?:whatever |what |everything in )?{the}(?:(?:one|any) )?notes? ABOUT {the}(?<query>.+?)SOMEWHERE",
                find,
            ),
            (
                r"(?:do|does|did) (?:(?:any|all|some|one|either)(?: one)?(?: of)? )?{the}notes? (?:say|mention|have|contain|hold|tell me) (?:(?:anything|something|what|when|where|who) )?(?:(?:about|on) )?{the}(?<query>.+?)SOMEWHERE",
                find,
            ),
            (
                r"what (?:was|is) (?:it|that|the thing) (?:that )?i (?:noted|wrote down|wrote|jotted down|saved)(?: down)? (?:about|on|for) {the}(?<query>.+)",
                find,
            ),
            (r"{the}notes? ABOUT {the}(?<query>.+)", find_bare),
            (
                r"(?:LOOK|FIND|SEARCH)(?: up| out| me| for)? (?:what|whatever|everything|anything|all|the things?|the stuff)(?: that| which)? (?:i|we|ive)(?:'ve| have| had)? (?:noted|wrote down|written down|jotted|put down|saved)(?: down)?(?: in NOTES)? (?:about|on|regarding|of|for|concerning|with) {the}(?<query>.+?)SOMEWHERE",
                find,
            ),
            (
                r"(?:LOOK|FIND|SEARCH)(?: up| out| me| for)? (?:what|whatever|everything|anything|all|the things?|the stuff)(?: that| which)? (?:i|we|ive)(?:'ve| have| had)? (?:wrote|written|put|kept|got|have) (?:about|on|regarding|of|for|concerning|with) {the}(?<query>.+?) (?:in|among) NOTES",
                find,
            ),
            (r"(?:search|look)(?: in| through)? {all}{the}notes?", read),
            (r"(?:LOOK|FIND)(?: up| out| me)? {the}(?<query>\S+(?: \S+)?) notes?", find_word),
            (
                r"what (?:did|have) i (?:note|noted|write down|written down|jot|jotted|jot down|jotted down|note down)(?: about| on| regarding)? {the}(?<query>.+)",
                find,
            ),
            (
                r"(?:any|which|what) notes?(?: do i have)? (?:about|on|mention|mentions|mentioning|regarding|with|have|contain|talk about)(?: about)? {the}(?<query>.+)",
                find,
            ),
            (
                r"(?:{show}|how many|what do) {all}(?:of )?{the}(?<which>last|latest|first|recent|newest|second|third)? ?notes?(?: (?:do i have|have i taken|are there|i have|say|out|to me|have i made|have i got|in total|altogether))*",
                read,
            ),
            (r"(?:all )?(?:my )?(?<which>last|latest|recent|first)? ?notes", read),
            // Delete.
            (
                r"DROP (?<all>all|all of|every|every one of|every single|every single one of|each of|each and every|each and every one of)(?: of)? {the}(?:single )?(?:(?:one|ones) of )?{the}notes?(?: (?:that )?(?:i've|i have|ive|i)(?: ever)?(?: got| have| made| taken| written| wrote)?)?",
                delete_all,
            ),
            (
                r"(?:delete|erase|clear|clear out|empty|trash|wipe|bin|scrap|purge|scrub)(?: out)? NOTES(?: clean| out| completely)?",
                delete_all,
            ),
            (
                r"DROP (?:everything|all|the (?:whole )?lot) (?:(?:in|from|of) NOTES|(?:that )?(?:i've|i have|ive|i) (?:noted|written down|wrote down|jotted down)(?: down)?)",
                delete_all,
            ),
            (
                r"{the}notes?\b[^,.;:!]*? ?[,.;:!–-]+ ASKDROP {the}(?:(?:all|every(?: single)?(?: last)? one|each one|everything)(?: of (?:them|it|those|these))?|(?:them|those) all|(?:whole )?lot)(?: (?:out|away|off))*",
                delete_all,
            ),
            (r"DROP {the}note (?:number |no\.? |#)?(?<number>\d+)", delete_numbered),
            (
                r"DROP {the}WHICH (?:note|one of {the}notes|thing i noted)(?: (?:that )?i (?:made|took|wrote|have))?",
                delete,
            ),
            (
                r"(?:i|we) (?:no longer|don't|do not|won't|will not) (?:need|want) {the}note (?:ABOUT|that|i) {the}(?<query>.+?)(?: any ?more| any longer| now)?[,.;!]+ ASK(?:DROP|throw|take|get rid of) (?:it|that|that one|of it)(?: away| out)?",
                delete,
            ),
            (
                r"(?:i|we) (?:no longer|don't|do not|won't|will not) (?:need|want) {the}(?<query>\S+(?: \S+)?) note(?: any ?more| any longer| now)?[,.;!]+ ASK(?:DROP|throw) (?:it|that|that one)(?: away| out)?",
                delete,
            ),
            (
                r"{the}note ABOUT {the}(?<query>.+?) (?:is|are|was)(?: no longer| not)?\b.*?[,.;!]+ ASK(?:DROP|throw) (?:it|that|that one)(?: away| out)?",
                delete,
            ),
            (
                r"{the}note ABOUT {the}(?<query>.+?) (?:can|could|should|may) (?:go|be (?:deleted|removed|erased|binned|scrapped|thrown (?:away|out)|ditched|dropped))(?: now)?",
                delete,
            ),
            (r"DROP {the}notes? (?:ABOUT|that) {the}(?<query>.+?)(?: in it)?", delete),
            (
                r"DROP (?:whatever|what|everything|anything|all|the thing|that thing)(?: that)? (?:i|we)(?:'ve| have)? (?:noted|wrote|written|jotted|put|saved)(?: down)?(?: in NOTES)? (?:about|on|regarding) {the}(?<query>.+)",
                delete_word,
            ),
            (
                r"{the}(?<query>\S+(?: \S+)?) note (?:can|could|should|may) (?:now )?(?:go|be (?:deleted|removed|erased|binned|scrapped|thrown (?:away|out)|ditched|dropped))(?: now)?",
                delete_word,
            ),
            (r"DROP (?:a|one|one of)(?: my| the)? notes?", delete),
            (
                r"DROP {the}(?:\S+ ){0,3}note(?: ABOUT .+?)?, (?:i mean )?(?:the )?(?:one ABOUT {the}(?<query>.+)|(?<other>.+) one)",
                delete_one,
            ),
            (r"DROP {the}(?<query>.+?) notes?", delete),
            (
                r"(?:take|throw|chuck|toss|clear|cross|rub|pull) {the}(?<query>\S+(?: \S+)?) note (?:out|away|off|down)",
                delete_word,
            ),
            (
                r"(?:there's |there is |i have |i've )?no (?:more |longer |further )*(?:need|use|reason) (?:to keep|to have|for|of) {the}(?:note (?:ABOUT|that) {the}(?<query>.+?))(?: any ?more| any longer| now)?",
                delete,
            ),
            (
                r"(?:no need to|don't|do not|no longer|stop) (?:keep|keeping|need to keep) {the}(?:note (?:ABOUT|that) {the}(?<query>.+?))(?: any ?more| any longer| now)?",
                delete,
            ),
            (r"DROP {the}note", delete),
            (
                r"(?:delete|remove|erase|scrub|wipe|clear|take) {the}(?<query>.+?) (?:from|out of|off) NOTES",
                delete,
            ),
            // Change.
            (
                r"(?:in|on) {the}note ABOUT {the}(?<query>.+?),? ASK(?:replace|change|correct|swap|update|switch|edit) {the}(?<old>.+?) (?:with|to|by|for|into) (?<new>.+)",
                edit_part,
            ),
            (
                r"(?:in|on) {the}(?:WHICH|(?<query>\S+(?: \S+)?)) note,? ASK(?:replace|change|correct|swap|update|switch|edit) {the}(?<old>.+?) (?:with|to|by|for|into) (?<new>.+)",
                edit_part,
            ),
            (
                r"(?:replace|change|correct|swap|update|switch) {the}(?<old>.+?) (?:with|to|by|for|into) (?<new>.+?) in {the}note ABOUT {the}(?<query>.+)",
                edit_part,
            ),
            (
                r"(?:replace|change|correct|swap|update|switch) {the}(?<old>.+?) (?:with|to|by|for|into) (?<new>.+?) in {the}(?:WHICH|(?<query>\S+(?: \S+)?)) note",
                edit_part,
            ),
            (
                r"(?:replace|change|correct|swap|update|switch) {the}(?<old>.+?) in {the}note ABOUT {the}(?<query>.+?) (?:with|to|by|for|into) (?<new>.+)",
                edit_part,
            ),
            (
                r"(?:replace|change|correct|swap|update|switch) {the}(?<old>.+?) in {the}(?:WHICH|(?<query>\S+(?: \S+)?)) note (?:with|to|by|for|into) (?<new>.+)",
                edit_part,
            ),
            (r"CHANGE {the}(?:WHICH )?noteSAYING(?<text>.+)", edit),
            (
                r"make (?:the|my|that|this) (?:WHICH )?note (?:(?:about|on|regarding) {the}(?<query>[^:]+?) )?(?:say|read)[:,]? (?:that )?(?<text>.+)",
                edit,
            ),
            (
                r"(?:CHANGE|(?:set|make|let) (?:the|my|that)) {the}note (?:ABOUT|of) {the}(?<query>[^:]+?)SAYING(?<text>.+)",
                edit,
            ),
            (
                r"(?:CHANGE|(?:set|make|let) (?:the|my|that)) {the}(?<query>\S+(?: \S+)?) note(?:SAYING| (?:say|read)[:,]? (?:that )?)(?<text>.+)",
                edit_word,
            ),
            (
                r"{the}(?:note (?:about|on|regarding) {the}(?<query>[^:,.]+?)|(?<word>\S+(?: \S+)?) note) (?:is|isn't|has|was|says|needs)\b[^,;:.]*[,;:.]+ (?:(?:so|and|please|now|actually|it|that|you can|can you|could you|just) )*(?:(?:should|must|ought to|needs to|has to|is supposed to|make it|have it|let it)(?: (?:now|actually|rather|instead))* (?:say|read|be)|CHANGE (?:it|that|the note)(?: to (?:say|read)| so (?:that )?it (?:says|reads)| to| with| into))[:,]? (?:that )?(?<text>.+)",
                edit_wrong,
            ),
            (
                r"{the}note (?:about|on|regarding) {the}(?<query>[^:,.]+?) (?:should|must|ought to|needs to|has to) (?:now )?(?:say|read|be)[:,]? (?:that )?(?<text>.+)",
                edit,
            ),
            (
                r"{the}(?<query>\S+(?: \S+)?) note (?:should|must|ought to|needs to|has to) (?:now )?(?:say|read|be)[:,]? (?:that )?(?<text>.+)",
                edit_word,
            ),
            (
                r"(?:[^\x22?]{1,80}?[,.;:!–-]+ (?:(?:so|and|but|now|then|please) )*)?{the}WHICH note (?:should|must|ought to|needs to|has to|is to|is supposed to|had better) (?:(?:now|rather|actually|really|instead) )*(?:say|read|be)[:,]? (?:that )?(?<text>.+)",
                edit,
            ),
            (r"EXTEND (?<text>.+) (?:to|onto) {the}WHICH note(?: too| as well| also)?", append),
            (r"EXTEND (?:to|on|in) {the}WHICH note[:,]? (?:that )?(?<text>.+)", append),
            (
                r"EXTEND (?<text>.+) (?:to|onto) {the}note (?:about|on|for|with|regarding) {the}(?<query>.+?)(?: too| as well| also)?",
                append,
            ),
            (
                r"(?:EXTEND|also)(?: also| down)? (?:to|on|onto|in|into) {the}note (?:about|on|for|with|regarding) {the}(?<query>[^:,]+?)(?:,? that|:|,) ?(?<text>.+)",
                append,
            ),
            (
                r"EXTEND (?<text>.+) (?:to|onto) {the}(?<query>\S+(?: \S+)?) note(?: too| as well| also)?",
                append_word,
            ),
            (
                r"EXTEND(?: down)? (?:to|on|onto|in|into) {the}(?<query>\S+(?: \S+)?) note(?:,? that|:|,) ?(?<text>.+)",
                append_word,
            ),
            (
                r"(?:on|in|to) {the}note (?:about|on|for|with|regarding) {the}(?<query>[^:,]+?),? ASK(?:add|append|write|put|include) (?:that )?(?<text>.+)",
                append,
            ),
            // Take.
            (
                r"(?:KEEP|i want|i need)(?: down)? (?:in |into |as )?{the}(?:quick |little |short |brief |one )*(?:a ?)?(?:note|memo|notice(?:: ))\b(?: (?:in|(?:in )?(?:there|here)|somewhere|quickly|for (?:me|us|later|myself)|down))*(?: (?:of the following|of this|of the fact that|with the (?:text|words)|that says|that|saying|to self|to myself|which says|about|of|to|for me|called|named|titled)\b)?[: ,-]*(?<text>.*)",
                take,
            ),
            (r"(?:quick |new )?(?:note|memo)(?: to (?:self|myself))?(?: that|[:,-]) ?(?<text>.+)", take),
            (r"notes?: ?(?<text>.+)", take),
            (
                r"(?:(?:i|we) (?:wish|need|want|have|would like|'d like) to )(?:note|record|write down|jot down|note down|put down|log|put on record)(?: that| the fact that|:) (?<text>.+)",
                take,
            ),
            (
                r"(?:scribble|file|commit|capture|dictate|get|put|write|jot|note|record|save|store|log|type|take|keep|enter|add) (?:this|it|that|the following|something|this one)(?: (?:written|jotted|noted|recorded|down|in writing|up|on record|(?:under|to|in|into|among|as|with|on) {the}(?:notes?|notebook|note pad|notepad|memo)|for (?:me|later|us)|somewhere))+ ?(?:that|[:–-]+) ?(?<text>.+)",
                take,
            ),
            (
                r"HEARD (?:this|that|it|these)(?: (?:down|(?:under|to|in|into|among|as|with|on) {the}(?:notes?|notebook|note pad|notepad|memo)|for (?:me|later|us)|somewhere))+ ?, (?<text>.+)",
                take_after,
            ),
            (
                r"(?:it(?:'d| would) be|(?:i|we)(?:'d| would| will|'ll) be|it(?:'d| would)|(?:i|we)(?:'d| would)|would it be) (?:[\w']+ ){1,3}if (?:you|u|someone|we)(?:'d| would| could)? (?:(?:please|just|kindly|also) )*(?:note|noted|jotted|jot|wrote|write|recorded|record|logged|log|made|make|took|take|kept|keep|put|got|get|saved|save|remembered|remember)(?: (?:down|a (?:quick |wee |little )?note(?: of)?|note))*(?: the fact)?(?: that|:) (?<text>.+)",
                take_after,
            ),
            (r"(?:capture|dictate|transcribe)(?: (?:this|the following|down))* ?[:,] (?<text>.+)", take),
            (
                r"(?:(?:i|we) (?:would like|want|'d like) )?(?:it (?:to )?(?:be )?|let it be |have it |this (?:to )?be )(?:noted|written down|recorded|put on record|jotted down)(?: down)? that (?<text>.+)",
                take,
            ),
            (
                r"(?:here's|here is|i have|i've got|this is) a (?:quick |new )?(?:note|memo)(?: for (?:me|you|my notes))?: ?(?<text>.+)",
                take,
            ),
            (
                r"(?:(?:one|this|this is|this one is|this one|another one|something|here's one|here's something) )?(?:for|to) (?:(?:my|the) (?:notes?|records?|notebook|notepad|files)|later|safekeeping)(?: only)? ?[:,-] ?(?<text>.+)",
                take,
            ),
            (
                r"(?:here's|here is|this is|there's|i have|i've got) (?:something|one|a thing|a thought|another thing) (?:to|for you to) (?:note|remember|write|jot|keep|save|record)(?: down| in NOTES)? ?[:,-] ?(?<text>.+)",
                take,
            ),
            (
                r"(?:(?:i|we)(?:'d| would)? (?:need|want|like) )?(?:this|the following) (?:to be )?(?:written|noted|jotted|put|saved|kept|recorded|taken)(?: down)?(?: (?:in|as|into) {the}notes?)? ?(?:that|[:,–-]+) ?(?<text>.+)",
                take,
            ),
            (
                r"(?:make|keep|take) a (?:quick |written )?record(?: of the fact)? ?(?:that|:) (?<text>.+)",
                take,
            ),
            (r"(?:in|into|to|on) NOTES,? ASKHEARD(?: down| in)?(?: that|:)? (?<text>.+)", take_told),
            (
                r"(?<text>.+?)(?: ?[,.;!–-]+)? (?:and |so )?(?:i|we)(?:'d| would)? (?:want|need|like) THAT (?:(?:to be )?(?:noted|written down|saved|kept|put|jotted down|recorded)(?: down)?|(?:in|as|among) {the}notes?)(?: (?:in|as|among) {the}notes?)?",
                take_heard,
            ),
            (
                r"(?<text>.+?) ?[,.;!:–-]+ ASK(?:HEARD (?:(?:THAT|all that|all of that) )?(?:down(?: (?:in|as) {the}(?:notes?|memo))?|(?:in|into|to|as|under|among|on) {the}(?:notes?|memo|notebook|notepad))|(?:note|save|log|record|keep) THAT|(?:make|take|keep) {the}(?:quick |mental )?(?:note|record)(?: of THAT)?|(?:take|keep) note of THAT|make THAT {the}(?:note|memo)|THAT (?:can|could|should|must|ought to|needs to|has to|may) (?:go|be|get)(?: (?:put|written|noted|saved|kept|jotted|added))?(?: down)?(?: (?:in|into|to|as|on) {the}(?:notes?|memo))?)(?: (?:for (?:me|us|later)|somewhere|quick|quickly|too|as well|please|will you|would you))*(?:,? (?:so|so that|before|because|cos|coz|in case|or|otherwise|lest) .+)?",
                take_heard,
            ),
            (r"(?:(?:quick |new )?note to (?:self|myself)|quick note|memo) (?<text>.+)", take),
            (
                r"(?:save|store|keep|put|write) (?:this|that|it)(?: down)? as {the}(?:note|memo)(?: that|[:,-])* (?<text>.+)",
                take,
            ),
            (
                r"(?:(?:i|we) (?:need|want|have|wish|would like|'d like) to )?(?:write|note|jot|put|record|save|scribble|type|add|enter|log)(?: down)? (?:something|sth|an idea|a thought|some ideas|a few things|stuff|some things|one thing|a thing)(?: (?:new|else|important))?(?: (?:down|quickly|(?:in|into|to|as|on) {the}(?:new )?(?:notes?|memo|notebook|notepad)))*",
                ask_text,
            ),
            (
                r"(?:write this down|get this down|get down|scribble down|type down|log this|put this down|pop down|note this|save this|store this|jot this down|note this down|note down|note|jot down|jot|write down|put down|take down|remember this|note this down|make note|keep in mind|take this down|for the record)(?: for (?:me|us|later))?(?: that|[:,-])* (?<text>.+)",
                take,
            ),
            (
                r"(?:remember|please remember|bear in mind|don't forget|do not forget|keep in mind|save|record|memori[sz]e|commit to memory|make sure you remember|make a mental note)(?: this)?(?: that|:) (?<text>.+)",
                take,
            ),
            (
                r"(?:put|add|write|save|stick|pop|enter|log)(?: down)? (?:it |this |that )?(?:in|to|into|on|down in) NOTES(?: that|:|,| -)? (?<text>.+)",
                take,
            ),
            (r"(?:log|record) that (?<text>.+)", take),
            (r"for (?:future|later) reference[:,]? (?<text>.+)", take),
            (r"take note(?: that|[:,])* (?<text>.+)", take),
            (
                r"(?:remember|don't forget|do not forget|keep in mind)(?: that)? (?<text>(?:i|we|he|she|it|they|my|our|his|her|their|the|[\p{L}]+(?:'s| [\p{L}]+))\b.* (?:is|are|was|were|has|have|had|lent|owes|hate|hates|like|likes|love|loves|left|put|parked|gave|need|needs|closes|opens) .+)",
                take_told,
            ),
            (r"remember (?<text>(?:my|our|his|her|their|the) .+ (?:is|are|was|were|has|have) .+)", take),
            (r"(?:start|make|take|write|add) {the}(?:new |quick )?note", ask_text),
        ],
    )
});

pub static FOLLOW: LazyLock<Grammar> = LazyLock::new(|| {
    Grammar::with(
        PARTS,
        &[
            (r"{no}*DROP {it}(?: note)?", follow_delete),
            (r"DROP the (?<which>first|second|third|fourth|fifth|last)(?: one| note)?", follow_delete_place),
            (
                r"(?:read|show)(?: me)? the (?<which>first|second|third|fourth|fifth|last)(?: one| note)?",
                follow_read_place,
            ),
            (r"CHANGE {it}(?: to say| to read| so it says| to)[: ]+(?<text>.+)", follow_edit),
            (r"(?:add|append)[: ]+(?<text>.+?) to {it}", follow_append),
            (
                r"(?:read|show)(?: me)? {it}(?: note)?(?: out| back| to me| again| out loud| aloud)*",
                follow_read,
            ),
        ],
    )
});
