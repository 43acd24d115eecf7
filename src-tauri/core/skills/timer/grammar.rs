//! What people say to their timers.

use std::sync::LazyLock;

use super::change::*;
use super::start::*;
use super::status::*;
use crate::skills::grammar::Grammar;

pub static GRAMMAR: LazyLock<Grammar> = LazyLock::new(|| {
    Grammar::new(&[
        // How they stand.
        (
            r"how (?:much|long|many (?:minutes|seconds|hours))(?: more)?(?: time)?(?: is| are| do i have| does it have| have i got| until)?(?: there)?(?: still)? (?:left|remaining|to go)(?: (?:on|in|for|of|until|till) {the}(?<target>.*?) ?(?:timers?)?)?",
            status,
        ),
        (
            r"how (?:much|long|many (?:minutes|seconds|hours))(?: more| longer)?(?: time)?(?: is| are| does| do i have| have i got| will| until| till)?(?: left)?(?: still)?(?: on| for| in)? {the}(?<target>.*?) ?timers?(?: got| have| has| is| goes off)?(?: left| remaining| to go| still| done| run| take| ends?)*",
            status,
        ),
        (r"how (?:much|long)(?: more| longer)(?: time)?(?: is it| to go| left)?", status_some),
        (
            r"how (?:much time|long) (?:have i got|do i have|do i still have|have i still got)(?: then)?",
            status_some,
        ),
        (
            r"(?:{show}|how's|how is|how are|how many|status of|what about|are any|any)(?: (?:on|the status of|left on|the time on|time left on|time remaining on|the))* {all}(?:(?:active|running|of|other|current|set|any) )*{the}(?:(?<target>.*?) )?timers?(?: (?:status|do i have|are there|are running|are set|running|set|doing|at|going|on|left|are on|is running|have i set|i have|are active|active|have i got|have i got going|look like|looking|i've set|there|now|please))*",
            status,
        ),
        (
            r"{the}(?<target>.+?) timer,? (?:how (?:long|much)(?: time| more| longer)*|what's)(?: is| are)?(?: left| to go| remaining)?",
            status,
        ),
        (r"(?:a|an|another|one|one more|new)(?: new)? timer", start_unknown),
        (r"(?:my |active |running |current )?timers?(?: status| list)?", status_or_start),
        (r"(?:status|state)(?: of| for| on)? {all}{the}(?:(?<target>.*?) )?timers?", status),
        (r"{the}(?<target>.+?) timers? status", status),
        (
            r"{the}(?:time|minutes|seconds|remaining time|time remaining)(?: left| remaining)?(?: (?:on|for|in|of|until) {the}(?:(?<target>.*?) ?timers?|(?<target2>.+)))?",
            status_time,
        ),
        (
            r"when (?:does|do|will|is|are|should) {the}(?<target>.*?) ?timers? (?:end|ends|go off|goes off|finish|finishes|done|up|ring|over|be done|be finished|be up|be over|expire|expires|going to go off|due|end up)",
            status,
        ),
        (
            r"(?:is|are|has|have|did) (?:there )?{all}{the}(?:(?<target>.+?) )?timers? (?:running|set|still running|running at the moment|going|on|still going|active|done|over|up|finished|paused|ended|expired|gone off|go off|finish|stopped|complete|ready)(?: yet| now| already)?",
            status,
        ),
        (r"what(?:'s| is) left (?:on|for|of) {the}(?:(?<target>.+?) )?timers?", status),
        (
            r"(?:set|change|make|put|i want|i need|i'd like) (?:the|my|our) (?<target>.+?) timer (?:to be|to|at|for) (?<by>{d}) instead",
            change_known,
        ),
        // Longer and shorter.
        (
            r"(?:add|put|tack on|tack|stick|give|throw) (?:another |an extra |extra |on )?(?<by>{d})(?: more| extra| longer)? (?:to|on|onto|on to|for) {all}{the}(?:(?<target>.*?) )?timers?",
            add,
        ),
        (
            r"(?:extend|increase|lengthen|prolong|stretch|up|bump up|raise) {all}{the}(?:(?<target>.*?) )?timers? (?:by|for|with) (?:another |an extra )?(?<by>{d})(?: more| longer| extra)?",
            add,
        ),
        (
            r"give {all}{the}(?:(?<target>.*?) )?timers? (?:another |an extra )?(?<by>{d})(?: more| extra| longer)?",
            add,
        ),
        (
            r"(?:make|let|run) {all}{the}(?:(?<target>.*?) )?timers? (?:run |go )?(?:for )?(?:another )?(?<by>{d}) (?:longer|more|extra)",
            add,
        ),
        (
            r"{the}(?<target>.+?) (?:timer )?(?:needs|need|wants|could use|requires) (?:another |an extra |about )?(?<by>{d})(?: more| extra| longer)?",
            add_known,
        ),
        (r"(?:add|give it|plus) (?:another |an extra |just )?(?<by>{d})(?: more| extra| longer)?", add_loose),
        (r"(?:give me |i need )?(?:just )?(?:another )?(?<by>{d}) (?:more|longer|extra)", add_loose),
        (r"(?:add|put) (?<by>{d})(?: more)? (?:to|on) {the}(?<target>.+)", add),
        (
            r"(?:take|take off|take away|remove|subtract|cut|knock|knock off|deduct|shave|shave off|minus|drop|lop|decrease|reduce)(?: off)? (?<by>{d}) (?:off|from|off of|off from|out of|of|away from) {all}{the}(?:(?<target>.*?) )?timers?",
            subtract,
        ),
        (
            r"(?:shorten|reduce|decrease|cut|lower|trim) {all}{the}(?:(?<target>.*?) )?timers?(?: down)? by (?<by>{d})",
            subtract,
        ),
        (r"make {all}{the}(?:(?<target>.*?) )?timers? (?<by>{d}) (?:shorter|less)", subtract),
        (
            r"(?:change|update|switch|adjust|modify|alter|make|reset) {the}(?:(?<target>.*?) )?timer (?:to|from .* to|for|into) (?<by>{d})(?: instead)?",
            change,
        ),
        (r"(?:actually,? |no,? |wait,? )*make (?:the|my|our) (?:(?<target>.+?) )?timer (?<by>{d})", change),
        (
            r"{the}(?:(?<target>.+?) )?timer (?:should|has to|needs to|must|ought to) (?:be|run for|last|go for)(?: for)? (?<by>{d})(?: instead(?: of .+)?|,? not .+)?",
            change,
        ),
        (
            r"{the}(?:(?<target>.+?) )?timer[,:]? (?:make|set|change) it(?: to| for)? (?<by>{d})(?: instead)?",
            change,
        ),
        // Held and resumed.
        (
            r"(?:pause|hold|freeze|suspend|halt)(?: on)? {all}{the}(?:(?<target>.*?) )?timers?(?: for now| for a (?:bit|moment|second|sec|while|minute))?(?: (?:for|called|named) {the}(?<target2>.+?))?(?: in (?:the|this|my) \w+(?: room)?)?",
            pause,
        ),
        (r"put {all}{the}(?:(?<target>.*?) )?timers? on (?:hold|pause)", pause),
        (
            r"(?:resume|unpause|un-pause|continue|carry on with|go on with|keep going with|proceed with|unfreeze) {all}{the}(?:(?<target>.*?) )?timers?(?: (?:for|called|named) {the}(?<target2>.+?))?(?: again)?(?: in (?:the|this|my) \w+(?: room)?)?",
            resume,
        ),
        (r"(?:resume|unpause|un-pause) (?:it|that)", resume_paused),
        (r"(?:start|restart) {all}{the}(?:(?<target>.*?) )?timers?(?: again)?", resume_paused),
        (
            r"(?:restart|reset|redo|start over|start again|rerun|repeat) {all}{the}(?:(?<target>.*?) )?timers?(?: from the (?:beginning|start))?(?: again| over)?",
            restart,
        ),
        (
            r"(?:rename|call|name|label) {the}(?:(?<target>.*?) )?timer (?:to |as )?{the}(?<name>.+)",
            rename_target,
        ),
        // Gone.
        (r"(?:{cancel}) it with {the}(?<kind>timers?)", cancel),
        (r"{cancel} {the}(?<kind>countdowns?)", cancel),
        (
            r"(?:please )?{cancel} {all}(?:of )?{the}(?:(?<target>.*?) )?(?<kind>timers?)(?: (?:for|called|named|on|that is|which is|of|with) {the}(?<target2>.+?))?(?: set)?(?: (?:that )?(?:i have|i(?:'ve| have) got|there are|are running|running))?(?: (?:that )?i(?:'ve| have)? (?:just )?(?:set|started|made|put on)(?: (?:for|called|named) {the}(?<target3>.+?))?)?(?: in (?:the|this|my) (?:[\w]+|[\w]+ room))?",
            cancel,
        ),
        (r"{cancel} {the}timer (?<target>[\w' -]+)", cancel_known),
        // By the name of one that runs, whatever else is said.
        (
            r"(?:how (?:long|much|many)|when (?:will|is|are|do|does)|what(?:'s| is) left|time (?:left|remaining)|tell me how)\b(?<rest>.+)",
            status_named,
        ),
        (
            r"(?:add|give|put|extend|increase|lengthen|prolong|let)\b(?<rest>.*?) (?:by |for |another |an extra )?(?<by>{d})(?: more| extra| longer)?",
            add_named,
        ),
        (r"(?<rest>.+?) (?:plus|\+) (?<by>{d})", add_named),
        (r"(?:add|give|put) (?<by>{d})(?: more)? (?:to|on|onto) (?<rest>.+)", add_named),
        (
            r"(?:add|put) (?:another |an extra )?(?<minutes>[\w-]+)(?: more)? (?:to|on|onto) (?<rest>.+? timer)",
            add_minutes,
        ),
        (
            r"(?:take|remove|knock|cut|shave|subtract|drop)(?: off)? (?<by>{d}) (?:off|from|off of) (?<rest>.+)",
            subtract_named,
        ),
        (r"(?:shorten|reduce|lower|decrease|cut) (?<rest>.+?) by (?<by>{d})", subtract_named),
        (r"(?:pause|hold|freeze) (?<rest>.+)", pause_named),
        (r"(?:resume|unpause|continue) (?<rest>.+)", resume_named),
        (r"(?:cancel|stop|kill|end|delete) (?<rest>.+)", cancel_named),
        (r"(?:turn|switch|shut) {all}{the}(?:(?<target>.*?) )?(?<kind>timers?) off", cancel),
        (
            r"i (?:don't|do not|no longer) need {all}{the}(?:(?<target>.*?) )?(?<kind>timers?)(?: ?any ?more| any longer| now)?",
            cancel,
        ),
        // New.
        (
            r"(?:{set} )?(?:two|three|2|3|several|some|multiple|a few|both) timers?[,:]?(?: -)?(?<many> .*{d}.*{d}.*)",
            start_many,
        ),
        (
            r"(?:{set} )?(?:two |2 )?timers (?:for|of) (?<first>[\w-]+) (?:minutes? |hours? |seconds? )?and (?<by>{d})",
            start_two,
        ),
        (
            r"(?:{set} )?{the}(?:timer|countdown)s? (?:for|of) {d},? and (?:another |one )?(?:for |of )?{d}",
            start_many,
        ),
        (
            r"(?:{set} )?{the}(?:timer|countdown),? (?:on )?(?:for|of|to|at|with|that runs|lasting|that lasts|going for)? ?(?:about |exactly )?{d}(?:,? (?:for|called|named|to|labell?ed|with the name|(?:and )?(?:call|name) it) {the}(?<name>.+))?",
            start,
        ),
        (
            r"for {d},? (?:set|start|run) {the}(?:timer|countdown)(?: (?:for|called|named|labell?ed) {the}(?<name>.+))?",
            start,
        ),
        (
            r"(?:{set} )?{the}(?:timer|countdown) (?:that|which|to) (?:go|goes|will go|should go|rings?|is|end) (?:off |up )?(?<end>{t})",
            start_in,
        ),
        (r"(?:{set} )?{the}(?:timer|countdown) {d}(?: (?:for|called|named) {the}(?<name>.+))?", start),
        (
            r"(?:{set} )?{the}(?:quick )?{d} (?:(?<name2>.+? )??)(?:long )?(?:timer|countdown)(?:,? (?:for|called|named|to|labell?ed|and (?:call|name) it) {the}(?<name>.+))?",
            start,
        ),
        (
            r"(?:{set} )?{the}(?:timer|countdown),? (?:for|called|named|labell?ed) {the}(?<name>.+?),?(?: for| of| at| to| in| with|,)? {d}",
            start,
        ),
        (
            r"(?:{set} )?{the}(?:(?<name>.+?) )?(?:timer|countdown) (?:to|that) (?:go off|goes off|ring|rings|end|ends|run out|runs out)(?: in| after)? {d}",
            start,
        ),
        (r"(?:set|adjust|put) (?:the|my|our) (?<target>.+?) timer (?:to|at) (?<by>{d})", change_known),
        (r"(?:{set} )?{the}(?<name>.+?) (?:timer|countdown)(?: for| of| at| to|:|,| with)? {d}", start),
        (
            r"(?:count ?down|time me|countdown|start counting|time|start a count)(?: down)?(?: from| for)? {d}(?: for me)?(?: for {the}(?<name>.+))?",
            start,
        ),
        (r"(?:give me|put|wait) {d}(?: on the (?:clock|timer))?(?: for {the}(?<name>.+))?", start),
        (r"(?:time|track) {the}(?<name>.+?) for {d}", start),
        (
            r"(?:let me know|know|tell me|alert me|buzz me|notify me|warn me|beep|ring|beep me)(?: when| in| after| once)? {d}(?: (?:is|are|have|has) (?:up|over|passed|gone|done))?",
            start,
        ),
        (
            r"{set} {the}(?:(?<name2>[\w ]+?) )?(?:timer|countdown)(?: (?:for|called|named) {the}(?<name>.+))?",
            start_unknown,
        ),
        (
            r"(?:the|my) timer (?:should|needs to|must|has to|is to|is)(?: be| have)?(?: set)?(?: for| at| to)? ?{d}(?: set(?: to| on) it)?",
            start,
        ),
        (
            r"{d} (?:is|should be) (?:what )?(?:the (?:setting|time) for )?the timer(?: should be set(?: at| to| for)?)?",
            start,
        ),
        (r"time (?:me|something)", start_unknown),
        (r"make (?:it|that) {the}timer (?:for|of) {d}", start),
        (r"(?:set|start) (?:a new |a |another )?one (?:for|of) {d}", start),
        (r"(?:{set} )?{the}(?:timer|countdown) (?<name>[\w'-]+) {d}", start),
        (r"(?:{set} )?{the}(?:timer|countdown) {d},? (?<name>[\w'-]+)", start),
        (
            r"(?:(?:i (?:want|need|am going|have)|i'm going) )?.+? {d},? (?:so |and )?(?:please |can you |could you |would you |will you )?(?:set|start|run|put on) {the}timer(?: for (?:that|it|them))?",
            start,
        ),
        (r"(?:{set} )?{the}(?:timer|countdown) (?:until|till|to|for) (?<end>{t})", start_until),
        (r"(?:alert|buzz|beep|notify|warn|ping) me (?<end>{t})", start_in),
    ])
});

