//! What people ask for that needs what Sotto has not.

use std::sync::LazyLock;

use super::needs::*;
use super::refused;
use crate::skills::grammar::{Found, Grammar};
use crate::skills::turn::{Reply, Turn};

/// A rule's act that refuses for want of something.
macro_rules! refusals {
    ($($act:ident $need:ident),+ $(,)?) => {
        $(fn $act(turn: &mut Turn<'_>, _: &Found) -> Option<Reply> {
            Some(refused(turn, &$need))
        })+
    };
}

refusals! {
    weather WEATHER,
    news NEWS,
    music MUSIC,
    home HOME,
    taxi TAXI,
    phone PHONE,
    message MESSAGE,
    web WEB,
    booking BOOKING,
    timetable TIMETABLE,
    shop SHOP,
    maps MAPS,
    position POSITION,
    translation TRANSLATION,
    dictionary DICTIONARY,
    author AUTHOR,
    camera CAMERA,
    calendar CALENDAR,
    knowledge ENCYCLOPEDIA,
    devices DEVICES,
    bank BANK,
    rates RATES,
    recipe COOKBOOK,
    food FOOD,
    sound SOUND,
}

/// "Football scores"; "my test scores were bad" tells something.
fn scores(turn: &mut Turn<'_>, found: &Found) -> Option<Reply> {
    let short = found.whole().split(' ').count() <= 6;
    let own = found.whole().to_lowercase().split(' ').any(|word| ["my", "was", "were"].contains(&word));
    if short && !own { Some(refused(turn, &NEWS)) } else { None }
}

/// "I need Excel, would you launch it"; a timer is started by another skill.
fn launched(turn: &mut Turn<'_>, found: &Found) -> Option<Reply> {
    const KEPT: [&str; 6] = ["timer", "alarm", "reminder", "list", "note", "countdown"];
    let name = found.text(&["name"])?.to_lowercase();
    if KEPT.iter().any(|kept| name.contains(kept)) { None } else { Some(refused(turn, &DEVICES)) }
}

