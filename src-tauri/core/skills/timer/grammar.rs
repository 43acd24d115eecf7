//! What people say to their timers.

use std::sync::LazyLock;

use super::change::*;
use super::start::*;
use super::status::*;
use crate::skills::grammar::{Act, Grammar};
use crate::skills::tasks::grammar;

/// A number that is a length in minutes where no unit is said.
pub(in crate::skills) const NUMBER: &str = r"(?:\d{1,3}|(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)(?:[ -](?:one|two|three|four|five|six|seven|eight|nine))?|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|(?:thir|four|fif|six|seven|eigh|nine)teen)";

/// How one is told that a time is over.
const SIGNAL: &str = r"(?:let (?:me|us) know|know|(?:tell|alert|buzz|notify|warn|beep|ring|ping|prod|nudge|poke|call|shout|shout at|holler at|yell at|beep at|bleep|bleep at|ding|buzz at|bell|chime at|honk at|signal|page|poke at) (?:me|us)|beep|ring|bleep|ding|buzz|chime|shout|holler|make a noise|sound off|sound a bell|go off|give (?:me|us) (?:a|an) (?:shout|buzz|ping|bell|beep|ring|nudge|call|poke|prod|heads up|heads-up|alert|signal|ding|holler|yell|bleep|chime|warning))";

/// Says of a time that it is over.
const PASSED: &str = r"(?:(?: (?:is|are|have|has|had)|'s|'ve)?(?: been)?(?: and)? (?:up|over|passed(?: by)?|gone(?: by| past)?|done|elapsed|finished|through|run out|expired|ended|out|past|been and gone))?";

/// Takes a length off.
const TAKE: &str = r"(?:take|take away|remove|subtract|cut|knock|deduct|shave|minus|drop|lop|decrease|reduce|trim|chop|lose|dock|clip|snip|slice|scrape|whip|pull|get|strip|pare)(?: off| out| back)?";

