//! What people say to their lists.

use std::sync::LazyLock;

use super::add::*;
use super::read::*;
use super::take::*;
use super::whole::*;
use crate::skills::grammar::{Act, Grammar};

/// A list by its name, as people say it.
const NAME: &str = r"(?:{t}'s )?(?<list>lists? of (?:the |my )?(?:things|stuff) to (?:do|buy|get done)|(?:[\w'&-]+ ){0,3}(?:JOINED)?lists?|lists? (?:of|for|called|named) {the}[\w'&-]+(?: [\w'&-]+)?|shopping|groceries|to[ -]?dos?|to do's|tasks|(?:things|stuff) to (?:do|buy|get))";

/// A second list in the same breath.
const OTHER: &str = r"(?<other>(?:[\w'&-]+ ){0,3}(?:JOINED)?list|shopping|groceries|to-?dos?|tasks)";

/// What is often written in one with "list".
const JOINED: &str = r"(?:check|wish|watch|bucket|shopping|grocery|to-?do|task|packing|reading|guest)-?";

/// Verbs of putting on a list.
const PUT: &str = r"(?:add|ad|put|pit|include|write|stick|throw|get|have|place|note|insert|append|jot|pop|chuck|bung|whack|slap|toss|lob|fling|sling|shove|plonk|plop|tack|slip|squeeze|enter|log|register|record|scribble|save|type|pencil)(?: down| back| in| up| on)?";

/// The same after "would you mind".
const PUTTING: &str = r"(?:adding|putting|including|writing|sticking|throwing|getting|having|placing|noting|jotting|popping|chucking|bunging|whacking|slapping|tossing|slipping|entering|scribbling|saving|typing)(?: down| back| in| up| on)?";

/// What is between a thing and the list that it is put on.
const TO: &str =
    r"(?:(?:at|to|on|in) the (?:very )?(?:end|top|bottom|start|beginning) of|on to|onto|on|to|into|in|under)";

/// What may follow.
const TOO: &str = r"(?:,? (?:too|as well|aswell|also|again|then|now|instead|there|here|(?:real |really )?quick(?:ly)?|straight away|right away|while you're (?:at it|there)|while you are (?:at it|there)|when you can|if you (?:can|could|would)))*";

/// Verbs of taking off a list, of which "off" or "from" has to say that it is meant.
const TAKE: &str = r"(?:remove|delete|erase|take|drop|scratch|strike|cancel|get rid of|get|scrap|bin|ditch|kill|lose|cut|axe|ax|nix|dump|chuck|toss|throw|pull|yank|knock|kick|boot|scrub|wipe|clear|clean|rub|leave|omit|discard|trash|junk|purge|pluck|rip|whip|pop|eliminate|exclude|withdraw|do away with)(?: off| out| away)?";

/// Those that say it by themselves.
const REMOVE: &str = r"(?:remove|delete|erase|take off|take out|drop|scratch|strike off|strike out|strike|get rid of|scrap|bin|ditch|axe|nix|dump|lose|leave off|leave out|do away with|forget about|forget)";

/// What is between a thing and the list that it is taken off; "form" is a slip.
const FROM: &str = r"(?:from|form|off of|off from|off|out of)";

/// Verbs of ticking off.
const TICK: &str = r"(?:tick|check|cross|mark|strike|scratch|score)";

/// All that is on a list.
const ALL: &str = r"(?:everything|every(?: single)? (?:item|thing|entry)|all(?: of)?(?: the| those| these)?(?: items| things| stuff| entries)?|all of it|the (?:whole )?lot|whatever)(?: (?:thats|that's|that is|which is|that|is|there is|there's|i have|i've got|i put|we have|we've got|still|currently|written|listed|left|standing|down))*";

/// "You can", before what is asked for.
const ASK: &str = r"(?:(?:and|so|then|now|please|just|also|you can|you may|you could|can you|could you|would you|will you) )*";

/// "Is there any chance you'd", before a verb.
const PLEA: &str = r"(?:(?:(?:is|are) there )?(?:any|a|some) (?:chance|way|possibility|hope)(?: that)?(?: of)?(?: (?:you|u|ya|we|i))?(?:'d| could| can| would| might| may)?(?: be able to)?,? |(?:would|could) (?:you|u) (?:mind|be able to|be so kind as to|be willing to) |(?:i|we) (?:wish|need|want|mean) to )";

/// Several things, as one speaks of them.
const THEM: &str = r"(?:it|that|this|them|those|these|both|all|everything|the lot|(?:them|it|both|those|these) all|(?:all|both|every one) of (?:it|them|those|these)|'?em(?: all)?|some|one|each)";

/// What marks a thing as done.
const DONE: &str = r"(?:done|complete|completed|bought|finished|checked|ticked|gotten|purchased|checked off|ticked off|crossed off|packed|sorted|collected|handled|dealt with|taken care of)";

/// How people go on after a question of what is on a list.
const STILL: &str = r"(?: (?:with me|with us|together|for me|for us|have|say|look like|looking|look|doing|contain|for {t}|again|now|right now|so far|at the moment|currently|today|tomorrow|still|aloud|out loud|to me|out|back|left|like|on it|in it|then|says?|contains|holds|consists of|looks like|real quick|really quick|quick|quickly|briefly|for a (?:sec|second|minute|moment)|once more|one more time|one by one|in full|looks|stands))*(?:,? or .+)?";

/// "… so that nothing is on it".
const NOTHING: &str =
    r"(?:,? (?:(?:with|so|so that|and|i want) )*nothing (?:(?:left|is|should be) )*(?:on|in) it)?";

/// What may follow what is not done.
const AFTER: &str = r"(?: (?:after all|again|yet|any ?more|actually|though|please))*";

/// Verbs of making a list.
const MAKE: &str = r"(?:{set}|write|open(?: up)?|build|draw up|start off|make up|put together|(?:set|knock|whip) (?:me|us) up|put me together|could (?:do with|use)|(?:i|we)(?:'ll| will|'d| would| could)? (?:(?:really|also|just|quite) )*(?:be needing|need|want|like|love|fancy|use|do with|appreciate|want to keep|need to keep|like to keep|wish for))";

