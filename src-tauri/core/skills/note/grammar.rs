//! What people say of their notes.

use std::sync::LazyLock;

use super::change::*;
use super::find::*;
use super::{ask_text, take, take_told};
use crate::skills::grammar::Grammar;

pub static GRAMMAR: LazyLock<Grammar> = LazyLock::new(|| {
    Grammar::new(&[
        // Find and read.
        (
            r"(?:search|look|check|find)(?: (?:in|through))? {all}{the}notes? (?:for|about) {the}(?<query>.+)",
            find,
        ),
        (r"(?:search|look|find|check)(?: for| up)? {the}(?<query>.+?) in {the}notes?", find),
        (
            r"(?:is|was) there (?:anything|something|a note) (?:in|among) {the}notes? (?:about|on|regarding) {the}(?<query>.+)",
            find,
        ),
        (r"what (?:does|do|did) {the}notes? say (?:about|on) {the}(?<query>.+)", find),
        (r"what (?:does|did) {the}(?<query>\S+(?: \S+)?) note say", find_word),
        (r"what(?:'s| is) {the}notes? (?:about|on) {the}(?<query>.+)", find),
        (
            r"(?:did|have) i (?:write|written|note|noted|jot|jotted)(?: down)? (?:anything|something)(?: down)? (?:about|on) {the}(?<query>.+)",
            find,
        ),
        (r"(?:where's|where is) {the}notes? (?:about|on|for|with) {the}(?<query>.+)", find),
        (r"(?:what (?:have i|did i) (?:noted|note|written down|write down))(?: so far)?", read),
        (r"(?:any|the) notes", read),
        (
            r"(?:show me|show|list|read me|read|read out|read back|what are) (?:everything in |all )?{the}notes(?: (?:that )?i(?:'ve|ve| have)? (?:made|taken|written|got))?",
            read,
        ),
        (
            r"what (?:was|is) the last (?:thing|note) (?:that )?i (?:noted|wrote down|jotted down|took|made)(?: down)?",
            read_last,
        ),
        (r"(?:i need to |help me )?find {the}note (?:about|on|with|for) {the}(?<query>.+)", find),
        (
            r"(?:have i got|do i have|is there) anything in {the}notes? (?:about|on|regarding) {the}(?<query>.+)",
            find,
        ),
        (
            r"which of {the}notes (?:mention|mentions|are about|is about|contain|talk about) {the}(?<query>.+)",
            find,
        ),
        (r"search {the}notes? (?:for|about) {the}(?<query>.+)", find),
        (r"(?:what|which) notes (?:do i have|have i (?:got|taken|made|written)|are there)", read),
        (r"(?:what did i (?:note|write down|jot down)) (?:last|lately|most recently)", read_last),
        (r"(?:read|show|tell)(?: me)? {the}last (?:one )?of {the}notes", read_last),
        (r"pull up {the}(?<query>\S+(?: \S+)?) notes?", find_word),
        (r"what (?:does|do|did) {the}notes? (?:about|on|for|regarding) {the}(?<query>.+?) say", find),
        (r"where did i (?:note|write down|jot down|put|note down) {the}(?<query>.+)", find),
        (r"(?:show|read|read me|tell me|what(?:'s| is| was)) {the}most recent note", read_last),
        (r"what was {the}(?<which>last|latest|first) note", read),
        (
            r"(?:search|find|look up|look for|look through|show me|show|read me|read|get|open|check|what's in|what is in|where is|pull up) (?:in )?{all}{the}notes? (?:about|on|for|with|mentioning|regarding|that mentions?|containing|of|where i wrote(?: about)?) {the}(?<query>.+)",
            find,
        ),
        (r"(?:search|look) (?:in |through )?{all}{the}notes?", read),
        (
            r"(?:find|look up|show me|show|read|read me|open|get|see) {the}(?<query>\S+(?: \S+)?) notes?",
            find_word,
        ),
        (
            r"what (?:did|have) i (?:note|noted|write down|written down|jot|jotted|jot down|jotted down|note down)(?: about| on| regarding)? {the}(?<query>.+)",
            find,
        ),
        (
            r"(?:do i have|are there|is there|have i got|did i (?:take|make|write)) (?:any |some |a )?{the}notes? (?:about|on|for|with|mentioning|regarding) {the}(?<query>.+)",
            find,
        ),
        (
            r"(?:any|which|what) notes?(?: do i have)? (?:about|on|mention|mentions|mentioning|regarding|with|have|contain|talk about)(?: about)? {the}(?<query>.+)",
            find,
        ),
        (
            r"(?:{show}|how many|what do) {all}(?:of )?{the}(?<which>last|latest|first|recent|newest|second|third)? ?notes?(?: (?:do i have|have i taken|are there|i have|say|out|to me|have i made|have i got))*",
            read,
        ),
        (r"(?:all )?(?:my )?(?<which>last|latest|recent|first)? ?notes", read),
        // Delete.
        (
            r"(?:delete|remove|erase|forget|clear|trash|throw away|get rid of|bin|wipe|scrap) (?<all>all|every|all of)(?: (?:of )?)?{the}notes?(?: (?:that )?i(?:'ve| have)?(?: got| made| taken| written)?)?",
            delete_all,
        ),
        (r"(?:delete|erase|clear|trash|wipe|bin) {the}notes", delete_all),
        (r"(?:delete|erase|clear|remove|trash) everything (?:in|from) {the}notes", delete_all),
        (
            r"(?:delete|remove|erase|forget|trash|throw away|get rid of|bin|scrap|wipe|drop|ditch) {the}note (?:number |no\.? |#)?(?<number>\d+)",
            delete_numbered,
        ),
        (
            r"(?:delete|remove|erase|forget|trash|throw away|get rid of|bin|scrap|wipe|drop|ditch) {the}(?<which>last|latest|first|second|third|newest|most recent) notes?",
            delete,
        ),
        (
            r"(?:delete|remove|erase|forget|trash|throw away|get rid of|bin|scrap|wipe|drop|ditch) {the}notes? (?:about|on|for|with|saying|that says|mentioning|regarding|of|that) {the}(?<query>.+)",
            delete,
        ),
        (r"(?:delete|remove|erase|forget) (?:a|one|one of)(?: my| the)? notes?", delete),
        (
            r"(?:delete|remove|erase|forget|trash|throw away|get rid of|bin|scrap|wipe|drop|ditch) {the}(?<query>.+?) notes?",
            delete,
        ),
        (
            r"(?:delete|remove|erase|forget|trash|throw away|get rid of|bin|scrap|wipe|drop|ditch) {the}note",
            delete,
        ),
        // Change.
        (
            r"(?:change|edit|update|correct|rewrite) {the}(?<which>last|latest|first|most recent)? ?note(?: (?:about|on|regarding) (?<query>.+?))? (?:to say|so that it says|so it says|to read|and say|and write)[: ]+(?:that )?(?<text>.+)",
            edit,
        ),
        (
            r"(?:change|edit|update|correct|rewrite) {the}(?<which>last|latest|first|most recent)? ?note(?: (?:about|on|regarding) (?<query>[^:]+?))?: ?(?<text>.+)",
            edit,
        ),
        (
            r"(?:change|edit|update|replace|correct|rewrite) {the}(?<query>\S+(?: \S+)?) note(?: to| with|:| to say)[: ]+(?<text>.+)",
            edit_word,
        ),
        (r"(?:add|append) (?<text>.+) to {the}(?<query>\S+(?: \S+)?) note", append_word),
        (r"(?:add|append) to {the}(?<query>\S+(?: \S+)?) note[:,] ?(?<text>.+)", append_word),
        (
            r"(?:change|edit|update|replace|correct|rewrite) {the}(?<which>last|latest|first|most recent)? ?note(?: (?:about|on) (?<query>.+?))? (?:to|with|so that it says|to say)[: ]+(?<text>.+)",
            edit,
        ),
        (r"(?:add|append) (?<text>.+) to {the}(?<which>last|latest|first|most recent) note", append),
        (r"(?:add|append) to {the}(?<which>last|latest|first|most recent) note[:,]? (?<text>.+)", append),
        (r"(?:add|append) (?<text>.+) to {the}note (?:about|on) (?<query>.+)", append),
        (r"(?:add|append) to {the}note (?:about|on) (?<query>[^:]+?): ?(?<text>.+)", append),
        // Take.
        (
            r"(?:take|make|write|write up|type|type up|add|create|new|start|leave|record|save|put|keep|jot down|put down|take down)(?: down)? {the}(?:quick )?(?:note|memo)\b(?: (?:with the (?:text|words)|that says|that|saying|to self|to myself|which says|about|of|to|for me|called|named|titled)\b)?[: ,-]*(?<text>.*)",
            take,
        ),
        (r"(?:quick |new )?(?:note|memo)(?: to (?:self|myself))?(?: that|[:,-]) ?(?<text>.+)", take),
        (r"notes: ?(?<text>.+)", take),
        (r"(?:(?:quick |new )?note to (?:self|myself)|quick note|memo) (?<text>.+)", take),
        (
            r"(?:save|store|keep|put|write) (?:this|that|it)(?: down)? as {the}(?:note|memo)(?: that|[:,-])* (?<text>.+)",
            take,
        ),
        (
            r"(?:write|note|jot|put)(?: down)? (?:something|sth|an idea|a thought|some ideas|a few things)(?: down)?",
            ask_text,
        ),
        (
            r"(?:write this down|note this|save this|store this|jot this down|note this down|note down|note|jot down|jot|write down|put down|take down|remember this|note this down|make note|keep in mind|take this down|for the record)(?: for (?:me|us|later))?(?: that|[:,-])* (?<text>.+)",
            take,
        ),
        (
            r"(?:remember|please remember|bear in mind|don't forget|do not forget|keep in mind|save|record)(?: this)?(?: that|:) (?<text>.+)",
            take,
        ),
        (r"(?:put|add|write) (?:it )?(?:in|to|into) {the}notes?(?: that|[:,])? (?<text>.+)", take),
        (r"(?:log|record) that (?<text>.+)", take),
        (r"for (?:future|later) reference[:,]? (?<text>.+)", take),
        (r"take note(?: that|[:,])* (?<text>.+)", take),
        (
            r"(?:remember|don't forget|do not forget|keep in mind)(?: that)? (?<text>(?:i|we|he|she|it|they|my|our|his|her|their|the|[\p{L}]+(?:'s| [\p{L}]+))\b.* (?:is|are|was|were|has|have|had|lent|owes|hate|hates|like|likes|love|loves|left|put|parked|gave|need|needs|closes|opens) .+)",
            take_told,
        ),
        (r"remember (?<text>(?:my|our|his|her|their|the) .+ (?:is|are|was|were|has|have) .+)", take),
        (r"(?:start|make|take|write|add) {the}(?:new |quick )?note", ask_text),
    ])
});

pub static FOLLOW: LazyLock<Grammar> = LazyLock::new(|| {
    Grammar::new(&[
        (r"{no}*(?:delete|remove|forget|erase|drop) {it}(?: note)?", follow_delete),
        (
            r"(?:delete|remove|forget|erase) the (?<which>first|second|third|fourth|fifth|last)(?: one| note)?",
            follow_delete_place,
        ),
        (
            r"(?:read|show)(?: me)? the (?<which>first|second|third|fourth|fifth|last)(?: one| note)?",
            follow_read_place,
        ),
        (r"(?:change|edit|update) {it} to[: ]+(?<text>.+)", follow_edit),
        (r"(?:add|append)[: ]+(?<text>.+?) to {it}", follow_append),
    ])
});