pub static GRAMMAR: LazyLock<Grammar> = LazyLock::new(|| {
    let rules: &[(&str, Act)] = &[
        // Several at once, each with its length.
        (r".*\b(?:timers?|countdowns?)\b.*", start_several),
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
            r"(?:{list}|how's|how is|how are|how many|status of|what about|are any|any|got any|got|have you got any)(?: (?:on|the status of|left on|the time on|time left on|time remaining on|the))* {all}(?:(?:active|running|of|other|current|set|any) )*{the}(?:(?<target>.*?) )?timers?{owned}(?: (?:status|do i have|do i still have|have i still got|have i|do we have|on the go|on the run|ticking|ticking away|counting down|in progress|at once|up and running|still|currently|are there|are running|are set|running|set|doing|at|going|on|left|are on|is running|have i set|i have|are active|active|have i got|have i got going|look like|looking|i've set|there|now|please))*",
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
            r"when(?:'s| does| do| will| is| are| should) {the}(?<target>.*?) ?timers? (?:(?:due|set|meant|going|supposed|expected|likely|about|scheduled|gonna) (?:to )?)?(?:end|ends|go off|goes off|going off|ring|finish|finishes|done|up|ring|over|be done|be finished|be up|be over|expire|expires|going to go off|due|end up)",
            status,
        ),
        (
            r"(?:is|are|has|have|did) (?:there )?{all}{the}(?:(?<target>.+?) )?timers? (?:running|set|still running|running at the moment|going|on|still going|active|done|over|up|finished|paused|ended|expired|gone off|go off|finish|stopped|complete|ready)(?: yet| now| already)?",
            status,
        ),
        (r"what(?:'s| is) left (?:on|for|of) {the}(?:(?<target>.+?) )?timers?", status),
        (
            r"(?:(?:is|are|has|have|will|did) (?:there )?)?{all}{the}(?:(?<target>.+?) )?timers?(?: of (?:mine|ours)| (?:that )?(?:i|we) (?:set|started|put on))? (?:(?:nearly|almost|about|close to|anywhere near|near|still|already|yet|just about|going to|be|been|gonna|at|to|getting|ever|definitely|actually|not|is|are) )*(?:running|set|going|on|active|done|over|up|finished|finishing|paused|ended|ending|expired|expiring|gone off|go off|going off|finish|stopped|complete|completed|ready|ticking|counting|counting down|working|there|through|off yet|the end|elapsed)(?: yet| now| already| soon| still| ok| okay| at the moment| right now| currently)*",
            status_asked,
        ),
        (
            r"(?:{show}|how are|how's|tell me about) (?:(?:on|of|me|about) )*{all}{the}timers?(?: (?:running|going|set|now|doing|have|i|active))*,? (?:and|with|plus) (?:how (?:much|long)(?: time)?|what's|whats|what is|the|their|its)(?: (?:is|are|time|times|remaining|left|still|they|have|it|has|got|to go|on|for|of|in|each|every|all|them|these|those|it|one|both|timer))*",
            status,
        ),
        (
            r"(?:set|change|make|put|i want|i need|i'd like) (?:the|my|our) (?<target>.+?) timer (?:to be|to|at|for) (?<by>{d}) instead",
            change_known,
        ),
        (
            r"(?:what|whats|what's|anything|what all|do i have anything|have i got anything)(?: (?:is|have|do|i|we|you|got|else|on|set|there|going|running))*,? {by} ?timers?{wise}",
            status,
        ),
        // Longer and shorter.
        (
            r"(?:add|put|tack on|tack|stick|give|throw|pop|whack|chuck|bung|slap|lob|shove|lump|sling|stack|pile|let's add|i need|i want|i'd like|we need|i could (?:do with|use)|we could (?:do with|use)|i(?:'ll| will) need|i'd love|i'm going to need) (?:(?:another|an extra|extra|on|a further|an additional|about|just|up to) )*(?<by>{d})(?: more| extra| longer| on| further| additional)* (?:to|on|onto|on to|for|in|into) {all}{the}(?:(?<target>.*?) )?timers?(?: as well| too)?",
            add,
        ),
        (
            r"(?:give me|let me have|grant me|allow me|allow|hit me with|set|get|have|get me) (?:another|an extra|extra|a further|an additional) (?<by>{d})(?: more| extra| longer)* (?:to|on|onto|on to|for|in|into) {all}{the}(?:(?<target>.*?) )?timers?",
            add,
        ),
        (
            r"(?:extend|increase|lengthen|prolong|stretch out|stretch|up|bump up|bump|raise|push out|push back|push|draw out|boost|pad|pad out|top up|keep) {all}{the}(?:(?<target>.*?) )?timers?(?: up| out| on| back| running| going)? (?:by |for |with |up )?(?:another |an extra |an additional )?(?<by>{d})(?: more| longer| extra| later)?",
            add,
        ),
        (
            r"(?:give|grant|allow|let) {all}(?:of )?(?:the|my|our|that|this|those) (?:(?<target>.+?) )?timers?(?: have| get| run| go)?(?: for)? (?:another |an extra )?(?<by>{d})(?: more| extra| longer)?",
            add,
        ),
        (
            r"(?:make|let|run) {all}{the}(?:(?<target>.*?) )?timers? (?:run |go )?(?:for )?(?:another )?(?<by>{d}) (?:longer|more|extra)",
            add,
        ),
        (
            r"{the}(?<target>.+?) (?:timer )?(?:(?:just|still|really|actually|also|probably) )*(?:needs|need|wants|want|(?:could|can|would|will|might) (?:really |probably )?(?:use|do with|need|want|take|have)|requires?|has to have|should (?:have|get|run|go)|(?:is|are) (?:going to|gonna) need|gets?|(?:'ll|wouldn't mind)(?: need)?)(?: to (?:run|go|have|cook|be))?(?: (?:for|about|at least|just|maybe))* (?:another |an extra |an additional |a further )?(?<by>{d})(?: more| extra| longer| on (?:it|them|there|the clock|that|top))*",
            add_known,
        ),
        (
            r"(?:add|give (?:it|them|that)|plus|tack on|let it (?:go|run)(?: for)?) (?:(?:on|another|an extra|extra|just|a further) )*(?<by>{d})(?: (?:more|extra|longer|on|to it|on it|onto it|on there|to that|on the clock))*",
            add_more,
        ),
        (
            r"(?:put|stick|pop|i need) (?:(?:on|just) )?(?:another|an extra|extra|a further) (?<by>{d})(?: (?:more|longer|on|on it|onto it|on there|on the clock))*",
            add_more,
        ),
        (
            r"(?:put|stick|pop|i need) (?:on )?(?<by>{d}) (?:more|extra|longer|on it|onto it|on there)(?: (?:on it|onto it|on there|on the clock))?",
            add_more,
        ),
        (r"(?:give me |i need )?(?:just )?(?:another )?(?<by>{d}) (?:more|longer|extra)", add_loose),
        (r"(?:add|put) (?<by>{d})(?: more)? (?:to|on) {the}(?<target>.+)", add),
        (
            r"TAKE (?:about )?(?<by>{d}) (?:off|from|off of|off from|out of|of|away from|on) {all}{the}(?:(?<target>.*?) )?timers?",
            subtract,
        ),
        (
            r"(?:shorten|reduce|decrease|cut|lower|trim|bring|drop|wind|pull|knock|dial|turn|move) {all}{the}(?:(?<target>.*?) )?timers?(?: down| back| in| forward| short)? (?:by|with) (?:about |another )?(?<by>{d})",
            subtract,
        ),
        (
            r"(?<by>{d}) (?:less|off|shorter|fewer)(?: (?:on|for|off|from|of))? {the}(?:(?<target>.*?) )?timers?",
            subtract,
        ),
        (
            r"(?:make|let|have|end|stop|finish) {all}{the}(?:(?<target>.*?) )?timers?(?: end| finish| ring| go off| stop)? (?<by>{d}) (?:shorter|less|earlier|sooner|early)",
            subtract,
        ),
        (
            r"(?:change|update|switch|adjust|modify|alter|make|reset|edit|amend|shorten|extend|lengthen|reduce|cut|drop|bump|turn|bring|lower|raise|increase|decrease|correct|fix|swap) {the}(?:(?<target>.*?) )?timer(?: down| up| out| back)? (?:to|from .* to|for|into|be|run for|last) (?<by>{d})(?: total| in total| long)?{instead}",
            change,
        ),
        (
            r"(?:actually,? |no,? |wait,? )*make (?:the|my|our|that|this) (?:(?<target>.+?) )?timer (?<by>{d})(?: long)?{instead}",
            change,
        ),
        (
            r"{the}(?:(?<target>.+?) )?timer (?:should(?:'ve| have)?|has to|needs to|must|ought to|was (?:meant|supposed) to|is (?:meant|supposed) to|wants to)(?: only| really| actually)? (?:be|been|run for|last|go for|run)(?: for)? (?<by>{d})(?: long)?{instead}",
            change,
        ),
        (
            r"i (?:meant|wanted|want|need) {the}(?:(?<target>.+?) )?timer (?:to be|to run|to last|to go)(?: for)? (?<by>{d}){instead}",
            change,
        ),
        (
            r"{the}(?:(?<target>.+?) )?timer[,:]? (?:make|set|change|switch) (?:it|that)(?: to| for)? (?<by>{d}){instead}",
            change,
        ),
        // Held and resumed.
        (
            r"(?:pause|hold|freeze|suspend|halt|stall|interrupt|hit pause on|press pause on|put a hold on|put on hold|put on pause)(?: on)? {all}{the}(?:(?<target>.*?) )?timers?(?: for now| for a (?:bit|moment|second|sec|while|minute))?(?: (?:for|called|named) {the}(?<target2>.+?))?(?: in (?:the|this|my) \w+(?: room)?)?",
            pause,
        ),
        (
            r"(?:put|place|stick) {all}{the}(?:(?<target>.*?) )?timers? on (?:hold|pause|ice)(?: for (?:now|a .+))?",
            pause,
        ),
        (
            r"(?:resume|unpause|un-pause|continue|carry on(?: with)?|go on with|keep going with|proceed with|unfreeze|get going|pick up|take up|un-freeze|hit resume on|hit play on|let) {all}{the}(?:(?<target>.*?) )?timers?(?: (?:for|called|named) {the}(?<target2>.+?))?(?: again| go on| carry on| continue| run on| run again| going| going again| back on| running again)?(?: in (?:the|this|my) \w+(?: room)?)?",
            resume,
        ),
        (
            r"(?:resume|unpause|un-pause|start|restart|get|fire|kick|pick) (?:it|that|them|things)(?: (?:up|going|off|on|again|back up|running))*",
            resume_paused,
        ),
        (
            r"(?:the|my|our|that|this) {the}(?:(?<target>.+?) )?timers? (?:can|may|should|could|must|needs to|has to|is to|is free to|might as well)(?: now| please| just| also)* (?:continue|resume|carry on|go on|run on|keep going|keep running|keep ticking|proceed|run again|go again|be (?:resumed|continued|unpaused|restarted))(?: running| again| now| counting)*",
            resume_paused,
        ),
        (
            r"(?:the|my|our|that|this) {the}(?:(?<target>.+?) )?timers? (?:can|may|should|could|must|needs to|has to|needs)(?: now| please| just| also)* (?:pause|hold|hold on|be (?:paused|held|suspended|frozen|put on (?:hold|pause))|pausing|holding)(?: now| a (?:bit|moment|minute|second|sec)| for (?:now|a .+))*",
            pause,
        ),
        (r"(?:start|restart) {all}{the}(?:(?<target>.*?) )?timers?(?: again)?", resume_paused),
        (
            r"(?:start|run|do|set|begin) {all}{the}(?:(?<target>.*?) )?timers? (?:over|over again|from (?:the )?(?:beginning|start|top|scratch|zero)|afresh|anew|all over again)(?: again)?",
            restart,
        ),
        (
            r"(?:restart|reset|redo|start over|start again|rerun|repeat) {all}{the}(?:(?<target>.*?) )?timers?(?: from the (?:beginning|start))?(?: again| over)?",
            restart,
        ),
        (
            r"(?:rename|call|name|label) {the}(?:(?<target>.*?) )?timer (?:to |as )?{the}(?<name>.+)",
            rename_target,
        ),
        // Gone.
        (r"{drop} it with {the}(?<kind>timers?)", cancel),
        (r"{drop} {the}(?<kind>countdowns?)", cancel),
        (
            r"(?:please )?{drop} (?:(?:only|just) )?{all}(?:of )?{the}(?:(?<target>.*?) )?(?<kind>timers?)(?: off| down| again| early| now)*{owned}(?:(?: (?:for|called|named|on|of|with)|:) {the}(?<target2>.+?))?(?: set)?(?: (?:that )?(?:i have|i(?:'ve| have) got|there are|are running|running))?(?: (?:that )?i(?:'ve| have)? (?:just )?(?:set|started|made|put on)(?: (?:for|called|named) {the}(?<target3>.+?))?)?(?: in (?:the|this|my) (?:[\w]+|[\w]+ room))?{keep}",
            cancel,
        ),
        (r"{drop} {the}timer (?<target>[\w' -]+?){keep}", cancel_known),
        // By the name of one that runs, whatever else is said.
        (
            r"(?:how (?:long|much|many|close|far|near)|when (?:will|is|are|do|does)|what(?:'s| is) left|time (?:left|remaining)|tell me how|how(?:'s| is| are|'re))\b(?<rest>.+)",
            status_named,
        ),
        (r"(?:has|have) (?<rest>.+ (?:left|long|long left|to go|much left))", status_named),
        (
            r"(?:add|give|put|extend|increase|lengthen|prolong|let)\b(?<rest>.*?) (?:by |for |another |an extra )?(?<by>{d})(?: more| extra| longer)?",
            add_named,
        ),
        (r"(?<rest>.+?) (?:plus|\+) (?<by>{d})", add_named),
        (
            r"(?:another|an extra|one more|a further|just another) (?<by>{d})(?: more)? (?:on|for|to|with|of) (?<rest>.+)",
            add_named,
        ),
        (r"(?:add|give|put) (?<by>{d})(?: more)? (?:to|on|onto) (?<rest>.+)", add_named),
        (
            r"(?:add|put) (?:another |an extra )?(?<minutes>[\w-]+)(?: more)? (?:to|on|onto) (?<rest>.+? timer)",
            add_minutes,
        ),
        (
            r"(?:give|allow) (?<rest>.+?) (?:another|an extra) (?<minutes>NUMBER)|{the}(?<rest2>.+?) (?:needs|need|wants|could (?:do with|use)) (?:another|an extra) (?<minutes2>NUMBER)",
            add_minutes,
        ),
        (r"TAKE (?<by>{d}) (?:off|from|off of|out of) (?<rest>.+)", subtract_named),
        (r"(?<rest>.+? timer) (?:down|minus|-|shorter|less)(?: by)? (?<by>{d})", subtract_named),
        (r"(?:shorten|reduce|lower|decrease|cut|trim|drop) (?<rest>.+?) by (?<by>{d})", subtract_named),
        (r"(?:pause|hold|freeze) (?<rest>.+)", pause_named),
        (r"(?:resume|unpause|continue) (?<rest>.+)", resume_named),
        (
            r"(?:cancel|stop|kill|end|delete|scrap|forget|ditch|bin|turn off|drop) (?<rest>.+?){keep}",
            cancel_named,
        ),
        (
            r"(?:turn|switch|shut|knock|take|call|put|get|make|have) {all}{the}(?:(?<target>.*?) )?(?<kind>timers?) (?:off|out|away|down|stop|shut up)(?: again| now)?{keep}",
            cancel,
        ),
        (
            r"{unneeded} {all}{the}(?:(?<target>.*?) )?(?<kind>timers?)(?: (?:for|on|of) {the}(?<target2>.+?))?{longer}",
            cancel,
        ),
        (
            r"{all}(?:of )?{the}(?:(?<target>.*?) )?(?<kind>timers?)(?: (?:for|on|of) {the}(?<target2>.+?))? {needless}(?: now)?",
            cancel,
        ),
        (
            r"{can}{all}(?:the|my|that|our|this|those|these) {the}(?:(?<target>.*?) )?(?<kind>timers?)(?: (?:for|on|of) {the}(?<target2>.+?))? {gone}{longer}",
            cancel,
        ),
        // New.
        (
            r"(?:{start} )?{a}(?:timer|countdown)s? (?:for|of) {d},? and (?:another |one )?(?:for |of )?{d}",
            start_many,
        ),
        (
            r"(?:{start} )?{a}(?:timer|countdown|stopwatch)[,.:;!]* (?:(?:on|up|going|running|me|off|down|there|here|starting|ticking|counting down) )*(?:for|of|to|at|with|that runs(?: for)?|lasting|that lasts|going for|from|set for|set to|in|:|-)? ?(?:about |exactly |just |another |around |roughly )?{d}(?:,? (?:for|called|named|to|labell?ed|with the name|(?:and )?(?:call|name) it) {the}(?<name>.+?))?{go}",
            start,
        ),
        (
            r"(?:for )?{d}(?: (?:for|on) {the}(?<name2>[^,]+?))?[,.:;]* (?:(?:so|and|please|can you|could you|will you) )*{start} {a}(?:timer|countdown)(?: (?:for|called|named|labell?ed) {the}(?<name>.+?))?{go}",
            start,
        ),
        (
            r"(?:{start} )?{a}(?:timer|countdown) (?:that|which|to) (?:go|goes|will go|should go|rings?|is|end) (?:off |up )?(?<end>{t})",
            start_in,
        ),
        (
            r"(?:{start} )?{a}(?:(?<name>[\w'-]+) )?(?:timer|countdown)(?: on| going| running)?(?: for| of| at|,)? (?:(?<minutes>NUMBER)(?:,? (?:for|called|named) {the}(?<name2>.+))?)",
            start_minutes,
        ),
        (r"(?:{start} )?{a}(?:timer|countdown) {d}(?: (?:for|called|named) {the}(?<name>.+?))?{go}", start),
        (
            r"(?:{start} )?{a}(?:quick )?{d} (?:(?<name2>.+? )??)(?:long )?(?:timer|countdown)(?: (?:on|going|running|up|started|now|off|ticking|down))*(?:,? (?:for|called|named|to|labell?ed|and (?:call|name) it) {the}(?<name>.+?))?{go}",
            start,
        ),
        (
            r"(?:{start} )?{a}(?:timer|countdown)(?: on| up| going| there| here| running)*(?:,? (?:for|called|named|labell?ed)|[:;]| -) {the}(?<name>.+?)[,:;]?(?: -| for| of| at| to| in| with|,)? {d}{go}",
            start,
        ),
        (
            r"(?:{start} )?{a}(?:(?<name>.+?) )?(?:timer|countdown) (?:to|that) (?:go off|goes off|ring|rings|end|ends|run out|runs out)(?: in| after)? {d}",
            start,
        ),
        (r"(?:set|adjust|put) (?:the|my|our) (?<target>.+?) timer (?:to|at) (?<by>{d})", change_known),
        (
            r"(?:{start} )?{a}(?<name>.+?) (?:timer|countdown)[,.:;]*(?: -| for| of| at| to|:|,| with)? {d}{go}",
            start,
        ),
        (
            r"(?:count ?down|time (?:me|us|this|it|that)|countdown|start (?:counting|timing)|time|start a count|keep time|count|clock|run the clock|start the clock|set the clock|(?:timing|clocking)(?: me)?)(?: down| off| out)?(?: from| for| on| at| in)?[,.:]? {d}(?: down| on the clock)?(?: for me)?(?: (?:for|of|on) {the}(?<name>.+)| (?:while|whilst|as|until) .+)?",
            start,
        ),
        (
            r"(?:(?:{start}|give me|wait|let me have|start with|start) )?{d},? (?:on|onto|in|into) (?:the|a|my) (?:clock|timer|countdown)(?: for {the}(?<name>.+?))?{go}",
            start,
        ),
        (r"(?:give me|put|wait|stick|whack|bung) {d}(?: on| up)?(?: for {the}(?<name>.+))?", start),
        (r"(?:(?:give me|wait|after|in|let me have) )?{d},? (?:(?:and|then|please) )*SIGNAL", start),
        (r"(?<end>{t}),? (?:(?:and|then|please) )*SIGNAL", start_in),
        (r"(?:time|track|clock) {the}(?<name>.+?)(?: for| at|,) {d}", start),
        (
            r"(?:{start} )?{a}(?:clock|timer|countdown|stopwatch)(?: on| up| going| running)*[,.:;-]* +(?:(?:so|because|since|as|cause|cos|and) )?(?:(?:i|we|they|it|that|this|there|{the}\w+(?: \w+)?)(?:'ve|'s|'re| have| has)?|{the}\w+(?: \w+)?) ?(?:(?:only|just|got|about|exactly|the|left) )*(?:need|needs|got|have|has|take|takes|is|are|'s|want|wants|requires?|should take|lasts?|runs? for|got to be)?(?: to be)?(?: in| for)?(?: (?:only|just|about|exactly))* {d}(?: (?:for|to|on|in|of|left|until|before)\b.*)?",
            start_needed,
        ),
        (
            r"SIGNAL(?: when| in| after| once| as soon as| the moment| if| at the end of| every time)?(?: it's been| it has been| there's been)?(?: the| those| my| another)? {d}PASSED",
            start,
        ),
        (r"(?:after|when|once|as soon as|the moment) {d}PASSED,? (?:please )?SIGNAL", start),
        (
            r"(?:{start} )?{a}(?:(?:timer|countdown) )?(?:for |of )?{d}(?: timer| countdown)?,? (?:and |then )?(?:call|name|label) (?:it|that|this|the timer|the countdown)(?: as)? {the}(?<name>.+)",
            start,
        ),
        (r"(?:{start} )?{a}pomodoro(?: timer| session)?[,.:;]*(?: for| of)? {d}{go}", start),
        (
            r"{start} {the}(?:(?<name2>[\w ]+?) )?(?:timer|countdown)(?: (?:for|called|named) {the}(?<name>.+))?",
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
        (r"{start} (?:a new |a |another )?one (?:for|of) {d}", start),
        (r"(?:{start} )?{a}(?:timer|countdown) (?<name>[\w'-]+) {d}", start),
        (r"(?:{start} )?{a}(?:timer|countdown) {d},? (?<name>[\w'-]+)", start),
        (
            r"(?<before>.+?) (?:{d}|(?<end>{t}))(?:(?: [^,;.]+)?[,;.]+| -+)? (?:(?:so|and|then|please|can you|could you|would you|will you|you'd better) )*(?:{start} {a}(?:timer|clock|countdown|stopwatch)(?: on| going| up| there| running)*|(?:start|begin) (?:counting|timing|the count|the countdown|counting down)|count (?:it )?down|(?:time|clock) (?:it|that|this|them|me|him|her|us))(?: for (?:that|it|them|this|me|then))?(?: long)?",
            start_for,
        ),
        (
            r"(?<before>.+?) (?:{d}|(?<end>{t}))(?: [^,;.]+)?[,;.:]+ (?:(?:so|and|please|can you|could you) )*(?:a )?(?:timer|countdown)(?: for (?:that|it|them|this))?",
            start_for,
        ),
        (r"(?:{start} )?{a}(?:timer|countdown) (?:until|till|to|for) (?<end>{t})", start_until),
        (r"SIGNAL (?<end>{t})", start_in),
    ];
    grammar(&[("NUMBER", NUMBER), ("SIGNAL", SIGNAL), ("TAKE", TAKE), ("PASSED", PASSED)], rules)
});

