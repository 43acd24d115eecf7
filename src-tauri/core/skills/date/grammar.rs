//! What people ask of dates.

use std::sync::LazyLock;

use super::apart::*;
use super::tell::*;
use crate::skills::grammar::{Act, Grammar};

/// What days are counted in.
const UNIT: &str = r"days|weeks|months|nights|sleeps|hours|years";
/// The little words between "how many days" and "until".
const AUX: &str = r"(?: (?:are|is|do|does|will|would|be|have|has|'ve|there|it|that|this|i|we|they|left|remain|remaining|still|now|exactly|more|to go|to wait|got|get|need|needs|must|can|might|away|off|further|yet|gonna|going to|another|wait|sit through|hold out|hang on|in all|all in all|in total|approximately|roughly|about))*";
/// What is asked for a date that has to be counted.
const FIND: &str = r"(?:work out|figure out|find out|find|calculate|compute|count|tell me|give me|check|see|know|get me|get)";
const PAST: &str = r"(?: (?:are|is|were|was|have|has|been|there|it|that|i|we|passed|gone|went|by|elapsed|past|ago|now|exactly|happened|in all|all in all|in total|altogether|already|so far|since))*";

/// What is asked of a day that was told.
const THAT_DATE: &str = r"(?:(?:(?:can|could) you )?(?:tell me |work out |check |do you know )?(?:on )?(?:what|which)(?: exact)? (?:date|day|weekday|day of the week)(?:'s|'ll|'d)?(?: (?:is|would|will|was|does|falls?))?(?: (?:that|this|it))(?: (?:is|be|fall|land|make|come out|work out|come|out))?(?: (?:on|at|to|as))?|(?:when|what)(?:'s|s| is| would| will)(?: (?:that|this))(?: be| fall| land)?|(?:that|this|it)(?:'s| is| would be| will be| makes| falls on| lands on| comes to) (?:when|what date|what day|which date|which day)|(?:what(?:'s|s| is)|give me|tell me|i need) (?:the|that) (?:exact )?(?:date|day)(?: (?:of that|for that|that is|then)))(?: (?:exactly|precisely|then|in the calendar|of the week|please))*";

