//! Says no to what needs a network, a device, or knowledge of the world.

use std::sync::LazyLock;

use super::Skill;
use super::grammar::{Found, Grammar};
use super::turn::{Reply, Turn};

pub(super) struct Offline;

const NETWORK: &str = "network";
const DEVICE: &str = "device";
const KNOWLEDGE: &str = "knowledge";
/// What no skill does.
pub(super) const UNABLE: &str = "unable";

/// Each intent with what it would need, and which kind of thing that is.
const NEEDS: &[(&str, &str, &str)] = &[
    ("weather", "weather reports", NETWORK),
    ("traffic", "traffic reports", NETWORK),
    ("directions", "maps", NETWORK),
    ("distance", "maps", NETWORK),
    ("gas", "maps", NETWORK),
    ("current_location", "your position", DEVICE),
    ("share_location", "your position", DEVICE),
    ("make_call", "a telephone", DEVICE),
    ("text", "a telephone", DEVICE),
    ("find_phone", "a telephone", DEVICE),
    ("play_music", "a music player", DEVICE),
    ("next_song", "a music player", DEVICE),
    ("what_song", "a music player", DEVICE),
    ("update_playlist", "a music player", DEVICE),
    ("smart_home", "your home's devices", DEVICE),
    ("sync_device", "your other devices", DEVICE),
    ("change_volume", "the sound settings", DEVICE),
    ("uber", "a taxi service", NETWORK),
    ("book_flight", "a booking service", NETWORK),
    ("book_hotel", "a booking service", NETWORK),
    ("car_rental", "a booking service", NETWORK),
    ("flight_status", "an airline's service", NETWORK),
    ("lost_luggage", "an airline's service", NETWORK),
    ("restaurant_reservation", "a booking service", NETWORK),
    ("accept_reservations", "a booking service", NETWORK),
    ("confirm_reservation", "a booking service", NETWORK),
    ("cancel_reservation", "a booking service", NETWORK),
    ("restaurant_reviews", "reviews from the internet", NETWORK),
    ("restaurant_suggestion", "reviews from the internet", NETWORK),
    ("travel_suggestion", "reviews from the internet", NETWORK),
    ("travel_alert", "news from the internet", NETWORK),
    ("exchange_rate", "today's exchange rates", NETWORK),
    ("balance", "your bank", NETWORK),
    ("transfer", "your bank", NETWORK),
    ("pay_bill", "your bank", NETWORK),
    ("bill_balance", "your bank", NETWORK),
    ("bill_due", "your bank", NETWORK),
    ("transactions", "your bank", NETWORK),
    ("spending_history", "your bank", NETWORK),
    ("account_blocked", "your bank", NETWORK),
    ("freeze_account", "your bank", NETWORK),
    ("credit_score", "your bank", NETWORK),
    ("credit_limit", "your bank", NETWORK),
    ("card_declined", "your bank", NETWORK),
    ("report_fraud", "your bank", NETWORK),
    ("report_lost_card", "your bank", NETWORK),
    ("interest_rate", "your bank", NETWORK),
    ("order", "a shop", NETWORK),
    ("order_status", "a shop", NETWORK),
    ("definition", "a dictionary", KNOWLEDGE),
    ("translate", "a translation model", KNOWLEDGE),
    ("recipe", "a cookbook", KNOWLEDGE),
    ("nutrition_info", "a food table", KNOWLEDGE),
    ("calories", "a food table", KNOWLEDGE),
    ("calendar", "a calendar", UNABLE),
    ("calendar_update", "a calendar", UNABLE),
    ("schedule_meeting", "a calendar", UNABLE),
    ("meeting_schedule", "a calendar", UNABLE),
    ("fun_fact", "an encyclopedia", KNOWLEDGE),
    ("who_made_that", "an encyclopedia", KNOWLEDGE),
    ("ingredients_list", "a cookbook", KNOWLEDGE),
    ("ingredient_substitution", "a cookbook", KNOWLEDGE),
    ("cook_time", "a cookbook", KNOWLEDGE),
    ("food_last", "a cookbook", KNOWLEDGE),
    ("meal_suggestion", "a cookbook", KNOWLEDGE),
    ("how_busy", "reviews from the internet", NETWORK),
    ("change_speed", "a voice", DEVICE),
    ("change_accent", "a voice", DEVICE),
    ("whisper_mode", "a voice", DEVICE),
    ("schedule_maintenance", "a booking service", NETWORK),
    ("international_visa", "an embassy's web site", NETWORK),
    ("vaccines", "a health service", NETWORK),
    ("plug_type", "an encyclopedia", KNOWLEDGE),
];

const INTENTS: [&str; NEEDS.len()] = {
    let mut names = [""; NEEDS.len()];
    let mut at = 0;
    while at < NEEDS.len() {
        names[at] = NEEDS[at].0;
        at += 1;
    }
    names
};