pub static FOLLOW: LazyLock<Grammar> = LazyLock::new(|| {
    grammar(
        &[],
        &[
            (
                r"{no}*{cancel} (?:the )?(?<target>(?:first|second|third|fourth|fifth|last|latest)(?: one)?)",
                cancel,
            ),
            (
                r"{no}*(?:cancel|stop|delete|forget|remove|kill|end|drop|scrap|bin|ditch|call off|get rid of) {it}(?: timer)?",
                follow_cancel,
            ),
            (r"{no}*{drop} (?:the |my )(?<target>.+?) one{keep}", cancel_known),
            (r"(?:pause|hold|freeze) {it}", follow_pause),
            (r"(?:resume|unpause|continue|start|restart) {it}(?: up)?(?: again| going)?", follow_resume),
            (
                r"(?:how (?:long|much)(?: is| time is)?(?: left| longer| more)?(?: on {it})?|how's it going|how is it going|what's left|time left)",
                follow_status,
            ),
            (r"{no}+(?:for |to )?{d}(?: instead| please)?", follow_change),
            (r"(?:change|set|make|switch) {it}(?: to| for)? {d}(?: instead)?", follow_change),
            (r"{d} (?:instead|rather)", follow_change),
            (
                r"(?:and |also )?(?:another|another one|one more|a second one|one|and one)(?: timer)?(?: for| of)? {d}(?: (?:for|called) {the}(?<name>.+?))?{go}",
                start,
            ),
            (r"(?:call|name|rename|label) {it} (?:to )?{the}(?<name>.+)", rename),
            (
                r"(?:take|remove|subtract|knock|cut|shave|trim|chop)(?: off)? {d} (?:off|from)(?: of)? {it}",
                follow_subtract,
            ),
        ],
    )
});