pub static GRAMMAR: LazyLock<Grammar> = LazyLock::new(|| {
    let rules: &[(&str, Act)] = &[
        (
            r"(?:what(?:'s| is|s)?|tell me|give me|which|do you know)(?: the| today's| the current| current)? ?(?:date|day)(?: of the week| of the month)?(?: is| was)?(?: it| today| it is| now| this)*",
            today,
        ),
        // "Is it tomorrow already in Honolulu or still today, give me the date there."
        (
            r"(?:is it|isn't it|would it be|have they got|do they have|are they (?:on|in))(?: (?:still|already|even|actually|the))* (?:{t}|today|tomorrow|yesterday|next day|same day|(?:the )?(?:weekend|new year|next week))(?: (?:already|still|yet|now))*(?: over)? in (?<place>[\p{L} .'-]+?)(?: (?:yet|already|now|still|by now|right now))*(?:,? or (?:is it |are they )?(?:(?:still|already|only|just|on|the|a) )*(?:{t}|today|tomorrow|yesterday|(?:next|same|previous|day) day|not|day (?:ahead|behind)))?(?:[,.;:!?]+ (?:so |and )?(?:(?:give|tell|show) me|what(?:'s|s| is)|check|i need) (?:the )?(?:date|day)(?: it is| is it)?(?: over)?(?: there)?)?",
            there,
        ),
        (
            r"(?:(?:tell|give|show) me |check |what(?:'s|s| is| are)? |i need |find out |get )?(?:the |what )?(?:today's |current |local |exact )?(?:date|day)(?: of the week)?(?: (?:is it|it is|today|right now|now|is|are they on|do they have|they have))*(?: over)? in (?<place>[\p{L} .'-]+?)(?: (?:right now|now|today|at the moment|at present|currently|is it))*",
            there,
        ),
        (
            r"(?:(?:so |and )?(?:what|which)(?:'s|s| is)? ?(?:the |this )?(?:(?:current|calendar) )?quarter(?: of the year)?|what(?:'s|s| is) (?:the |this )?(?:current )?quarter|tell me (?:what |which |the )?(?:current )?quarter)(?: (?:of the year|is it|is this|are we in|are we|we're in|we are in|it is|now|currently|right now|at the moment|at|in|today|on))*",
            quarter,
        ),
        (
            r"(?:(?:what|which)(?: (?:calendar|business))? quarter|(?:what|which) quarter of the year) (?:is|does|will|would|was) (?<when>{t}|\pL+)(?: (?:be|fall|falls|belong))?(?: (?:in|into|to|on))?",
            quarter_of,
        ),
        // "Come back six weeks from Friday, what date would that be?"
        (
            r"(?:[^\x{E000}]* )?(?:in |exactly )?(?<amount>{d}|{t}) (?<dir>before|after|from|prior to|following|past) {the}(?<end>{t}|[^,;.?!\x{E000}]{3,30})[,.;:?!—-]* (?:(?:so|and|but) )*THATDATE",
            moved,
        ),
        (r"(?:[^\x{E000}]* )?(?<when>{t})[,.;:?!—-]+ (?:(?:so|and|but) )*THATDATE", when),
        (
            r"(?:is|does|will|was|did|would|isn't|won't) {the}(?<name>.+?)(?: (?:be|fall|falls|land|lands|falling|come|happen))?(?: on)?(?: the| an?)? (?<on>weekend|weekday|work(?:ing)? ?day|mondays?|tuesdays?|wednesdays?|thursdays?|fridays?|saturdays?|sundays?)(?<year> (?:next year|this year|last year|in \d{4}|\d{4}))?(?:,? (?:or (?:not|no|an? \pL+|is it not|during the week|on an? \pL+)|again|then|at all|by any chance))*",
            falls_on,
        ),
        (
            r"(?:is|does|will|was|did|would) {the}(?<name>.+?)(?<year> (?:next year|this year|last year|in \d{4}|\d{4})) (?:be |fall |land |falling |come )?(?:on )?(?:the |an? )?(?<on>weekend|weekday|work(?:ing)? ?day|mondays?|tuesdays?|wednesdays?|thursdays?|fridays?|saturdays?|sundays?)(?: or (?:not|no|an? \pL+))?",
            falls_on,
        ),
        (
            r"what(?:'s| is)? (?:the )?(?:day|date)(?: of the week)?(?: is it| it is| today)?(?: right now| now)? in (?<place>[\p{L} .'-]+?)(?: right now| now| today)?",
            there,
        ),
        (
            r"(?:what|which) (?:day|weekday|day of the week)(?: of the week)? (?:is|does|will|was) (?:the )?(?<nth>\d{1,2}(?:st|nd|rd|th)|(?:twenty|thirty)?[ -]?(?:first|second|third|\pL+th))(?: (?:fall|falls|be))?(?: on)?(?: (?:of |in )?this month)?",
            numbered,
        ),
        (
            r"the (?<nth>\d{1,2}(?:st|nd|rd|th)|(?:twenty|thirty)?[ -]?(?:first|second|third|\pL+th)) (?:is|falls?|lands?)(?: on)? (?:what|which) (?:day|weekday)(?: of the week)?(?: (?:of |in )?this month)?",
            numbered,
        ),
        (
            r"when (?:do|will|are|should) (?:the |we (?:change|turn|put) the )clocks? ?(?:going )?(?:to )?(?:change|go|turn)?(?: (?<dir>back|forwards?|an hour))?(?: again| next)?(?: (?<dir2>back|forwards?))?",
            clocks,
        ),
        (
            r"when (?:does|is|will|do) (?:daylight savings?(?: time)?|summer ?time|dst|winter ?time) (?<edge>start|begin|end|over|change|finish)s?(?: this year| next)?",
            clocks,
        ),
        (r"(?:day today|what day (?:of the week )?(?:have we|do we have|is this)(?: today)?)", today),
        (
            r"(?:what(?:'s| is|'ll| will| was)?|which) (?:the )?(?:date|day)(?: be| of| is| was)* (?<when>{t})",
            when,
        ),
        (
            r"(?:what(?:'s| is) today|today's date|the date|date|what day|what is today's date(?: today)?|today)",
            today,
        ),
        (
            r"(?:what(?:'s|s| is)?|which|tell me) ?(?:the |today's |this week's |the current |current )*(?:week|week number|week no|calendar week|iso week|number of (?:the|this) week)(?: of the year)?(?: is it| are we in| is this| is it now| today| now| currently| it is| we're in| right now)*",
            week,
        ),
        (
            r"(?:what|which) (?:week|week number|calendar week)(?: of the year)? (?:is|does|will|has) (?<when>{t})(?: (?:be|fall|falls)(?: in| on)?| in)?",
            week_of,
        ),
        // "Our rota goes by week numbers, which one are we in?"
        (
            r"(?:.*\bweek (?:number|no)s?\b[^?]*[,.;:—-]+ (?:(?:so|and|but) )*(?:which|what)(?:'s|s)?(?: (?:number|week))?(?: (?:are we|is it|is this|do we have|have we got|we're|we are|it is|this is|this|one|number|week|in|on|at|got|now|currently|today))+)",
            week,
        ),
        (r"(?:what|which) (?:month|year)(?: is it| are we in| is this| is it now)*", today),
        (
            r"(?:what|which) (?:weekday|day of the week)(?: is it| is today| it is| is this| do we have)*(?: today| now)?",
            today,
        ),
        (r"(?:is it|is today|today is|it's) (?<when>{t})(?: {t}| now| already)?", is_it),
        (
            r"(?:when(?:'s|s| is| will)|what(?:'s|s| is)|(?:which|what) year (?:is|will)|which is|tell me|how (?:long|many (?:days|years|months))(?: is it| are there)? (?:until|till|to))(?: be)? (?:the |our )?(?:next|coming|upcoming|following) leap (?:year|day)(?: be| due| happening| going to be)*",
            next_leap,
        ),
        (r"how many (?<day>\p{L}+day)s (?:are )?(?:there |left )*(?:in )?(?<month>.+)", weekdays_in),
        (
            r"how (?:many days|long)(?: are there| are| is)?(?: in| does)? {the}(?<month>[\p{L}]+(?: \d{4})?|{t}|this month|next month|month)(?: have| has| long)?",
            month_days,
        ),
        (r"(?:how many|what are the) days (?:are )?(?:in|does) (?:{the})(?<month>.+?)(?: have)?", month_days),
        (
            r"how (?:many (?<unit>days|weeks|months|hours)|much time|long) (?:are |is |do (?:we|i) have )?(?:there )?(?:left|remaining|remain) (?:in|of)? ?(?:the |this )?(?<period>year|month|week|day|today)",
            left,
        ),
        (
            r"how many (?<unit>days|weeks|hours) (?:are )?(?:left )?(?:until|till|to) the end of (?:the|this) (?<period>year|month|week|day)",
            left,
        ),
        (
            r"(?:how old (?:is|am|are|would) (?:someone|somebody|a person|i|you|one|he|she|they)(?: be)?(?: if| who(?:'s| is| was)?)?(?: i| he| she| they)?(?: was| were| am)? ?born in (?<year>\d{4}))",
            born_in,
        ),
        (
            r"(?:FIND )?(?:what(?:'s| is| was| will be)?|which|when(?:'s| is| was)?)? ?(?:the )?(?:date|day)?(?: is| was| will be| of| it is| it's| that's| that is| falls| falling)* ?(?:exactly )?(?<amount>{d}) (?<dir>before|after|from|prior to|ahead of|following|past) {the}(?<end>.+?)(?:,? (?:is|was|will be|falls on|would be|makes|lands on|gives|=) (?:what|which|when)(?: exactly)?(?: (?:date|day|weekday|day of the week|is that|is it))*)?",
            moved,
        ),
        (
            r"(?:on )?(?:what|which) (?:day|date|weekday|day of the week)(?: of the week)? (?:does|did|will|is|was) {the}(?<name>.+?) (?:fall|be|land|falls|falling)(?: on)?(?<year> .+)?",
            falls,
        ),
        (
            r"(?:(?:set|start|make|create|show(?: me)?|give me) )?{the}(?:countdown|count down) (?:to|until|till|for) (?<end>.+)",
            until,
        ),
        (
            r"how many (?:working|work|business|week) ?days (?:are there |is it |left )*(?:until|till|to|before) (?<end>.+)",
            workdays,
        ),
        (
            r"how (?:many (?<unit>hours|minutes|seconds)|long|much time)(?: is it| do i have| is there| are there| left| are left| is left)*(?: left)? (?:until|till|til|to|before) (?<clock>{t}|noon|midnight)",
            until_clock,
        ),
        (
            r"(?:(?:do you know|tell me|check|see) )?(?:(?:is|was|will|were|if|whether)(?: the)?(?: year)?) (?<year>\d{4}|(?:(?:sev|eight|nine)teen|twenty|two thousand)[\w -]*?|next year|last year|{t}|it|this year|this|the year after next|the current year)(?: going to| is| was| will)?(?: be| been)?(?: an?)? (?:leap year|leap one|leap-year)(?:,? (?:or (?:not|no|isn't it|a (?:normal|regular|common) one)|by any chance|then|at all|again|too|as well))*",
            leap,
        ),
        (
            r"(?<year>\d{4}|next year|this year)(?:,| is| was| will be|:)*(?: an?)? leap year(?:,? (?:or (?:not|no)|yes or no|right|correct|isn't it|is it))*",
            leap,
        ),
        (
            r"(?:does|will|did) (?:february|feb)(?: of| in)? ?(?<year>\d{4}|next year|this year|last year|{t}) have (?:29 days|a 29th|a leap day|(?:a |an )?extra day)(?: or not)?",
            leap,
        ),
        (r"how many days (?:are )?(?:left )?(?:in|of) (?:this|the) (?<period>year|month)", left),
        (
            r"(?:what|which) (?:day|date|weekday)(?: of the week)? (?:is|will|does) {the}(?<name>.+?)(?: be| fall)? on (?<year>next year|this year|in \d{4})",
            falls,
        ),
        (
            r"(?:what|which) (?:day|date|weekday)(?: of the week)? (?:is|does|was|will) {the}(?<name>.+?)(?: be| fall)? (?<year>(?:next|this|last) year)",
            falls,
        ),
        (
            r"{the}(?<name>.+?) (?:is|falls?|lands?|was|will be) on (?:what|which) (?:day|date|weekday)(?: of the week)?(?<year> .+)?",
            falls,
        ),
        (r"(?:what|which) (?:day|date|weekday) is {the}(?<name>.+)", falls),
        (
            r"(?:(?:(?:what(?:'s|s| is)|tell me|count|work out|calculate) )?(?:the )?(?:exact )?number of (?<unit3>UNIT)AUX|(?:so )?how (?:many|much) (?:more )?(?<unit>UNIT)AUX|how (?:much )?(?:long|longer|time)AUX|(?:the |my |our )?(?:countdown|count down)|(?:count (?:down )?)?(?:the )?(?<unit2>UNIT)AUX|(?:is it |how )(?:still |very )?(?:far|long)(?: away)?AUX|time)(?: left| to go| more| remaining)? (?:until|till|til|to|before|for) (?<end>.+)",
            until,
        ),
        (
            r"(?:how (?:many|much) (?<unit>UNIT)|how (?:far|long|soon))(?: (?:away|off|ahead|until))*(?: (?:is|are|till|until|we are from|i am from|from)) (?<end>.+)",
            until_sure,
        ),
        (
            r"{the}(?<end>.+?) is (?:how (?:many (?<unit>UNIT)|far|long)) (?:away|off|from now|from today|to go)",
            until,
        ),
        (
            r"how (?:far away|many days away|far off|long|close|near) (?:is|are we to|am i to) (?<end>.+)",
            until_sure,
        ),
        (r"(?:tell me )?how (?:far away|many days away|far off) (?<end>.+?) is", until),
        (
            r"(?:how (?:many (?<unit>UNIT)|long|much time)|(?:(?:what(?:'s| is) )?(?:the )?number of )?(?<unit2>UNIT))PAST (?:since|after) (?<end>.+)",
            since,
        ),
        (r"how (?:long|many (?<unit>UNIT)) ago (?:was|is|were|did .+ on) (?<end>.+)", since),
        (
            r"how old (?:is|am|are|would) (?:someone|somebody|a person|i|you|one|he|she|they)(?: be)?(?: if| who(?:'s| is| was)?)?(?: i| he| she| they)?(?: was| were| am)? ?born (?:on )?(?<end>.+)",
            since,
        ),
        (
            r"(?:(?:what(?:'s|s| is)|FIND) )?(?:it's been |it has been |that's )?(?:how (?:many (?<unit>UNIT)|long|much time)|(?:the )?(?:difference in |number of |amount of )?(?<unit2>UNIT))(?: (?:are|is|there|it|lie|lies|pass|that|in|left|will|be|i|we|have))* (?:between|from|in between) (?<from>.+?) (?:and|to|until|untill|till|til|through|up to) (?<end>.+)",
            between,
        ),
        (
            r"(?:from |between )?(?<from>.+?) (?:and|to|until|till|til|through) (?<end>.+?),? (?:is|are|makes?|would be|in|=|comes to|that's) (?:how (?:many |long)(?<unit>UNIT)?|(?<unit2>UNIT))",
            between,
        ),
        (
            r"(?:when(?:'s| is| was| will)|what (?:date|day)(?: of the week)? (?:is|was|does|will)|on (?:what|which) (?:day|date) (?:is|does)|what(?:'s| is) the date of)(?: be)? {the}(?<when>.+?)(?: (?:be|fall|falls)(?: on)?)?",
            when,
        ),
        (
            r"(?:what|which) (?:day|date|weekday|day of the week)(?:'s|s)?(?: (?:is|was|will|does|would))?(?: it| the date)?(?: be)?(?: on| in)? ?(?<when>{t})(?: (?:be|on|fall on|fall|falls on))?",
            when,
        ),
        (
            r"(?:what(?:'s| is| was| will| would)?|tell me)(?: be)? the (?:date|day)(?: of the week)?(?: (?:is|was|be|on|it is))* ?(?<when>{t})",
            when,
        ),
        (r"(?:what(?:'s| is)) (?<when>{t})'?s? (?:date|day)", when),
        (r"(?:what(?:'s| is)) (?<when>{t})", when),
        (r"what will (?:the date|it) be (?<when>{t})", when),
        (
            r"(?:FIND )?(?:what(?:'s|s| is) |which )?(?:the )?(?:date|day)?(?: of| is| that is| that's| it is| falls)* ?(?:exactly )?(?<when>{t})(?:,? (?:is|was|will be|falls on|would be|makes|lands on|gives|=) (?:what|which|when)(?: exactly)?(?: (?:date|day|weekday|day of the week|is that|is it))*)?",
            when_counted,
        ),
        (r"what(?:'s| is) the next (?:public |bank )?holiday", next_holiday),
        (r"when is the next (?:public |bank )?holiday", next_holiday),
    ];
    let parts = [("FIND", FIND), ("UNIT", UNIT), ("AUX", AUX), ("PAST", PAST), ("THATDATE", THAT_DATE)];
    Grammar::with(&parts, rules)
});