pub static FOLLOW: LazyLock<Grammar> = LazyLock::new(|| {
    Grammar::new(&[
        (
            r"{no}*{cancel} (?:the )?(?<target>(?:first|second|third|fourth|fifth|last|latest)(?: one)?)",
            cancel,
        ),
        (r"{no}*(?:cancel|stop|delete|forget|remove|kill|end|drop|scrap) {it}(?: timer)?", follow_cancel),
        (r"(?:pause|hold|freeze) {it}", follow_pause),
        (r"(?:resume|unpause|continue|start) {it}(?: again)?", follow_resume),
        (
            r"(?:how (?:long|much)(?: is| time is)?(?: left| longer| more)?(?: on {it})?|how's it going|how is it going|what's left|time left)",
            follow_status,
        ),
        (r"{no}+(?:for |to )?{d}(?: instead| please)?", follow_change),
        (r"(?:change|set|make|switch) {it}(?: to| for)? {d}(?: instead)?", follow_change),
        (r"{d} (?:instead|rather)", follow_change),
        (
            r"(?:and |also )?(?:another|another one|one more|a second one|one|and one)(?: timer)?(?: for| of)? {d}(?: (?:for|called) {the}(?<name>.+))?",
            start,
        ),
        (r"(?:call|name|rename|label) {it} (?:to )?{the}(?<name>.+)", rename),
        (r"(?:add|give it|plus) (?:another )?{d}(?: more)?(?: to {it})?", add_loose),
        (r"(?:take|remove|subtract) {d} (?:off|from)(?: of)? {it}", follow_subtract),
    ])
});
