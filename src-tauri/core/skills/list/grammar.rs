//! What people say to their lists.

use std::sync::LazyLock;

use super::add::*;
use super::read::*;
use super::take::*;
use super::whole::*;
use crate::skills::grammar::{Act, Grammar};

/// A list by its name, as people say it.
const NAME: &str = r"(?:{t}'s )?(?<list>lists? of (?:the |my )?(?:things|stuff) to (?:do|buy|get done)|(?:(?:shopping|grocery|groceries|to-?do|to do|todos|task|tasks|packing|wish|reading|[\w'&-]+(?: [\w'&-]+){0,2}) )?lists?|lists? (?:of|for) (?:the |my )?[\w'&-]+(?: [\w'&-]+)?|shopping|groceries|to[ -]?dos?|to do's|tasks)";

/// A second list in the same breath.
const OTHER: &str = r"(?<other>(?:[\w'&-]+(?: [\w'&-]+){0,2} )?list|shopping|groceries|to-?dos?|tasks)";

/// What marks a thing as done.
const DONE: &str =
    r"(?:done|complete|completed|bought|finished|checked|ticked|gotten|purchased|checked off|ticked off)";

pub static GRAMMAR: LazyLock<Grammar> = LazyLock::new(|| {
    let rules: &[(&str, Act)] = &[
        // Whole lists gone: before all that puts things on one.
        (
            r"(?:delete|remove|get rid of|erase|throw away|drop|trash|destroy) {the}(?:whole |entire )?(?<list>(?:[\w'& -]+ )?list)(?: completely| entirely| altogether)?",
            delete,
        ),
        (
            r"(?:i need to know|tell me|let me know|do you know|check|see) (?:if|whether) {the}(?<item>.+?) (?:is|are) (?:already )?(?:on|in) {the}NAME",
            has,
        ),
        // From one to another.
        (
            r"(?:move|transfer|shift) {the}(?<items>.+?) (?:from|off|off of) {the}NAME (?:to|onto|into|over to) {the}OTHER",
            move_items,
        ),
        (r"(?:move|transfer|shift) {the}(?<items>.+?) (?:to|onto|into|over to) {the}OTHER", move_items),
        (
            r"(?:move|transfer|shift) {the}(?<items>.+?) (?:to|onto|into|over to) {the}list (?:called|named) {the}(?<other>[\w'& -]+)",
            move_items,
        ),
        (
            r"(?:replace|swap|exchange|substitute|change) {the}(?<items>.+?) (?:with|for|by|to|into) (?<new>.+?) (?:on|in|from) {the}NAME",
            replace_item,
        ),
        // Which there are.
        (
            r"(?:{show}|how many) (?:(?:all|all of) )?{the}lists(?: (?:do i have|are there|have i got|i have|exist|have i made))*",
            lists,
        ),
        (r"(?:all )?(?:my )?lists", lists),
        (
            r"(?:please )?(?:tell me |show me |list )?(?:what|which)(?: kinds? of| are(?: all)?(?: the| my)?)? lists\b(?: .*)?",
            lists,
        ),
        (r"(?:what |which |all )?lists (?:do )?i have(?: got)?", lists),
        (r"(?:name|find) (?:me )?{the}lists(?: available)?", lists),
        // New ones.
        (
            r"(?:{set}|write) {the}(?:new |empty )*(?<list>[\w'& -]+?) list(?: (?:with|containing|that has|and add|and put)(?: on it)? (?<items>.+))?",
            create,
        ),
        (
            r"(?:{set}|write) {the}(?:new |empty )*list (?:called|named|for|of|with the name|titled|:) ?{the}(?<list>[^,:]+?)(?: (?:with|containing) (?<items>.+)|: (?<items2>.+))?",
            create,
        ),
        (r"(?:{set}|write) {the}(?:new |empty )*list", create),
        (r"open (?:a |another )?new list", create),
        (r"open {the}(?:new )?list (?:called|named|by the name of|for) {the}(?<list>.+)", create),
        (r"(?:(?:{set}|write) )?{the}new list: (?<list>.+)", create),
        (
            r"(?:on|in) {the}NAME,? (?:replace|swap|exchange|substitute|change) {the}(?<items>.+?) (?:with|for|by|to|into) (?<new>.+)",
            replace_item,
        ),
        // Not done after all: before all that puts things on one.
        (
            r"(?:reopen|re-open|uncheck|untick|unmark|uncross) {the}(?<items>.+?) (?:on|in|from) {the}NAME",
            reopen,
        ),
        (
            r"(?:put|mark|set|move) {the}(?<items>.+?)(?: back)? (?:as|to) (?:not |un)(?:done|bought|finished|completed?|checked|ticked)(?: (?:on|in) {the}NAME)?",
            reopen,
        ),
        (
            r"(?:(?:i|we) (?:still |do )*need )?{the}(?<items>.+?),? (?:so )?(?:uncheck|untick|unmark) (?:it|them|that)(?: (?:on|in) {the}NAME)?",
            reopen,
        ),
        (r"(?:to|on|onto|for) {the}NAME,? (?:add|put|write) (?<items>.+?)(?: as well| too| also)?", add),
        (
            r"(?:i'm|i am|we're|we are)(?: all)? out of (?<items>.+?)[;,.]? (?:(?:so|please) )*add to {the}NAME",
            add,
        ),
        (r"(?:from|off) {the}NAME,? (?:delete|remove|take|drop) {the}(?<items>.+)", remove),
        (r"(?:get|have) (?<items>.+?) (?:added|put) (?:to|on|onto) {the}NAME", add),
        // Put on.
        (
            r"(?:add|ad|put|include|write|stick|throw|get|place|note|insert|append|jot|pop|chuck)(?: down| back)? (?<items>.+?) (?:on to|onto|on|to|in|into|under) {the}NAME(?: (?:too|as well|also))?",
            add,
        ),
        (
            r"(?:add|put) (?<items>.+?) (?:on|to|onto) {the}NAME,? (?:and(?: also)?|also|plus) {the}(?<more>[\w'-]+(?: [\w'-]+){0,2})",
            add_more,
        ),
        (r"(?:add|put) (?:to|on) {the}NAME[:,]? (?<items>.+)", add),
        (r"(?:update|extend) {the}NAME (?:with|by) (?<items>.+)", add),
        (r"(?:add|put) (?<items>.+?) (?:to|on|onto) {the}new list (?:called|named) {the}(?<list>.+)", add),
        (r"(?:add|put) (?<items>.+?) (?:to|on|onto|in) {the}(?<list>[\w'-]+(?: [\w'-]+)?)", add_known_list),
        (
            r"(?:(?:i|we)(?:'re| are|'m| am|'ve| have)? (?:all |also |just |almost |nearly |still )*(?:(?:have|need) to (?:do |get |buy )?|need (?:some |more )*|(?:don't|do not) have (?:any )?(?:more )?|no (?:more )?|(?:run |ran )?out of |low on |short of |could use )?)?(?<items>.+?),? (?:(?:so|and|please|will you|would you|can you|could you) )*(?:add|put|stick|pop|throw|chuck|write) (?:that|it|this|them) (?:to|on|onto) {the}NAME",
            add,
        ),
        (r"add (?<task>.+?) as a (?:task|to-?do|todo)", add_task),
        (r"new (?:task|to-?do|todo)(?: to)?:? (?<task>.+)", add_task),
        (
            r"(?:new |another |next )?(?:item|thing|entry|task)s? (?:on|for|to) {the}NAME ?: ?(?<items>.+)",
            add,
        ),
        (r"{the}NAME,? (?:add|put|plus):? (?<items>.+)", add),
        (
            r"(?:i need|i want|i'd like|we need|there should be) (?<items>.+?) (?:on|to|added to) {the}NAME",
            add,
        ),
        (r"(?:add|put) (?<items>.+?) (?:to|on) (?:it|that one)", add_to_it),
        (r"{the}(?<list>shopping|grocery|to-?do|to do|[\w'-]+) list ?: (?<items>.+)", add),
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
            r"(?:is|are|do i (?:already )?have|did i (?:remember to |forget to )?(?:put|add|include)|have i (?:already )?(?:put|added|included)) (?:there )?(?:any )?{the}(?<item>.+?) (?:already )?(?:on|in|to) {the}NAME(?: already)?",
            has,
        ),
        (
            r"(?:how many|how much) (?:things|items|tasks|entries)?(?: do i have| are| is)?(?: there)? ?(?:on|in) {the}NAME",
            read,
        ),
        (
            r"(?:{show}|what does|how does|how long is|what else is|what all is|let me see|what have i got|what do i have|what do we have) (?:(?:everything|both|what's|all the things|all|the items|items|things|me|out|is|left|have i got|do i have|we have|i have) )*(?:(?:on|in|off|from) )?{the}NAME(?: (?:have|say|look like|contain|for {t}|again))?",
            read,
        ),
        (
            r"what (?:do|should|did|must) (?:i|we) (?:still )?(?:need|have to buy|have to get|need to buy|need to get|need to pick up|want to buy|want to get|want|buy|get|pick up|shop for|need to shop for)(?: (?:at|from|in) the (?:store|shop|shops|supermarket|grocery store|market))?(?: today| tomorrow)?",
            read_shopping,
        ),
        (r"(?:what|which) [\w ]+? (?:is|are|do i have|did i put) (?:still |left )?(?:on|in) {the}NAME", read),
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
        (r"(?:do i have|is there) anything (?:on|in|left on) {the}NAME", read),
        (r"(?:let me know |tell me |give me )?(?:my|the) list", read),
        (r"what am i (?<list>[\w'-]+?)ing", read_known),
        (r"{the}(?<list>(?:shopping|grocery|to-?do|to do|todo|packing) list)", read),
        // Off.
        (r"(?:clear|empty|wipe|reset|clean)(?: out)? (?:everything (?:on|from|off) )?{the}NAME", clear),
        (
            r"(?:clear|remove|delete|clean up|clear out|erase|hide) {the}(?:all )?(?:of )?(?:the )?(?:completed|done|checked|ticked|finished|crossed off|bought|checked off|ticked off|crossed out)(?: off)?(?: (?:items|things|tasks|ones|entries|stuff))?(?: (?:from|off|on|in|of) {the}NAME)?",
            clear_done,
        ),
        (
            r"(?:remove|delete|take|erase|clear) (?:everything|all(?: the)?(?: items| things)?|all of it) (?:from|off|on|off of) {the}NAME",
            clear,
        ),
        (
            r"(?:remove|delete|erase|drop|scratch|strike|cancel|get rid of) {the}(?<items>.+?) (?:from|off|off of|on) {the}NAME",
            remove,
        ),
        (
            r"(?:remove|delete|take off|take|erase|drop) {the}(?<items>.+?) (?:from|off|off of|out of) {the}(?<list>[\w'-]+(?: [\w'-]+)?)",
            remove_known_list,
        ),
        (r"(?:remove|delete|drop|scratch|erase|take off) {the}(?<items>.+)", remove_known),
        (r"take (?:off )?{the}(?<items>.+?) (?:from|off|off of|out of) {the}NAME", remove),
        (
            r"(?:mark|set|check|tick|count|flag) (?:off )?{the}(?<items>.+?) (?:as |to |is )?DONE(?: (?:on|in|from|off) {the}NAME)?",
            complete,
        ),
        (
            r"(?:check|tick|cross|mark|strike|scratch) (?:off |out )?{the}(?<items>.+?)(?: off| out)?(?: (?:on|from|off|in|of|off of|out of) {the}NAME)?(?: as DONE)?",
            complete,
        ),
        (
            r"(?:i|we)(?:'ve| have)? (?:just |already |now )?(?<items>.+?),? (?:so )?(?:you can )?(?:please )?(?:tick|check|cross|mark|strike) (?:it|that|them)(?: off)?(?: (?:as )?DONE)?(?: (?:on|from|off|in|of) {the}NAME)?",
            complete_told,
        ),
        (r"(?:complete|finish|finished) {the}(?<items>.+?)(?: (?:on|from|in) {the}NAME)?", complete_known),
        (
            r"(?:i(?:'ve| have)? )?(?:just )?(?:bought|got|picked up|already bought|already have|already got) {the}(?<items>.+?)(?: already)?",
            complete_known,
        ),
        (
            r"(?:i(?:'m| am|'ve| have)? )?(?:all |already |just )?(?:done with|finished with|done|did|finished|completed) {the}(?<items>.+)",
            complete_known,
        ),
        (
            r"(?:i|we) (?:don't|do not|no longer) (?:need|want) (?:any )?(?:more )?{the}(?<items>.+?)(?: (?:any ?more|any longer|now|after all))?(?: on {the}NAME)?(?:[,;]? (?:so )?(?:please )?(?:take|remove|cross|forget|delete) (?:it|them|that)(?: (?:of|off|from)(?: {the}OTHER)?)?)?",
            remove_known,
        ),
        (r"{the}(?<items>.+?) (?:is|are) (?:done|finished|complete|bought)", complete_known),
        (r"(?:uncheck|untick|unmark) {the}(?<items>.+?)(?: (?:on|from|in) {the}NAME)?", reopen),
        (
            r"(?<items>[\w' -]+?) (?:on|onto|to) {the}(?<list>(?:shopping|grocery|groceries|to[ -]?do|packing) list)",
            add_short,
        ),
        (r"add (?<items>.+)", add_somewhere),
        (
            r"(?:change|switch) the name of {the}(?<list>[\w'& -]+? ?list) (?:to|into) {the}(?<name>.+?)(?: list)?",
            rename,
        ),
        (r"rename {the}(?<list>[\w'& -]+? ?list) (?:to|as) {the}(?<name>.+?)(?: list)?", rename),
    ];
    let named: Vec<(String, Act)> = rules
        .iter()
        .map(|(pattern, act)| {
            (pattern.replace("NAME", NAME).replace("OTHER", OTHER).replace("DONE", DONE), *act)
        })
        .collect();
    let named: Vec<(&str, Act)> = named.iter().map(|(pattern, act)| (pattern.as_str(), *act)).collect();
    Grammar::new(&named)
});