pub static GRAMMAR: LazyLock<Grammar> = LazyLock::new(|| {
    Grammar::new(&[
        (
            r"what(?:'s| is) {the}(?:temperature|humidity) (?:in|inside|of) {the}(?:living room|bedroom|kitchen|house|bathroom|garage|office|room|basement|fridge|oven|pool)",
            home,
        ),
        (
            r"(?:what(?:'s| is|'ll| will)?|how(?:'s| is| will)?|will|is|show me|give me|do i need|does|are we|can you tell me|tell me|check|should i (?:take|bring|wear|need))\b.*\b(?:weather|forecast|rain|raining|rainy|snow|snowing|umbrella|sunny|windy|degrees outside|temperature outside|cold outside|hot outside|warm outside|humidity|storm)\b.*",
            weather,
        ),
        (r"(?:weather|forecast|weather forecast|the weather)(?: .*)?", weather),
        // "Stream that new album", "I would like to hear some jazz while I cook".
        (
            r"(?:(?:i(?:'d| would) (?:like|love)(?: to)?|i (?:want|wanna|fancy)(?: to)?|let me|let's|can i|could i|could we|can we|i feel like) (?:hear|listen(?:ing)? to|hearing)|stream|blast|shuffle)\b.*\b(?:music|jazz|blues|reggae|techno|classical|opera|country|rock|pop|hip ?hop|albums?|songs?|tunes?|tracks?|playlists?|radio|podcasts?|audiobooks?|singles?|mixtapes?|bands?|symphony|concerto)\b.*",
            music,
        ),
        (
            r"(?:i(?:'ll)? (?:need|want|have to use|have to open|must use)|i'm after|i'd like) (?<name>[\pL\d' -]{2,24})[,;.!]* (?:(?:so|and) )?(?:(?:please|pls|just|can you|could you|would you|will you) )+(?:open|launch|start|fire up|boot up|load|run|bring up)(?: up)? (?:it|that)(?: .*)?",
            launched,
        ),
        // "I'd love to know whether the 8:15 to Glasgow is running late today".
        (
            r"(?:(?:(?:i(?:'d| would) (?:like|love)|i (?:want|need)) to (?:know|find out|check|see)|do you know|(?:can|could) you (?:check|tell me|see|find out)|check|tell me|find out|any idea|see) (?:whether|if) |(?:is|are|will|has) )(?:my |the |our |his |her |their )?(?:.*\b(?:train|bus|coach|flight|plane|ferry|tram|tube|metro|subway|boat)s?\b.*|\d{1,2}[:.]\d\d (?:to|from) .+)\b(?:running|on time|late|delayed|cancelled|canceled|punctual|on schedule)\b.*",
            timetable,
        ),
        (
            r"(?:is|will|was|does|is it going to|will it) (?:it )?(?:be |get |going to be |going to )?(?:raining|rain|snowing|snow|sunny|windy|cloudy|foggy|freezing|cold|hot|warm|chilly|humid|hail)(?: (?:in|at|out|outside|today|tonight|tomorrow|this|on|later|now|there|next|over)\b.*)?",
            weather,
        ),
        (
            r"(?:will|do|should|would) i (?:need|bring|take|wear|want) (?:a |an |my )?(?:coat|jacket|umbrella|brolly|raincoat|wellies|boots|shorts|sun ?cream|layers|sunglasses|sunscreen|scarf|gloves|sweater|jumper)(?: .*)?",
            weather,
        ),
        (
            r"(?:is|are|will|any|what(?:'s| is)|how(?:'s| is)) (?:it |there )?(?:be |any )?(?:like|doing|looking|nice|lovely|wet|dry|icy|stormy|miserable|muggy|rain|snow|frost|sun|sunshine|storms?|showers) (?:out|outside|out there|forecast|expected|coming|due|today|tonight|tomorrow|this (?:morning|afternoon|evening|week|weekend)|on the way)\b.*",
            weather,
        ),
        (r"how (?:cold|hot|warm|windy) (?:will it|is it going to|does it) (?:get|be)(?: .*)?", weather),
        (
            r"(?:tell me|give me|do you know|know) (?:a|some|any|another|an) (?:fun |interesting |cool |random )?facts? (?:about|on) .+",
            knowledge,
        ),
        (r"how(?:'s| is| are) .*\b(?:shares?|stocks?|bitcoin|stock market)\b.*", news),
        (
            r"(?:i need |i want |give me |me )?(?:a|an|some) (?:[\w'-]+ ){0,2}?(?:essay|poem|haiku|limerick|short story|speech|cover letter|eulogy|toast) (?:on|about|for) .+",
            author,
        ),
        (
            r"(?:will|is) it (?:going to )?(?:stay|keep|be|hold) (?:dry|fine|nice|off|sunny|warm|cold|clear|mild)\b.*",
            weather,
        ),
        (
            r"(?:the )?(?:current )?(?:petrol|diesel|fuel|gas) prices?(?: (?:near me|nearby|today|now|around here|here|in .+))?|(?:the )?(?:share|stock|house|gold) prices? (?:of|for|in) .+",
            news,
        ),
        (
            r"how much (?:is|are|does|do|would|for) .+ (?:at [\w' ]+|in the shops?|near me|these days|nowadays|now|cost|go for)(?: .*)?",
            web,
        ),
        (
            r"(?:is|are|how(?:'s| is| are)) {the}(?:[mai]\d+|motorway|autobahn|ring road|bypass|tunnel|bridge)\b.*",
            maps,
        ),
        (r"(?:what|anything|any|something|is there|tell me|show me|did)\b.*\b(?:in|on) the news\b.*", news),
        (
            r"(?:check|find|find out|look up|get me|get|show me|tell me|what(?:'s| is| are)|how much (?:is|are)|how(?:'s| is| are)) {the}(?:current |latest |local )*.*\b(?:petrol|diesel|fuel|gas|gold|silver|oil|house|share|stock|electricity|energy|bitcoin|flight|ticket) prices?\b.*",
            news,
        ),
        (
            r"(?:any|are there(?: any)?|is there(?: any)?|check for|check) (?:big |long |bad |train |flight |bus )*(?:delays?|disruptions?|cancellations?|strikes?|traffic|traffic jams?|jams?|accidents?|roadworks?|queues?)\b.*",
            web,
        ),
        (
            r"(?:is|are|will) {the}.*\b(?:train|trains|bus|buses|flight|plane|ferry|tram|trams|metro|tube)\b.*\b(?:on time|running|delayed|late|cancelled|canceled|early|due|full)\b.*",
            web,
        ),
        (r"(?:what's|what is) (?:happening|going on) in (?:the world|.+)", news),
        (r"(?:did|have|has) (?:the )?[\p{L} ]+ (?:win|won|lose|lost|beat|play|score)(?: .*)?", news),
        (
            r"(?:(?:what(?:'s| is| are)|show me|tell me|any) )?(?:the )?(?:latest )?[\p{L} ]*\b(?:scores?|results|standings)(?: .*)?",
            scores,
        ),
        (
            r"when (?:do|does|is|are) (?:the )?.+ (?:play|playing|match|game|kick off)(?: next| tonight| today| tomorrow)?",
            news,
        ),
        (
            r"(?:what(?:'s| is)|how(?:'s| is)|how much is) .*\b(?:stock|shares?|bitcoin|ethereum|crypto|dax|nasdaq|dow jones|ftse|s&p 500|nikkei)\b.*|(?:what(?:'s| is) )?(?:the )?(?:current )?(?:price|rate) of (?:a )?(?:bitcoin|ethereum|gold|silver|oil|petrol|gas)(?: .*)?|what(?:'s| is) the (?:current )?(?:gold|silver) rate(?: .*)?|(?:the |current )?(?:bitcoin|ethereum|crypto|gold|oil|stock|share) prices?(?: today)?",
            news,
        ),
        (
            r"(?:how (?:many|much)(?: is| are)?|convert|what(?:'s| is)|change)?.*\b(?:dollars?|euros?|pounds sterling|yen|rupees|francs|pesos|usd|eur|gbp|bucks)\b.*\b(?:in|to|is|are|worth|for|into)\b.*\b(?:dollars?|euros?|pounds?|yen|rupees|francs|pesos|usd|eur|gbp)\b",
            rates,
        ),
        (
            r"(?:how (?:many|much)) (?:yen|rupees|pesos|francs|euros|dollars|pounds) (?:to|for|is|are|in) (?:a|the|one|1) .+",
            rates,
        ),
        (r"convert \d[\d.,]* pounds (?:to|into|in) (?:dollars?|euros?|yen|usd|eur)", rates),
        (
            r"(?:(?:when|what time) (?:is|does|do)|when's) {the}(?:next |last )?.*\b(?:train|bus|flight|plane|ferry|tram|metro)\b.*",
            web,
        ),
        (
            r"(?:when|what time) (?:does|do|is|are) {the}[^?.]+ (?:open|close|opens|closes|shut|opening|closing)(?: .*)?",
            web,
        ),
        (r"where can i (?:get|find|buy|eat|see|park) .+", maps),
        (r"(?:is there|how bad is the|any) traffic(?: .*)?", maps),
        (r"(?:how far|how long|how many (?:miles|kilometers|kilometres|km)) is it (?:to|from) .+", maps),
        (
            r"what(?:'s| is| are)? (?:movies?|films?|shows?)?(?: is| are)? ?(?:playing|showing|on tv|on netflix|on at the cinema)(?: .*)?",
            web,
        ),
        (r"check (?:me )?in for {the}.*", booking),
        (r"(?:i need|get me|find me) (?:a|an) (?:taxi|cab|uber|lyft|ride)(?: .*)?", taxi),
        (r"give {the}[\p{L}' ]+ a (?:ring|call|bell|buzz)(?: (?:on|at) .+)?", phone),
        (
            r"(?:do i have|is there|are there|have i(?: got| had)?|did i get|any) (?:any |some )?(?:new |unread |more |missed )?(?:mails?|emails?|messages from .+|new messages|unread messages|texts?|voicemails?|missed calls?|calls?|notifications?)(?: today| yet| this morning| overnight| last night| since .+| from .+)?",
            message,
        ),
        (r"(?:send) .+ to .+", message),
        (
            r"(?:answer|reply to|respond to|forward|delete|open) (?:[\w' ]+ )?(?:mails?|emails?|texts?|sms|voicemails?)\b.*",
            message,
        ),
        (
            r"(?:put|turn|switch) (?:on )?(?:some )?(?:music|jazz|the radio|a song|the song)(?: on)?|what(?:'s| is) this song(?: called)?|what song is (?:this|playing)|(?:next|previous|last) (?:song|track)",
            music,
        ),
        (
            r"(?:turn|crank) (?:it|this|that) (?:up|down)|(?:louder|quieter|softer)|make it (?:louder|quieter)|(?:turn|set|put|change|raise|lower) (?:up |down )?{the}(?:volume|sound)(?: .*)?|(?:mute|unmute)",
            sound,
        ),
        (r"{the}(?:.+ )?lights? (?:on|off)", home),
        (r"make {the}(?:[\w ]+ )?(?:lights?|lamps?) .+", home),
        (r"(?:make|turn) {the}(?:screen|display) (?:brighter|darker|dimmer|up|down)", devices),
        (
            r"(?:turn|switch|put|whack|crank|bang|stick|knock|nudge) {the}(?:.+ )?(?:telly|heating|heat|lamps?|lights?|light|fan|kettle|oven|tv|television|radio|heater|boiler|ac) (?:on|off|up|down)(?: .*)?",
            home,
        ),
        (
            r"(?:turn|switch|put) (?:on|off|up|down) {the}(?:.+ )?(?:telly|heat|light|flashlight|torch|do not disturb|airplane mode|bluetooth|alarm system)(?: .*)?",
            home,
        ),
        (r"make it (?:warmer|colder|cooler|brighter|darker|hotter)(?: .*)?", home),
        (
            r"set {the}(?:.+ )?(?:living room|bedroom|kitchen|house|room|heating|thermostat|lights?)(?: temperature)? to .+",
            home,
        ),
        (
            r"(?:vacuum|hoover|mop|sweep) .+|(?:brew|make) (?:me )?(?:a |some )?(?:cup of )?(?:coffee|tea|espresso)",
            home,
        ),
        (
            r"(?:is|are) {the}(?:.+ )?(?:oven|stove|iron|lights?|doors?|windows?|heating|kettle|tv) (?:on|off|open|closed|locked|shut|running)",
            home,
        ),
        (
            r"(?:lock|unlock) {the}.+|(?:open|close|shut|draw) {the}(?:.+ )?(?:curtains?|blinds?|shutters?|garage|gate|windows?)(?: .*)?",
            home,
        ),
        (r"(?:switch|change|go) to channel .+|(?:change|switch) {the}channel(?: .*)?", home),
        (
            r"(?:open|launch|start|close|quit) (?:spotify|youtube|netflix|chrome|firefox|safari|word|excel|outlook|{the}(?:browser|app|camera|settings|calculator app))(?: .*)?|(?:restart|reboot|shut down|turn off|lock) {the}(?:computer|pc|laptop|phone|screen)|print .+",
            devices,
        ),
        (
            r"what(?:'s| is) (?:the )?(?:french|spanish|german|italian|japanese|chinese|latin|russian|greek|dutch|polish|portuguese|arabic) (?:for|word for) .+",
            translation,
        ),
        (r"how do (?:you|i|we) say .+ in \w+", translation),
        (
            r"(?:how (?:many|much)) (?:calories|carbs|protein|fat|sugar|fibre|fiber|sodium)(?: are| is)?(?: there)?(?: in)? .+",
            food,
        ),
        (
            r"(?:give me|find me|find|show me|i need|do you have|what(?:'s| is)) (?:a|the|some|your)?(?: good)? ?recipes?(?: for| of)? .+",
            recipe,
        ),
        (r"how (?:do|can|should) (?:i|you) (?:make|cook|bake|prepare|roast|grill|fry|boil) .+", recipe),
        (
            r"what(?:'s| is) {the}(?:bank|account|credit card|checking|savings|card|current account) (?:balance|limit|statement)(?: .*)?|(?:send|transfer|wire|pay) .*(?:\d|bill|money|rent|euros?|dollars?|pounds?).*",
            bank,
        ),
        (
            r"(?:how (?:cold|hot|warm) (?:is|will) it .*|(?:what(?:'s| is) the )?temperature(?: outside| in .+)?)",
            weather,
        ),
        (r"(?:what(?:'s| is| are)?|show|tell|read|give|any|get)\b.*\b(?:news|headlines)\b.*", news),
        (r"(?:who won|what(?:'s| is| was) the (?:[\p{L}]+ )?score|score of) .+", news),
        (
            r"(?:what(?:'s| is)|how(?:'s| is)|check|show me|get) .*\b(?:stock|stocks|share price|exchange rate|bitcoin|stock market)\b.*",
            news,
        ),
        (r"(?:play|shuffle|listen to|queue) .+", music),
        (
            r"(?:put|stick|whack) (?:radio [\w ]+?|bbc [\w ]+?|{the}(?:[\w ]+ )?(?:radio|telly|tv|match|game|news|music|album|playlist|podcast)|some [\w ]+?|a bit of [\w ]+?) on",
            music,
        ),
        (
            r"put on (?:a bit of|some|radio|bbc|classic|{the}(?:[\w ]+ )?(?:radio|album|playlist|podcast|show|match|game|telly|news|film|movie|song)) ?.*",
            music,
        ),
        (
            r"(?:next song|skip (?:this )?(?:song|track)|pause (?:the )?(?:music|song)|stop (?:the )?(?:music|song)|what song is this|(?:turn|volume) (?:up|down)(?: the (?:volume|music))?|volume .*|turn (?:the )?(?:volume|music) (?:up|down))",
            music,
        ),
        (
            r"(?:turn|switch) (?:on|off|up|down) {the}(?:.+ )?(?:lights?|lamps?|heating|heater|tv|television|fan|ac|air con(?:ditioning)?|oven|thermostat|radio|coffee machine|kettle|plug|socket|vacuum|garage|computer|wifi|bluetooth)(?: .*)?",
            home,
        ),
        (
            r"(?:turn|switch) {the}(?:.+ )?(?:lights?|lamps?|heating|heater|tv|television|fan|ac|air con(?:ditioning)?|oven|thermostat|radio|wifi|bluetooth) (?:on|off|up|down)(?: .*)?",
            home,
        ),
        (
            r"(?:dim|brighten) .+|set {the}(?:thermostat|temperature|heating|lights?) .+|(?:lock|unlock) {the}(?:front |back |car |garage )?(?:door|car|house|garage).*|(?:open|close) {the}(?:blinds|curtains|shutters|garage).*|(?:start|run) {the}(?:vacuum|dishwasher|washing machine|coffee machine).*",
            home,
        ),
        (r"(?:call|phone|ring|dial|facetime|video call) (?:me )?{the}(?:taxi|cab|uber|lyft)(?: .*)?", taxi),
        (r"(?:get|order|book|hail) (?:me )?{the}(?:taxi|cab|uber|lyft|ride)(?: .*)?", taxi),
        (
            r"(?:call|phone|dial|facetime|ring|video call) .+|(?:make|place) a (?:phone )?call(?: .*)?|answer the phone|hang up",
            phone,
        ),
        (r"(?:write|compose|draft) (?:me )?{the}(?:email|mail|letter) (?:to|for|about) .+", author),
        (
            r"(?:send|write|reply to|read|check) (?:.+ )?(?:a |an |my |the )*(?:text|texts|message|messages|email|emails|mail|sms|whatsapp|dm)(?: .*)?",
            message,
        ),
        (r"(?:text|email|whatsapp|message|sms|dm) .+", message),
        (
            r"(?:post|tweet|share)(?: .+)? (?:on|to) (?:facebook|twitter|instagram|x|social media).*|tweet .+",
            web,
        ),
        (r"(?:book|reserve) .+|(?:make|get) {the}(?:reservation|booking|appointment)(?: .*)?", booking),
        (r"(?:order|buy me|order me) .+", shop),
        (r"(?:buy|get) .+ (?:on (?:amazon|ebay|etsy)|online)", shop),
        (
            r"(?:google|bing|search (?:the )?(?:web|internet|online|google|wikipedia)|search online|look up|look it up|search for|open (?:the )?(?:browser|website|youtube|google)|browse) ?.*",
            web,
        ),
        (
            r"(?:how do i get to|directions to|navigate to|take me to|drive me to|where(?:'s| is) the (?:nearest|closest)|find (?:me )?(?:a|the nearest|the closest)|how far is it to|how's the traffic|how is the traffic|what's the traffic) ?.+",
            maps,
        ),
        (r"(?:where am i|what's my location|what is my location|find my phone|where is my phone)", position),
        (
            r"(?:translate .+|how do you say .+ in \w+|what(?:'s| is) .+ in (?:french|spanish|german|italian|japanese|chinese|portuguese|russian|korean|arabic|polish|dutch|turkish))",
            translation,
        ),
        (
            r"(?:define .+|what(?:'s| is) the (?:definition|meaning) of .+|what does .+ mean|(?:synonyms?|antonyms?) (?:of|for) .+)",
            dictionary,
        ),
        (
            r"(?:write|compose|draft) (?:me )?{the}(?:email|mail|letter|text|message|reply) (?:to|for|about) .+",
            author,
        ),
        (
            r"(?:write|compose|draft|come up with) (?:me |us )?(?:a|an|the|my|some|our) (?:[\w'-]+ ){0,3}?(?:apology|card|greeting|wish|invitation|toast|cover letter|cv|resume|obituary|review|caption|essay|homework|assignment|report|blog post|tweet|speech|eulogy|poem|story|reply)\b.*",
            author,
        ),
        (
            r"(?:write|compose|draft) (?:me )?(?:a|an|the|some) (?:[\p{L}]+ )?(?:poem|haiku|limerick|sonnet|story|essay|email|letter|song|code|script|summary|speech)\b.*",
            author,
        ),
        (
            r"(?:take|make|snap|shoot) {the}(?:picture|photo|photograph|selfie|video|screenshot)(?: .*)?",
            camera,
        ),
        (
            r"(?:pause|resume|stop|continue|rewind|fast forward|restart|unpause) {the}(?:movie|film|video|show|podcast|audiobook|radio|playback|music|song|track|album|playlist|tv)(?: .*)?",
            music,
        ),
        (r"(?:set|turn|change) {the}volume .+|mute(?: .*)?|unmute(?: .*)?", music),
        (
            r"(?:set|preheat|heat) {the}(?:oven|stove|thermostat|air conditioner|ac|heating|fridge|freezer|boiler)(?: .*)?",
            home,
        ),
        (
            r"(?:is|are) {the}(?:.+ )?(?:doors?|windows?|lights?|garage|stove|oven|heating|alarm system|lock)(?: door)? (?:locked|unlocked|open|closed|shut|on|off|armed|running)",
            home,
        ),
        (
            r"(?:start|stop|unlock|lock|charge|warm up) {the}(?:car|dishwasher|washing machine|dryer|vacuum|robot|sprinklers?)(?: .*)?",
            home,
        ),
        (r"(?:arm|disarm|set) {the}(?:alarm system|security system|burglar alarm|house alarm)", home),
        (r"(?:buy|get|book|reserve) (?:me )?{the}(?:.+ )?tickets?(?: .*)?", booking),
        (r"(?:is|are) {the}.+ (?:open|closed)(?: now| today| tomorrow| on .+| late)?", web),
        (r"(?:track|where is|where's) {the}(?:package|parcel|order|delivery|shipment)(?: .*)?", web),
        (r"(?:download|install|update|stream|upload|browse|surf) .+", web),
        (
            r"(?:add|put|create|schedule|make|set up|book) .+ (?:to|on|in|into) {the}(?:google |outlook |apple |work )?calendar(?: .*)?|schedule {the}.+ (?:with|for|on|at) .+|what(?:'s| is) (?:on|in) {the}(?:calendar|agenda|schedule)(?: .*)?|when is {the}(?:next )?(?:meeting|appointment)(?: .*)?",
            calendar,
        ),
        (
            r"(?:list|name|give me|tell me) (?:me )?(?:all |some |three |five |ten |\d+ )?(?:of )?(?:the )?(?:names? of )?(?:all the |the )?(?:countries|capitals|planets|states|presidents|kings|queens|rivers|mountains|cities|animals|elements|continents|oceans|languages|months with|prime numbers)\b.*",
            knowledge,
        ),
        (
            r"who (?:is|was|are|were|wrote|invented|discovered|painted|composed|directed|founded|won|made|sang|sings|plays|played|built|designed|said|killed|owns|runs|created) .+",
            knowledge,
        ),
        (
            r"(?:what|which)(?:'s| is| are| was| were) {the}(?:name of |official |main |national |current )*(?:capital|population|currency|language|president|prime minister|king|queen|area|size|height|length|distance|tallest|biggest|largest|longest|smallest|fastest|highest|best|atomic|chemical|meaning|definition|cause|causes|difference between|history|origin|purpose|symptoms?|formula|speed|boiling point|melting point)\b.*",
            knowledge,
        ),
        (
            r"how (?:tall|big|heavy|deep|high|large|fast|wide|rich|hot|cold|dangerous|old|many people live in|many people|far away) (?:is|are|was|were|does|do|did|in) .+",
            knowledge,
        ),
        (
            r"(?:when|where) (?:was|were|did|is|are) .+ (?:born|die|died|invented|built|founded|discovered|discover|happen|begin|start|end|killed|released|located|written|made|published)(?: .*)?",
            knowledge,
        ),
        (
            r"how (?:do|does|did|can) (?:i|you|one|we|people|a|an|the) (?:cook|make|build|fix|repair|tie|boil|bake|draw|learn|clean|remove|install|play|knit|fold|grow|solve|lose|get) .+",
            knowledge,
        ),
        (r"how (?:do|does) [\p{L}' -]+ work", knowledge),
        (r"how long (?:does it take|do you|should i|do i|to) .+", knowledge),
        (r"(?:explain|teach me(?: about)?|tell me (?:something |more )?about) .+", knowledge),
        (
            r"(?:why|how come) (?:is|are|do|does|did|was|were|can|can't|don't|doesn't) (?:the|a|an|people|we|humans|cats|dogs|birds|some|there|my cat|my dog|stars|water|ice|it) .+",
            knowledge,
        ),
    ])
});