static GRAMMAR: LazyLock<Grammar> = LazyLock::new(|| {
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
        (
            r"(?:how (?:cold|hot|warm) (?:is|will) it .*|(?:what(?:'s| is) the )?temperature(?: outside| in .+)?)",
            weather,
        ),
        (r"(?:what(?:'s| is| are)?|show|tell|read|give|any|get)\b.*\b(?:news|headlines)\b.*", news),
        (r"(?:who won|what(?:'s| is| was) the score|score of) .+", news),
        (
            r"(?:what(?:'s| is)|how(?:'s| is)|check|show me|get) .*\b(?:stock|stocks|share price|exchange rate|bitcoin|stock market)\b.*",
            news,
        ),
        (r"(?:play|shuffle|listen to|queue) .+", music),
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
        (r"(?:post|tweet|share) .+ (?:on|to) (?:facebook|twitter|instagram|x|social media).*|tweet .+", web),
        (r"(?:book|reserve) .+|(?:make|get) {the}(?:reservation|booking|appointment)(?: .*)?", booking),
        (r"(?:order|buy me|order me) .+", shop),
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
            r"(?:write|compose|draft) (?:me )?(?:a|an|the|some) (?:poem|story|essay|email|letter|song|code|script|summary|speech)\b.*",
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
        (r"how long (?:does it take|do you|should i|do i|to) .+", knowledge),
        (r"(?:explain|teach me(?: about)?|tell me (?:something |more )?about) .+", knowledge),
        (
            r"(?:why|how come) (?:is|are|do|does|did|was|were|can|can't|don't|doesn't) (?:the|a|an|people|we|humans|cats|dogs|birds|some|there|my cat|my dog|stars|water|ice|it) .+",
            knowledge,
        ),
    ])
});

impl Skill for Offline {
    fn name(&self) -> &'static str {
        "offline"
    }

    fn intents(&self) -> &'static [&'static str] {
        &INTENTS
    }

    fn grammar(&self) -> Option<&'static Grammar> {
        Some(&GRAMMAR)
    }

    fn meant(&self, turn: &mut Turn<'_>) -> Option<Reply> {
        let (_, needed, why) = NEEDS.iter().find(|(intent, ..)| *intent == turn.analysis.intent.name)?;
        Some(refusal(needed, why, ""))
    }
}

fn refusal(needed: &str, why: &'static str, instead: &str) -> Reply {
    let text = match why {
        KNOWLEDGE => format!("I can't do that: it needs {needed}, and I only know what is on this computer."),
        UNABLE => format!("I can't do that: I have no {}.", needed.trim_start_matches("a ")),
        _ => format!("I can't do that: it needs {needed}, and I work offline, on this computer only."),
    };
    Reply { refused: Some(why), ..Reply::say(format!("{text}{instead}")) }
}

fn weather(_: &mut Turn<'_>, _: &Found) -> Option<Reply> {
    Some(refusal("weather reports", NETWORK, ""))
}

fn news(_: &mut Turn<'_>, _: &Found) -> Option<Reply> {
    Some(refusal("news from the internet", NETWORK, ""))
}

fn music(_: &mut Turn<'_>, _: &Found) -> Option<Reply> {
    Some(refusal("a music player", DEVICE, ""))
}

fn home(_: &mut Turn<'_>, _: &Found) -> Option<Reply> {
    Some(refusal("your home's devices", DEVICE, " I can remind you to do it."))
}

fn taxi(_: &mut Turn<'_>, _: &Found) -> Option<Reply> {
    Some(refusal("a taxi service", NETWORK, " I can remind you to call one."))
}

fn phone(_: &mut Turn<'_>, _: &Found) -> Option<Reply> {
    Some(refusal("a telephone", DEVICE, " I can remind you to call."))
}

fn message(_: &mut Turn<'_>, _: &Found) -> Option<Reply> {
    Some(refusal("a telephone or a mail account", DEVICE, " I can note the text, or remind you to write."))
}

fn web(_: &mut Turn<'_>, _: &Found) -> Option<Reply> {
    Some(refusal("the internet", NETWORK, ""))
}

fn booking(_: &mut Turn<'_>, _: &Found) -> Option<Reply> {
    Some(refusal("a booking service", NETWORK, " I can remind you to book it."))
}

fn shop(_: &mut Turn<'_>, _: &Found) -> Option<Reply> {
    Some(refusal("a shop", NETWORK, " I can put it on your shopping list."))
}

fn maps(_: &mut Turn<'_>, _: &Found) -> Option<Reply> {
    Some(refusal("maps", NETWORK, ""))
}

fn position(_: &mut Turn<'_>, _: &Found) -> Option<Reply> {
    Some(refusal("your position", DEVICE, ""))
}

fn translation(_: &mut Turn<'_>, _: &Found) -> Option<Reply> {
    Some(refusal("a translation model", KNOWLEDGE, ""))
}

fn dictionary(_: &mut Turn<'_>, _: &Found) -> Option<Reply> {
    Some(refusal("a dictionary", KNOWLEDGE, ""))
}

fn author(_: &mut Turn<'_>, _: &Found) -> Option<Reply> {
    Some(refusal("a language model that writes", KNOWLEDGE, " I can take a note for you."))
}

fn camera(_: &mut Turn<'_>, _: &Found) -> Option<Reply> {
    Some(refusal("a camera", DEVICE, ""))
}

fn calendar(_: &mut Turn<'_>, _: &Found) -> Option<Reply> {
    Some(refusal("a calendar", UNABLE, " I can set a reminder for it."))
}

fn knowledge(_: &mut Turn<'_>, _: &Found) -> Option<Reply> {
    Some(refusal("an encyclopedia", KNOWLEDGE, ""))
}