pub static FOLLOW: LazyLock<Grammar> = LazyLock::new(|| {
    Grammar::new(&[
        (
            r"(?:and|also|plus|add|and add|also add|oh and|as well as)(?: also)? (?<items>.+?)(?: (?:too|as well|again|to (?:it|that|the list)))?",
            follow_add,
        ),
        (
            r"(?:add|put|stick|pop|throw) (?<items>.+?) (?:on|to|in) (?:{it}|there|here)(?: too| as well| also| again)?",
            follow_add,
        ),
        (
            r"(?:remove|delete|take off|drop|cross off|take) (?:the )?(?<which>first|second|third|fourth|fifth|last)(?: one| item| thing)?(?: off)?",
            remove_place,
        ),
        (
            r"(?:check off|complete|tick off|mark|tick) (?:the )?(?<which>first|second|third|fourth|fifth|last)(?: one| item| thing)?(?: off| as done)?",
            complete_place,
        ),
        (r"(?:remove|delete|take off|drop|take) {the}(?<items>.+?)(?: off)?(?: again)?", follow_remove),
        (r"(?:no[, ]+)?(?:not|without) {the}(?<items>.+)", follow_remove),
        (r"(?:read|show|read out|read back|show me) {it}(?: to me| out| back)?", follow_read),
        (r"(?:what's|what is) (?:on|in) (?:it|that|there)(?: now)?", follow_read),
        (r"(?:clear|empty) {it}", follow_clear),
    ])
});