/// The parts by which rules name them; those that hold others come first.
const PARTS: &[(&str, &str)] = &[
    ("NAME", NAME),
    ("OTHER", OTHER),
    ("JOINED", JOINED),
    ("REMOVE", REMOVE),
    ("DONE", DONE),
    ("PUTTING", PUTTING),
    ("PUT", PUT),
    ("TOO", TOO),
    ("TO", TO),
    ("TAKE", TAKE),
    ("FROM", FROM),
    ("TICK", TICK),
    ("ALL", ALL),
    ("ASK", ASK),
    ("PLEA", PLEA),
    ("THEM", THEM),
    ("STILL", STILL),
    ("NOTHING", NOTHING),
    ("AFTER", AFTER),
    ("MAKE", MAKE),
];

pub static GRAMMAR: LazyLock<Grammar> = LazyLock::new(|| {
    let rules: &[(&str, Act)] = &[
        // What is done only, and not the rest.
        (
            r"(?:TAKE|clear|wipe|remove|delete) ALL (?:from|on|in|off) {the}NAME (?:that|which|what)?(?:(?:'s|s| is| are| has| have| been| i've| i have| we've| we have| already|'ve)+)? ?DONE(?: already| now)?",
            clear_done,
        ),
        // Whole lists gone: before all that puts things on one.
        (
            r"(?:delete|remove|get rid of|erase|(?:throw|chuck|toss) (?:away|out)|chuck|toss|drop|trash|destroy|scrap|bin|ditch|dump|kill|axe|discard|junk|do away with|tear up) {the}(?:whole |entire )?(?<list>(?:one|any|either|some) of (?:my|the|our|these|those) (?:\w+ )?lists|(?:[\w'& -]+ )?(?:JOINED)?list|list (?:called|named|for) [\w'& -]+)(?: completely| entirely| altogether| for good| now| too| as well)*",
            delete,
        ),
        (
            r"(?:i|we) (?:don't|do not|no longer) (?:need|want|use) {the}(?<list>(?:[\w'& -]+? )?list)(?: at all| any ?more| any longer| now)*[,.;]? ASK(?:delete|remove|get rid of|scrap|bin|ditch|drop|trash|chuck|throw) (?:it|that|the (?:whole |entire )?(?:list|thing|lot))(?: away| out| altogether| completely)*",
            delete,
        ),
        (
            r"{the}(?<list>(?:[\w'& -]+ )?list) (?:is|isn't|has)\b[^,.;:]*[,.;:]+ ASK(?:delete|remove|get rid of|scrap|bin|ditch|drop|trash|chuck|throw) (?:it|that)(?: away| out)?",
            delete_known,
        ),
        (
            r"(?:i need to know|tell me|let me know|do you know|check|see) (?:if|whether) {the}(?<item>.+?) (?:is|are) (?:already )?(?:on|in) {the}NAME",
            has,
        ),
        (
            r"(?:[^,.;:!]{1,40} )??(?:the|my|our|that|this) (?:whole |entire )?(?<list>[\w'-]+(?: [\w'-]+)? list)(?: [^,.;:!]{1,40}?)??(?: ?[,.;:!–-]+ | so | and )ASK(?:delete|remove|get rid of|scrap|bin|ditch|drop|trash|chuck|toss|throw|dump|junk) (?:it|that|the (?:whole |entire )?(?:list|thing))(?: away| out| altogether| completely| entirely)?",
            delete_told,
        ),
        (
            r"(?:[^,.;:!]{1,40} )??(?:the|my|our|that|this) (?:whole |entire )?(?<list>[\w'-]+(?: [\w'-]+)? list)(?: [^,.;:!]{1,40}?)??(?: ?[,.;:!–-]+ | so | and )ASK(?:clear|empty|wipe|reset|clean) (?:it|that|the (?:whole |entire )?(?:list|thing|lot))(?: out| clean| down| completely| entirely| altogether)?NOTHING",
            clear_told,
        ),
        (
            r"(?:let|give|may|have) {the}(?<list>[\w'& -]+? list) (?:have|be given|get|bear|carry|go by|take|take on) {the}(?:(?:new|different|other|better|proper) )*(?:name|title)(?: of)? ?[:,-]* ?(?<name>.+)",
            rename_known,
        ),
        (
            r"(?:(?:make|put|write|leave|jot|scribble|add|keep)(?: down)? )?(?:a |an )?(?:quick )?note (?:on|in|for|onto|to) {the}(?<list>(?:[\w'&-]+ ){1,3}?list)(?: that says| saying|,? that i (?:have|need) to| to|:|,) (?<items>.+)",
            add_told,
        ),
        (
            r"(?:[^.;:!?]{1,60}[,.;!–-]+ |for (?:the |my |our )?[\w' ]{1,30}?,? )?(?:(?:i|we)(?:'d| would| will|'ll)? )?(?:MAKE|keep|want to keep) {the}(?:new |fresh |separate )*list (?:called|named|titled|by the name of) {the}(?<list>[\w'&-]+(?: [\w'&-]+){0,2}) ?(?:[,.;:–-]+ (?:and |please )*(?:(?:it|that|this) (?:should|must|has to|needs to|ought to|can) (?:have|include|contain|hold)|with|containing|(?:put|add|stick|pop)|on it (?:should be|goes?|are)|for a start)|:) (?<items>.+?)(?: (?:on|in|to|onto) (?:it|there))?",
            create,
        ),
        (
            r"give {the}(?<list>[\w'& -]+? list) (?:a|the|another) (?:(?:new|different|other|better|proper) )*(?:name|title)(?: of)? ?[:,-]* ?{the}(?<name>.+?)(?: list)?",
            rename_known,
        ),
        (
            r"(?:(?:i|we)(?:'d| would)? (?:want|like|need|prefer|wish) )?{the}(?<list>[\w'& -]+? list) (?:needs (?:renaming|to be (?:renamed|called|named))|to (?:be|get) (?:called|named|renamed)|(?:called|named|renamed))(?: to| as| into)? {the}(?<name>.+?)(?: list)?(?: instead| from now on| now)?",
            rename_known,
        ),
        (
            r"(?<items>.+?) (?:on|in) {the}NAME (?:should|must|has to|have to|needs? to|ought to|is to) (?:(?:really|actually|now|rather) )*(?:be|become|say|read)(?: changed (?:to|into)| replaced (?:by|with)| swapped (?:for|with))? (?<new>.+)",
            replace_known,
        ),
        // From one to another.
        (
            r"(?:move|transfer|shift|switch|bring|take|carry|drag|bump) {the}(?<items>.+?)(?: over| across)? FROM {the}NAME (?:over |across )?(?:to|onto|on|into) {the}OTHER",
            move_items,
        ),
        (
            r"(?:TAKE|move) {the}(?<items>.+?) FROM {the}NAME,? (?:and )?(?:then )?(?:PUT|move) (?:it|them|that|those) TO {the}OTHERTOO",
            move_items,
        ),
        (
            r"(?<items>.+?) (?:should|must|ought to|needs to|has to) be on {the}OTHER,? (?:and )?not (?:on )?{the}NAME",
            move_items,
        ),
        (
            r"(?<items>.+?)(?:'s| is| are|'re) (?:(?:still|currently|down|wrongly) )*(?:on|in) {the}NAME,? (?:(?:but|and|though|when|instead|really|actually) )*(?:(?:it|they|that|those|these) )?(?:(?:really|actually) )?(?:should|must|ought to|needs? to|has to|have to|belongs?|wants? to)(?: (?:really|actually|rather|be|go|get moved|be moved))* (?:on|in|to|onto) {the}OTHER(?: instead| really)?(?:[,.;]+ ASK(?:move|put|shift|switch|transfer|bring) .{1,40}? (?:there|over|across|over there))?",
            move_items,
        ),
        (
            r"(?:move|transfer|shift|switch|bump) {the}(?<items>.+?)(?: over| across)? (?:to|onto|into) {the}OTHER",
            move_items,
        ),
        (
            r"(?:move|transfer|shift) {the}(?<items>.+?) (?:to|onto|into|over to) {the}list (?:called|named) {the}(?<other>[\w'& -]+)",
            move_items,
        ),
        (
            r"(?:replace|swap|exchange|substitute|change|switch)(?: out)? {the}(?<items>.+?) (?:with|for|by|to|into) (?<new>.+?) (?:on|in|from) {the}NAME",
            replace_item,
        ),
        (
            r"(?:replace|swap|exchange|substitute|change|switch)(?: out)? {the}(?<items>.+?) (?:on|in) {the}NAME (?:with|for|by|to|into) (?<new>.+)",
            replace_item,
        ),
        (
            r"(?:PUT|make it|make that) (?<new>.+?) (?:on {the}NAME )?(?:instead of|in place of|rather than) {the}(?<items>.+)",
            replace_known,
        ),
        (
            r"(?:PUT|make it|make that) (?<new>.+?) (?:instead of|in place of|rather than) {the}(?<items>.+?) on {the}NAME",
            replace_known,
        ),
        (
            r"(?:replace|swap|exchange|substitute|switch)(?: out)? {the}(?<items>.+?) (?:with|for|by) (?<new>.+)",
            replace_known,
        ),
        (r"instead of {the}(?<items>.+?),? (?:PUT|make it) (?<new>.+?)(?: TO {the}NAME)?", replace_known),
        // Which there are.
        (
            r"(?:(?:{show}|what|which|how many|name|find|count|hear|what are the names of|the names of|give me the names of|remind me(?: of)?)(?: me| us)? )*(?:(?:all|each|every one) (?:of )?)?(?:{the}(?:different |other |names of )*lists|every(?: single)? list|each list)(?:,? (?:do|did|are|have|i|i've|we|we've|you|got|have|there|exist|existing|made|named|called|saved|set|up|created|on|here|so|far|at|the|moment|right|now|in|total|altogether|going|currently|keep|keeping|running|available|open|know|of|again|all|mine|ours|by (?:their )?names?))*",
            lists,
        ),
        (
            r"(?:have|do) (?:i|we) (?:got |have |keep )?(?:any|other|some) (?:other )?lists(?: .{0,20})?",
            lists,
        ),
        (r"(?:please )?(?:tell me |show me |list )?(?:what|which)(?: kinds? of)? lists\b(?: .*)?", lists),
        // New ones.
        (
            r"(?:MAKE|let there be) {the}(?:new |empty |blank |fresh |separate )*list(?: (?:going|started|ready|up|together))? (?:called|named|for|of|with the name|titled) {the}(?<list>[^,:]+)",
            create_going,
        ),
        (
            r"(?:(?:give|get|find|tell|show|read|print|send|fetch|name|write|make|create|compile|generate|provide|draw up|put together|come up with|i need|i want|can i have|do you have)(?: (?:me|us))?(?: with)?|what is|what's) (?:a |the |an? )?(?:full |complete |short |quick |long |whole |entire )*list (?:of|with) (?<of>(?:all |every |the (?:\d+|ten|five|three|top|best|most|biggest|largest|longest|oldest|first|last) ).+)",
            list_of,
        ),
        (
            r"(?:give|tell|show|read|find|fetch|send)(?: (?:me|us)) (?:a |the )(?:full |complete |short |quick |long )*list of (?<of>.+ (?:in|of|from|by|since|that|who|which|near) .+)",
            list_of,
        ),
        (
            r"MAKE {the}(?:new |empty |blank |fresh |separate )*(?<list>[\w'& -]+? (?:JOINED)?list|JOINEDlist)(?: (?:with|containing|that has|and add|and put)(?: on it)? (?<items>.+))?",
            create,
        ),
        (
            r"(?:MAKE )?{the}(?:new |empty |blank |fresh |separate )*list (?:called|named|for|of|with the name|by the name of|titled|entitled|:) ?{the}(?<list>[^,:?.]+?)[,.?]? (?:so )?(?:can|could|would|will) you (?:please )?(?:make|create|set|start|open|do) (?:me |us )?(?:one|it|that)(?: up)?",
            create,
        ),
        (
            r"MAKE {the}(?:new |empty |blank |fresh |separate )*list (?:called|named|for|of|with the name|by the name of|titled|entitled|:) ?{the}(?<list>[^,:]+?)(?: (?:with|containing) (?<items>.+)|: (?<items2>.+))?",
            create,
        ),
        (
            r"(?:MAKE {the}(?:new |empty |blank |fresh |separate |another )*|{the}(?:new |empty |blank |fresh |separate |another )+)list(?: please)?[,.;:]? (?:(?:and|please|then|you can|it should be|it's|it is|to be|with) )*(?:(?:name|call|title|label|entitle) (?:it|that|this)|named|called|titled|(?:by|with|under) the (?:name|title)(?: of)?|(?:the|its) (?:name|title) is|name|title):? {the}(?<list>[^,:?.]+)",
            create,
        ),
        (
            r"(?:(?:(?:i|we)(?:'ll|'m| will|'d| would| am|'re| are)? (?:(?:also|just|really|gonna|going to) )*(?:be needing|need|want|needing|wanting|like|be wanting)|there (?:should|must|has to|needs to) be|time for|how about|what about) )?{the}(?:new |empty |blank |fresh |separate )*(?<list>[\w'&-]+(?: [\w'&-]+){0,2}? list)[ ,.;!–-]+ASK(?:make|create|start|set up|set|open|do|begin|draw up) (?:(?:me|us) )?(?:one|it|that)(?: up)?(?: for (?:me|us))?",
            create,
        ),
        (r"MAKE {the}(?:new |empty |blank |fresh )*list", create),
        (r"(?:create|make|new|open|set up|start) {the}list (?<list>[\w'&-]+(?: [\w'&-]+){0,2})", create_bare),
        (r"(?:MAKE )?{the}new list ?[:,-]? ?(?:for |called |named )?{the}(?<list>.+)", create_new),
        (
            r"(?:on|in) {the}NAME,? ASK(?:replace|swap|exchange|substitute|change|switch|turn|make)(?: out)? {the}(?<items>.+?) (?:with|for|by|to|into) (?<new>.+)",
            replace_item,
        ),
        // Not done after all: before all that puts things on one.
        (
            r"(?:reopen|re-open|reactivate|reinstate|restore|un-?check|un-?tick|un-?mark|un-?cross) {the}(?<items>.+?) (?:on|in|from|off) {the}NAMETOO",
            reopen,
        ),
        (
            r"(?:put|mark|set|move|make) {the}(?<items>.+?)(?: back)?(?: as| to)? (?:not |un|un-|still to be |not yet )DONE(?: (?:on|in) {the}NAME)?AFTER",
            reopen,
        ),
        (
            r"(?:put|mark|set|move|make) {the}(?<items>.+?) (?:on|in) {the}NAME(?: back)?(?: as| to)? (?:(?:not|not yet|un|un-|still to be) ?DONE|open|undone|to be done|to do|pending|outstanding|incomplete)AFTER",
            reopen,
        ),
        (
            r"(?<items>.+?) (?:on|in) {the}NAME (?:isn't|is not|wasn't|was not|aren't|are not|hasn't been|has not been|haven't been) (?:actually |really )?DONEAFTER(?:[,.;]+ .+)?",
            reopen,
        ),
        (
            r"(?<items>.+?)[,.;:!]* ASK(?:(?:reopen|un-?check|un-?tick|un-?mark|un-?cross) (?:it|them|that|those|both)|put (?:it|them|that|those|both) back)(?: (?:on|onto|in)(?: it| there| {the}NAME)?)?",
            reopen_told,
        ),
        (
            r"put a (?:tick|check|checkmark|check mark|cross|line) (?:next to|beside|by|against|on|through|at) {the}(?<items>.+?)(?: (?:on|in) {the}NAME)?",
            complete,
        ),
        (
            r"(?<items>.+?) (?:shouldn't|should not|needn't|doesn't need to|does not need to|don't need to|do not need to|doesn't have to|no longer needs? to) be (?:on|in) {the}NAME(?: any ?more| any longer| now| after all)?",
            remove_told,
        ),
        (r"(?:(?:put|add|get|stick|pop) )?{the}(?<items>.+?) back (?:on|onto|on to|to) {the}NAME", put_back),
        (
            r"(?:PUT|here are|here's) (?:(?:all|of|these|those|the|following|some|a|few|couple|more|things|items|stuff|one|two|three|something|them|it) )+TO {the}NAME ?[,:;-]+ ?(?<items>.+)",
            add,
        ),
        (
            r"(?:remember|don't forget|do not forget|make sure|ensure|see(?: to it)?)(?: that)?(?: (?:(?:to )?(?:put|add|have|get)|there's|there is|there are|you put|you add|i have|we have|we've got|i've got))? (?<items>.+?)(?: (?:(?:is|are|gets?|goes|go|ends? up|lands?|comes?)(?: (?:added|put|written|included|down))*))? TO {the}NAMETOO",
            add_told,
        ),
        (r"list (?<items>.+?) (?:under|onto) {the}NAMETOO", add_told),
        (
            r"what(?:'s| is|s)(?: still| also)? (?:missing|lacking|needed) (?:on|from|in) {the}NAME (?:is|are) (?<items>.+?)TOO",
            add_told,
        ),
        (
            r"(?:can|could|may|let|shall) {the}NAME (?:please )?(?:have|include|get|contain) (?<items>.+?)(?: (?:on|in|added to) it)?",
            add_told,
        ),
        (
            r"(?:(?:i|we) )?(?:no (?:more |longer )?need|(?:don't|do not|won't|will not) need) (?:for |to (?:get|buy|have) )?{the}(?:any )?(?<items>.+?) (?:on|from|for) {the}NAME(?: any ?more| any longer| now| after all)?",
            remove_known,
        ),
        (
            r"{the}(?<items>.+?)(?: is| are|'s)? (?:(?:not|no longer|isn't|aren't) )+(?:really |actually )?(?:needed|wanted|required|necessary) (?:on|in|from|for) {the}NAME(?: any ?more| any longer| now| after all)?",
            remove_known,
        ),
        (
            r"(?:(?:i|we)(?:'ve| have)? )?(?:changed|change) (?:my|our) minds? (?:about|on) {the}(?<items>.+?) (?:on|in|from|for) {the}NAME(?: after all)?",
            remove_known,
        ),
        (
            r"(?:(?:i|we|let's|let us) )?(?:not|don't|do not|no longer|rather not|won't) (?:(?:actually|really|after all) )*(?:have|put|keep|want|include|leave|get|buy) {the}(?<items>.+?) (?:on|in|from) {the}NAME(?: any ?more| any longer| now| after all)?",
            remove_known,
        ),
        (
            r"(?:make|find|leave|get)(?: some| a bit of| a little)? (?:room|space) for (?<items>.+?) (?:on|in) {the}NAMETOO",
            add_told,
        ),
        (
            r"(?:(?:i|we)(?:'d| would|'m| am)? )?(?:really |also |just )*(?:love|fancy|could (?:really )?(?:use|do with)|wouldn't mind|would not say no to) (?<items>.+?) (?:on|to|onto|added to|put on|in) {the}NAMETOO",
            add_told,
        ),
        (r"(?:from|off|on|in|to) {the}NAME ?[,:-]? ASK(?:to )?TAKE {the}(?<items>.+)", remove_listed),
        (r"(?:TO|for) {the}NAME ?[,:-]* ASK(?:to )?PUT (?<items>.+?)TOO", add),
        (
            r"TO {the}NAME ?(?:(?:should|must|please|also|now|then|with) )*(?:goes|go|comes?|belongs?|get added|put|lands?) ?[:,-]* (?<items>.+?)TOO",
            add_told,
        ),
        (
            r"\W*(?<items>[^?]+?) ?[,.;:!–-]+ (?:(?:so|and|then|please|pls|straight|right|also) )*(?:(?:on|onto|on to|for|to|in|into) )?{the}NAME(?: (?:with (?:it|them|that|those|these)|(?:it|they) goes?|they go|please|pls))*TOO",
            add_lacked,
        ),
        (
            r"(?:on|for|in) {the}NAME ?[,:-]* (?:(?:i think|i guess|maybe|also|then) )*(?:we|i)(?:'ll|'d| will| would|'re| are|'m| am)? (?:(?:also|still|probably|definitely|going to|really) )*(?:need|want|like|must have|have to have|could use|could do with) (?:to (?:have|get|buy|put|add|pack|bring) )?(?<items>.+?)TOO",
            add_told,
        ),
        (
            r"{the}NAME (?:(?:also|still|now) )*(?:needs|could do with|could use|is missing|(?:should|must|has to|ought to) (?:also )?(?:have|include|contain|say)|lacks|wants) (?<items>.+?)(?: (?:on|in|added to|put on|adding) (?:it|there))?TOO",
            add_needed,
        ),
        (
            r"(?:(?:is|there|there's|have|you|you've|i|we|do|got|get|ya|y'all|any|make|find|some|a|bit|of|little|still|left|have you) )*(?:room|space) (?:left )?(?:on|in) {the}NAME for (?<items>.+?)(?:[?!.,]+ ASKPUT (?:it|that|them|those)(?: (?:on|to|in)(?: it| there)?)?)?",
            add_told,
        ),
        (
            r"(?:i'm|i am|we're|we are)(?: all)? out of (?<items>.+?)[;,.]? (?:(?:so|please) )*add to {the}NAME",
            add,
        ),
        (r"(?:get|have) (?<items>.+?) (?:added|put|written|included)(?: down)? TO {the}NAMETOO", add),
        // Put on.
        (r"PLEA?(?:PUT|PUTTING|drop down) (?<items>.+?)(?: down)? TO {the}NAMETOO", add),
        (r"drop (?<items>.+?) (?:onto|on to|into) {the}NAMETOO", add),
        (
            r"PUT (?<items>.+?) (?:on|to|onto) {the}NAME,? (?:and(?: also)?|also|plus) {the}(?<more>[\w'-]+(?: [\w'-]+){0,2})",
            add_more,
        ),
        (r"PUT (?:to|on|onto) {the}NAME ?[:,-]* (?<items>.+)", add),
        (r"(?:update|extend) {the}NAME (?:with|by) (?<items>.+)", add),
        (r"PUT (?<items>.+?) (?:to|on|onto) {the}new list (?:called|named) {the}(?<list>.+)", add),
        (r"(?:add|put) (?<items>.+?) (?:to|on|onto|in) {the}(?<list>[\w'-]+(?: [\w'-]+)?)", add_known_list),
        (
            r"(?:(?:i|we)(?:'re| are|'m| am|'ve| have)? (?:all |also |just |almost |nearly |still |really |should |must |'d |would )*(?:(?:have|need|want|like|got|wanna|gotta|ought) (?:to )?(?:(?:do|get|buy|pick up|grab) )?|(?:do|get|buy|pick up|grab) |need (?:some |more )*|(?:don't|do not) have (?:any )?(?:more )?|no (?:more )?|(?:run |ran )?out of |low on |short of |could use )?)?(?<items>.+?),? (?:(?:so|and|please|will you|would you|can you|could you) )*PUT THEM(?: down)? TO {the}NAMETOO",
            add,
        ),
        (
            r"(?<items>.+?) ?[,.;:!–-]+ (?:(?:so|and|please|maybe|also) )*(?:(?:can|could|may|should|shall|might|will|would|must) )?(?:that|it|this|them|those|these|they|both|all of (?:it|that|them)) (?:(?:can|could|may|should|must|will|has to|have to|needs? to|ought to|wants to|please|also) )*(?:(?:go|goes|be|belongs?|come|get|end up)(?: (?:added|put|written|included|noted|listed|down|up|in))*|needs? (?:adding|putting|writing)(?: down)?) TO {the}NAMETOO",
            add_said,
        ),
        (r"add (?<task>.+?) as a (?:task|to-?do|todo)", add_task),
        (r"new (?:task|to-?do|todo)(?: to)?:? (?<task>.+)", add_task),
        (
            r"(?:(?:new|another|next|one|also|something|more|else|last|here's|here are|one more) )*(?:item|thing|entry|task|one|addition|stuff|else|also|more)s? (?:on|for|to) {the}NAME(?: ?[:,-]+ ?| (?:is|are|would be|will be)(?: to)? )(?<items>.+)",
            add,
        ),
        (r"{the}NAME (?:item|thing|entry|task|addition)s? ?[:,-] ?(?<items>.+)", add),
        (
            r"(?:add|put|stick|pop|throw|jot|note|write|log|scribble)(?: down)? (?<items>.+?),?(?: for)? {the}(?<list>(?:shopping|grocery|to[ -]?do|packing) list)",
            add_bare,
        ),
        (r"{the}NAME ?[,:-]+ (?:please )?(?:PUT|plus|also|and also)[:,]? (?<items>.+?)TOO", add),
        // "Groceries have got so expensive" is no order.
        (
            r"{the}(?<list>(?:[\w'&-]+ ){0,3}(?:JOINED)?list) (?:(?:please|also|just|and) )*(?:(?:add|put|include|insert|append|get|stick|throw|pop|chuck|bung|jot|write|whack|need)(?: down| on| in)?|plus)[:,]? (?<items>.+?)TOO",
            add_told,
        ),
        (
            r"(?:i|we|there)(?:'ll|'d| will| would)? (?:also )?(?:need|want|like|should be|has to be|must be) (?:to (?:have|get|put|add|buy|see) )?(?<items>.+?) (?:on|to|onto|added to|put on) {the}NAMETOO",
            add,
        ),
        (
            r"(?:can|could|may|should|shall|might|will|would|let) {the}(?<items>.+?) (?:(?:please|also|maybe|possibly|now) )*(?:go|be|get|end up|come|belong)(?: (?:added|put|written|included|noted|listed|down|up|in))* TO {the}NAMETOO",
            add_told,
        ),
        (
            r"(?<items>.+?) (?:(?:can|could|should|must|may|shall|ought to|needs? to|has to|have to|wants? to|also|please|really|now) )*(?:(?:goes|go|ends? up|lands?)(?: down| up| in)?|(?:be|get|gets) (?:added|put|written|included|noted|listed)(?: down)?|belongs?|(?:needs?|wants?) (?:adding|putting|writing)(?: down)?) TO {the}NAMETOO",
            add_told,
        ),
        (
            r"(?<items>.+?) (?:should|must|ought to|needs? to|has to|have to) (?:really |also )?be (?:on|in) {the}NAMETOO",
            add_needed,
        ),
        (r"(?:add|put) (?<items>.+?) (?:to|on) (?:it|that one)", add_to_it),
        (
            r"{the}(?<list>(?:[\w'&-]+ ){0,3}(?:JOINED)?list)(?: ?(?::|->|\+|→|=|>) ?| -+ ?|-+ )(?<items>.+)",
            add,
        ),
        (r"{the}(?<list>(?:shopping|grocery|packing|to[ -]?do) list) ?[.,;]+ (?<items>.+)", add_after),
        (r"{the}(?<list>(?:[\w'&-]+ ){1,3}list) ?[.,;]+ (?<items>.+)", add_after_known),
        (
            r"(?:add|put) (?:a |an |the )?(?:task|to-?do|todo item|to do)(?: (?:to|for|called|named|that says)|:)? (?<task>.+)",
            add_task,
        ),
        (r"(?:to-?do|task): (?<task>.+)", add_task),
        (r"(?:i|we) (?:need|have|want) to (?:buy|pick up|get from the (?:shop|store)) (?<buy>.+)", buy),
        (
            r"(?:i|we) (?:need|have|want) to get (?<buy>.+?) (?:from|at|in) the (?:shop|shops|store|supermarket|market)",
            buy,
        ),
        (
            r"(?:we're|we are|i'm|i am|we've|i've|we have|i have)(?: all)? (?:(?:almost|nearly) )?(?:run )?out of (?<buy>.+)",
            buy,
        ),
        (r"(?:we|i) (?:just |almost |nearly )?ran out of (?<buy>.+)", buy),
        (r"(?:remember|don't forget|do not forget) to (?:buy|get|pick up) (?<buy>.+)", buy),
        (
            r"(?:we're|we are|i'm|i am) (?:running|getting|a bit) (?:low|short) (?:on|of) (?<buy>.+)",
            buy_perhaps,
        ),
        (r"(?:we|i) (?:also )?need (?:to get |some more |more |some |another |new )(?<buy>.+)", buy_perhaps),
        // Not "I need to".
        (r"(?:we|i) need (?<buy>(?:[a-su-z]|t[a-np-z]|to\w)[\p{L}'-]*(?: [\p{L}'-]+){0,4})", buy_likely),
        (r"(?:buy|pick up) (?<buy>.+)", buy),
        // Read out.
        (
            r"(?:is|are|do (?:i|we) (?:already )?have|did (?:i|we) (?:remember to |forget to )?(?:put|add|include|write)|have (?:i|we) (?:already )?(?:put|added|included|written|got)) (?:there )?(?:any )?{the}(?<item>.+?) (?:already )?(?:on|in|to) {the}NAME(?: already| yet)?",
            has,
        ),
        (
            r"(?:how many|how much) (?:more )?(?:things|items|tasks|entries|stuff)?(?: do (?:i|we) have| have (?:i|we) got| are| is)?(?: there)?(?: still)?(?: left)? ?(?:on|in) {the}NAMESTILL",
            read,
        ),
        (
            r"(?:(?:what|which) )?(?:(?:all|the|any|my) )*(?:remaining|outstanding|open|unticked|unchecked|current|other|rest of the|items|contents|things)(?: (?:items|things|tasks|stuff|entries))?(?: left| still| remaining)? (?:on|in|of|from) {the}NAMESTILL",
            read,
        ),
        (
            r"(?:is|are) {the}NAME (?:all )?(?:finished|done|complete|completed|empty|clear|ready)(?: yet| now)?",
            read,
        ),
        (
            r"(?:{show}|hear|recite|print out|print|say|(?:call|bring|get) up|(?:have a |take a )?look (?:at|over|through)|check on|(?:run|walk|take|talk|go|read) (?:me )?(?:through|over|down)|what does|how does|how long is|how's|how is|what else is|what all is|who's|who is|who are|who all is|who else is|let me see|lemme see|what have (?:i|we) got|what do (?:i|we) have|(?:(?:is there|do (?:i|we) have|have (?:i|we) got|is|are) )?(?:anything|something|much|a lot|any (?:more |other )?(?:items|things|tasks|jobs))|how far (?:am i|are we) (?:with|through)|where (?:am i|are we) with) (?:(?:everything|both|what's|what|all the things|all|the items|items|things|me|out|is|are|left|written|written down|noted|have i got|do i have|we have|i have|still|else|more|there|a|an|the|back|aloud|out loud|quick|brief|short|full|rundown|run-down|run down|run-through|summary|overview|recap|update|contents|content|look|idea|of|at|over|to do|to get|to buy|remaining|outstanding|open|all|that|which|stands?|(?:i|we)(?:'ve| have|'d| had)? (?:wrote|written|put|added|noted|listed|got|had|saved|jotted)(?: down)?) )*(?:(?:on|in|off|from|of|with) )?{the}(?:whole |entire |full )?NAMESTILL",
            read,
        ),
        (
            r"(?:what|which|who|how many|how much) (?:[\w']+ ){1,9}?(?:on|in|from|off|according to|as per|based on|per|by|going by|of) {the}NAMESTILL",
            read_asked,
        ),
        (
            r"what (?:do|should|did|must) (?:i|we) (?:still )?(?:need|have to buy|have to get|need to buy|need to get|need to pick up|want to buy|want to get|want|buy|get|pick up|shop for|need to shop for)(?: (?:at|from|in) the (?:store|shop|shops|supermarket|grocery store|market))?(?: today| tomorrow)?",
            read_shopping,
        ),
        (r"do (?:we|i) (?:still )?(?:need|have) (?:any |some |more )?(?<item>.+)", has_known),
        (
            r"what (?:do|should|must) i (?:still )?(?:need to|have to|got to)? ?(?:do|get done)(?: today| next| now)?",
            read_todo,
        ),
        (r"what(?:'s| is) (?:left |still )?(?:to do|to be done|on my plate)", read_todo),
        (
            r"what (?:tasks|to-?dos|todos) (?:do i (?:still )?have|are (?:there|left|open))(?: left| open| today)?",
            read_todo,
        ),
        (r"(?:let me know |tell me |give me )?(?:my|the) list", read),
        (
            r"(?:pull|bring|call|get|put|read|throw|have|print) {the}NAME (?:up|at me|up for me|over here|on (?:the|my) screen)(?: (?:on (?:the|my)? ?screen|here|again))*",
            read,
        ),
        (r"what am i (?<list>[\w'-]+?)ing", read_known),
        (
            r"(?:what|which things)(?: else)? (?:do|should|must|have|did|can|would) (?:i|we) (?:(?:still|also|yet|really|actually|currently|even) )*(?:(?:have|need|got|want|left|ought|meant) )?(?:(?:still|left|yet) )*(?:to )?(?<verb>pack|buy|get|watch|read|bring)(?: (?:still|yet|next|for {t}|{t}))*",
            read_verb,
        ),
        (
            r"(?:what's|what is|what all is|anything)(?: still| there| left)* (?:left |still )*to (?<verb>pack|buy|watch|read|bring)(?: (?:still|yet|next))*",
            read_verb,
        ),
        (r"{the}(?<list>(?:shopping|grocery|to-?do|to do|todo|packing) (?:JOINED)?list)", read),
        (
            r"(?:read|show|show me|tell me) (?:me )?(?:it|the list)(?: out| back| to me| out loud| aloud| again)*",
            follow_read,
        ),
        // Off.
        (
            r"(?:clear|empty|wipe|reset|clean|purge|flush|blank)(?: out| off| down)? (?:ALL (?:on|from|off|in|out of) )?{the}(?:whole |entire )?NAME(?: out| off| clean| down| completely| entirely| now| again)*NOTHING",
            clear,
        ),
        (
            r"(?:start|begin|restart|do) {the}NAME(?: (?:all|over|again|afresh|anew|fresh|new|from scratch|from zero|from nothing|from the (?:beginning|start)|clean))+NOTHING",
            clear,
        ),
        (r"restart {the}NAME", clear),
        (
            r"{the}(?:whole |entire )?NAME (?:can|could|should|may|must) (?:now )?be (?:cleared|emptied|wiped|reset)(?: out| clean)?(?: now)?",
            clear,
        ),
        (
            r"{the}(?:whole |entire )?(?<list>[\w'& -]+ list) (?:can|could|should|may|must) (?:now )?(?:go|be (?:deleted|removed|scrapped|binned|erased|thrown (?:away|out)))(?: now)?",
            delete_known,
        ),
        (
            r"(?:start|begin)(?: (?:all|over|again|afresh|anew|fresh|from scratch))+ (?:with|on) {the}NAMENOTHING",
            clear,
        ),
        (r"(?:make|leave) {the}NAME (?:completely |totally )?(?:empty|blank|clean)(?: again)?", clear),
        (
            r"ALL (?:on|in) {the}NAME (?:can|could|should|may|must|needs? to|has to|have to) (?:(?:now|all|please) )*(?:go|be (?:removed|deleted|cleared|erased|taken off|taken out|wiped|thrown out|scrapped|binned|dropped|struck off|crossed off for good))(?: now| too)?",
            clear,
        ),
        (
            r"(?:clear|remove|delete|clean up|clear out|erase|hide|get rid of|take|drop) {the}(?:all )?(?:of )?(?:the )?(?:what(?:ever|'s| is| has been| i've| i have|ever is|ever's)* )?(?:completed|done|checked|ticked|finished|crossed off|bought|checked off|ticked off|crossed out)(?: off)?(?: (?:items|things|tasks|ones|entries|stuff))?(?: (?:from|off|on|in|of) {the}NAME)?",
            clear_done,
        ),
        (r"TAKE ALL (?:FROM|on|in) {the}NAMENOTHING", clear),
        (r"TAKE {the}(?<items>.+?) FROM {the}NAMETOO", remove),
        (r"(?:REMOVE|cancel) {the}(?<items>.+?) (?:on|in|of) {the}NAME", remove_on),
        (
            r"(?:REMOVE|take|knock|pull|wipe) {the}(?<items>.+?) FROM {the}(?<list>[\w'-]+(?: [\w'-]+)?)",
            remove_known_list,
        ),
        (r"(?:(?:i|we) (?:want|need) )?{the}(?<items>[\w', &-]+?) FROM {the}NAME", remove_known),
        (r"REMOVE {the}(?<items>.+?)TOO", remove_known),
        (r"take {the}(?<items>.+?) off", remove_known),
        (
            r"(?<items>.+?) (?:can|could|may|should|must) (?:(?:now|also|just|please) )*(?:come|go|be (?:taken|removed|deleted|struck|dropped|scratched|scrapped|cut)|get (?:taken|removed)) FROM {the}NAMETOO",
            remove_told,
        ),
        (r"(?<items>.+?)[,.;:!]* ASKTAKE THEM(?: FROM)?(?: {the}NAME)?", remove_told),
        (
            r"(?:mark|set|check|tick|count|flag|consider|call|treat|regard) (?:off )?{the}(?<items>.+?) (?:as |to |is )?DONE(?: (?:on|in|from|off) {the}NAME)?",
            complete,
        ),
        (
            r"(?:mark|set|check|tick|count|flag|put|make|consider|call|treat|regard) (?:off )?{the}(?<items>.+?) (?:on|in|from|off) {the}NAME (?:(?:off|as|to|is|to be|down as) )*DONE",
            complete,
        ),
        (
            r"TICK (?:off |out )?{the}(?<items>.+?)(?: off| out)?(?: (?:on|from|off|in|of|off of|out of) {the}NAME)?(?: as DONE)?",
            complete,
        ),
        (
            r"(?<items>.+?)[,.;:!]* ASKTICK THEM(?: off| out)?(?: (?:as )?DONE)?(?: (?:on|from|off|in|of) {the}NAME)?",
            complete_told,
        ),
        (
            r"(?<items>.+?) (?:can|could|may|should) (?:(?:now|also|just|please) )*(?:be|get) (?:ticked|checked|crossed|struck|marked|scratched)(?: off| out)?(?: (?:as )?DONE)?(?: (?:on|from|off|in|of) )?(?:{the}NAME)?",
            complete_told,
        ),
        (
            r"(?:TICK off|tick|mark|cross) (?:ALL (?:on|in|of|from|off) )?{the}(?:whole|entire|full|complete) NAME(?: off)?(?: as DONE)?",
            complete_all,
        ),
        (
            r"ALL (?:on|in|of|from|off) {the}NAME (?:is|are|has been|have been|was|were) (?:(?:all|now|already) )*DONE",
            complete_all,
        ),
        (
            r"ALL (?:on|in|of|from|off) {the}NAME(?:'s| is| are| has| have| was| were)\b[^,.;!:]*[,.;!:]+ ASK(?:TICK|complete|finish) (?:off )?(?<items>THEM)(?: off| out)?(?: (?:as )?DONE)?",
            complete_all,
        ),
        (r"(?:complete|finish|finished) {the}(?<items>.+?)(?: (?:on|from|in) {the}NAME)?", complete_known),
        (
            r"(?:i(?:'ve| have)? )?(?:just )?(?:bought|got|picked up|grabbed|already bought|already have|already got) {the}(?<items>.+?)(?: already)?(?: (?:from|off|on|in) {the}NAME)?(?: already)?",
            complete_known,
        ),
        (
            r"(?:i(?:'m| am|'ve| have)? )?(?:all |already |just )?(?:done with|finished with|done|did|finished|completed) {the}(?<items>.+?)(?: (?:from|off|on|in) {the}NAME)?",
            complete_known,
        ),
        (
            r"(?:i|we) (?:don't|do not|no longer) (?:need|want) (?:any )?(?:more )?{the}(?<items>.+?)(?: (?:any ?more|any longer|now|after all))?(?: on {the}NAME)?(?:[,;]? (?:so )?(?:please )?(?:take|remove|cross|forget|delete) (?:it|them|that)(?: (?:of|off|from)(?: {the}OTHER)?)?)?",
            remove_known,
        ),
        (r"{the}(?<items>.+?) (?:is|are) (?:done|finished|complete|bought)", complete_known),
        (
            r"(?:reopen|reinstate|un-?check|un-?tick|un-?mark|un-?cross) {the}(?<items>.+?)(?: (?:on|from|in|off) {the}NAME)?",
            reopen,
        ),
        (
            r"(?<items>[\w',& -]+?)(?:,? (?:on|onto|on to|to|for|in|into)|[,.;:!]+|,? [-–—>→]+) {the}(?<list>(?:shopping|grocery|groceries|to[ -]?do|packing|wish|watch|reading|bucket)[ -]?list)TOO",
            add_short,
        ),
        (
            r"(?<items>.+?),? (?:onto|on|to|for|in) {the}NAME,? (?:and|also|plus)(?: also)? (?<more>.+?) (?:onto|on|to|for|in) {the}OTHERTOO",
            add_both,
        ),
        (
            r"(?<items>[\w',& -]+?),? (?:on|onto|on to|to|for) {the}(?<list>(?:[\w'&-]+ ){1,3}list)TOO",
            add_short_known,
        ),
        (
            r"(?<items>[\w',& -]+?) (?:on|to|onto|for) {the}NAME,? (?:and(?: also)?|also|plus) {the}(?<more>[\w'-]+(?: [\w'-]+){0,2})",
            add_more_short,
        ),
        (r"add (?<items>.+)", add_somewhere),
        (
            r"(?:change|switch|set) (?:the (?:name|title) of {the}(?<list>[\w'& -]+? ?list)|{the}(?<of>[\w'& -]+? ?list)'s (?:name|title)) (?:to|into) {the}(?<name>.+?)(?: list)?",
            rename,
        ),
        (
            r"(?:rename|relabel|retitle) {the}(?<list>[\w'& -]+? ?list)(?: to| as|:)? {the}(?<name>.+?)(?: list)?(?: instead| from now on| now)?",
            rename,
        ),
        (
            r"(?:rename|relabel|retitle|call|name|turn) {the}(?<list>[\w'& -]+? ?list)(?: into)? {the}(?<name>.+?)(?: list)?(?: instead| from now on| now)?",
            rename_known,
        ),
        (
            r"(?:rename|relabel|retitle) {the}(?<list>[\w'& -]+?) (?:to|as) {the}(?<name>.+?)(?: list)?",
            rename_known,
        ),
        (
            r"(?:from (?:now|today|here)(?: on(?:wards)?)?,? )?{the}(?<list>[\w'& -]+? list) (?:(?:should|must|ought to|needs to|has to|can|shall|will|is to) (?:from now on |now )?be|is(?: from now on| now)?|will) (?:called|named|renamed(?: to| as)?|relabell?ed(?: as)?|known as) {the}(?<name>.+?)(?: list)?(?: instead| from now on| now)?",
            rename_known,
        ),
    ];
    Grammar::with(PARTS, rules)
});

