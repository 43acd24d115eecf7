//! What Sotto would need for what it cannot do.

/// A thing that Sotto does not have.
pub struct Need {
    /// As in "it needs weather reports".
    pub needed: &'static str,
    /// Which kind of thing that is.
    pub why: &'static str,
    /// What it can do instead, as in "but I can remind you to look".
    pub instead: &'static str,
}

pub const NETWORK: &str = "network";
pub const DEVICE: &str = "device";
pub const KNOWLEDGE: &str = "knowledge";
/// What no skill does.
pub const UNABLE: &str = "unable";

const fn need(needed: &'static str, why: &'static str, instead: &'static str) -> Need {
    Need { needed, why, instead }
}

pub const WEATHER: Need = need("weather reports", NETWORK, "I can remind you to look them up");
pub const NEWS: Need = need("news from the internet", NETWORK, "I can remind you to read it");
pub const MUSIC: Need = need("a music player", DEVICE, "I can keep a list of what you want to hear");
pub const SOUND: Need = need("the sound settings of this computer", DEVICE, "I can keep quiet");
pub const HOME: Need = need("your home's devices", DEVICE, "I can remind you to do it");
pub const DEVICES: Need = need("other devices and programs", DEVICE, "I can remind you to do it");
pub const TAXI: Need = need("a taxi service", NETWORK, "I can remind you to call one");
pub const PHONE: Need = need("a telephone", DEVICE, "I can remind you to call");
pub const MESSAGE: Need =
    need("a telephone or a mail account", DEVICE, "I can note the text, or remind you to write");
pub const WEB: Need = need("the internet", NETWORK, "I can note the question for later");
pub const BOOKING: Need = need("a booking service", NETWORK, "I can remind you to book it");
pub const AIRLINE: Need =
    need("an airline's service", NETWORK, "I can note what you know, or remind you to ask");
pub const TIMETABLE: Need = need("live timetables", NETWORK, "I can remind you to look");
pub const SHOP: Need = need("a shop", NETWORK, "I can put it on your shopping list");
pub const REVIEWS: Need = need("reviews from the internet", NETWORK, "I can pick one of those that you name");
pub const MAPS: Need = need("maps", NETWORK, "I can note an address, or remind you when to leave");
pub const POSITION: Need = need("your position", DEVICE, "I can note where you put something");
pub const RATES: Need = need("today's exchange rates", NETWORK, "I can do the sum if you tell me the rate");
pub const BANK: Need = need("your bank", NETWORK, "I can do sums, or remind you to pay");
pub const OFFICE: Need =
    need("your employer's or an office's records", NETWORK, "I can note what you know, or remind you to ask");
pub const TRANSLATION: Need = need("a translation model", KNOWLEDGE, "I can keep your own phrases as notes");
pub const DICTIONARY: Need = need("a dictionary", KNOWLEDGE, "I can spell the word");
pub const AUTHOR: Need = need("a language model that writes", KNOWLEDGE, "I can take it down as a note");
pub const CAMERA: Need = need("a camera", DEVICE, "I can note what you see");
pub const CALENDAR: Need = need("a calendar", UNABLE, "I can set a reminder for it");
pub const ENCYCLOPEDIA: Need = need("an encyclopedia", KNOWLEDGE, "I can note the question for later");
pub const COOKBOOK: Need =
    need("a cookbook", KNOWLEDGE, "I can keep a recipe of yours as a note, and time the cooking");
pub const FOOD: Need = need("a food table", KNOWLEDGE, "I can do the sums if you give me the numbers");
pub const MANUAL: Need = need("a manual", KNOWLEDGE, "I can note how you did it, or remind you of it");
pub const VOICE: Need = need("a voice of my own", DEVICE, "I can remind you to look in the settings");

/// What is needed where nothing better is known, one of each sort.
pub const ANY: [&Need; 3] = [&WEB, &DEVICES, &ENCYCLOPEDIA];

/// What the intents of the model pack need that no other skill serves.
pub const INTENTS: &[(&Need, &[&str])] = &[
    (&WEATHER, &["weather"]),
    (&MAPS, &["traffic", "directions", "distance", "gas"]),
    (&POSITION, &["current_location", "share_location", "find_phone"]),
    (&PHONE, &["make_call"]),
    (&MESSAGE, &["text"]),
    (&MUSIC, &["play_music", "next_song", "what_song", "update_playlist"]),
    (&HOME, &["smart_home"]),
    (&DEVICES, &["sync_device", "reset_settings"]),
    (&SOUND, &["change_volume"]),
    (&TAXI, &["uber"]),
    (
        &BOOKING,
        &[
            "book_flight",
            "book_hotel",
            "car_rental",
            "restaurant_reservation",
            "accept_reservations",
            "confirm_reservation",
            "cancel_reservation",
            "schedule_maintenance",
        ],
    ),
    (&AIRLINE, &["flight_status", "lost_luggage", "travel_alert"]),
    (&REVIEWS, &["restaurant_reviews", "restaurant_suggestion", "travel_suggestion", "how_busy"]),
    (&RATES, &["exchange_rate"]),
    (
        &BANK,
        &[
            "balance",
            "transfer",
            "pay_bill",
            "bill_balance",
            "bill_due",
            "transactions",
            "credit_score",
            "credit_limit",
            "credit_limit_change",
            "card_declined",
            "report_fraud",
            "report_lost_card",
            "damaged_card",
            "new_card",
            "replacement_card_duration",
            "expiration_date",
            "pin_change",
            "freeze_account",
            "account_blocked",
            "apr",
            "interest_rate",
            "international_fees",
            "min_payment",
            "order_checks",
            "redeem_rewards",
            "rewards_balance",
            "routing",
            "spending_history",
            "travel_notification",
            "improve_credit_score",
            "application_status",
        ],
    ),
    (
        &OFFICE,
        &[
            "pto_balance",
            "pto_request",
            "pto_request_status",
            "pto_used",
            "payday",
            "income",
            "taxes",
            "w2",
            "direct_deposit",
            "rollover_401k",
            "insurance",
            "insurance_change",
            "international_visa",
            "vaccines",
        ],
    ),
    (&SHOP, &["order", "order_status"]),
    (&DICTIONARY, &["definition"]),
    (&TRANSLATION, &["translate"]),
    (
        &COOKBOOK,
        &[
            "recipe",
            "ingredients_list",
            "ingredient_substitution",
            "cook_time",
            "food_last",
            "meal_suggestion",
        ],
    ),
    (&FOOD, &["nutrition_info", "calories"]),
    (&CALENDAR, &["calendar", "calendar_update", "schedule_meeting", "meeting_schedule"]),
    (&ENCYCLOPEDIA, &["who_made_that", "plug_type"]),
    (
        &MANUAL,
        &[
            "oil_change_how",
            "oil_change_when",
            "tire_change",
            "tire_pressure",
            "jump_start",
            "mpg",
            "gas_type",
            "last_maintenance",
        ],
    ),
    (&VOICE, &["change_speed", "change_accent", "whisper_mode", "change_language", "change_ai_name"]),
];