pub static FOLLOW: LazyLock<Grammar> = LazyLock::new(|| {
    Grammar::with(
        PARTS,
        &[
            (
                r"(?:and|also|plus|add|and add|also add|oh and|as well as)(?: also)? (?<items>.+?)(?: (?:too|as well|again|to (?:it|that|the list)))?",
                follow_add,
            ),
            (r"(?:and |also |oh )*PUT (?<items>.+?) TO (?:{it}|there|here)(?: list)?TOO", follow_add),
            (
                r"(?:REMOVE|cross off|take) (?:the )?(?<which>first|second|third|fourth|fifth|last)(?: one| item| thing)?(?: off)?",
                remove_place,
            ),
            (
                r"(?:complete|TICK(?: off)?) (?:the )?(?<which>first|second|third|fourth|fifth|last)(?: one| item| thing)?(?: off| as done)?",
                complete_place,
            ),
            (
                r"(?:TICK|complete)(?: off)? (?:everything|all|the lot|(?:it|them|those|these) all|all of (?:it|them|those|these)|every one of them)(?: off| out)?(?: (?:as )?DONE)?",
                follow_complete_all,
            ),
            (r"(?:REMOVE|take) {the}(?<items>.+?)(?: off| out)?(?: FROM {it})?TOO", follow_remove),
            (r"TAKE {the}(?<items>.+?) FROM {it}TOO", follow_remove),
            (r"(?:no[, ]+)?(?:not|without) {the}(?<items>.+)", follow_remove),
            (r"(?:read|show|read out|read back|show me) {it}(?: to me| out| back)?", follow_read),
            (r"(?:what's|what is) (?:left |still )?(?:on|in) (?:it|that|there)(?: now)?", follow_read),
            (r"(?:clear|empty|wipe) {it}(?: out| clean)?", follow_clear),
        ],
    )
});
