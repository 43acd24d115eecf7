//! The few words that the program says outside its page, in the page's language.

use sotto::Preferences;

/// What stands in the tray's menu.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Words {
    pub show: &'static str,
    pub quit: &'static str,
}

const ENGLISH: Words = Words { show: "Show Sotto", quit: "Quit Sotto" };
const GERMAN: Words = Words { show: "Sotto zeigen", quit: "Sotto beenden" };

impl Words {
    /// The words in the language that is chosen, or the system's.
    pub fn of(preferences: &Preferences) -> Words {
        let language = preferences.language.clone().or_else(sys_locale::get_locale).unwrap_or_default();
        if language.to_lowercase().starts_with("de") { GERMAN } else { ENGLISH }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_chosen_language_wins() {
        let chosen =
            |language: &str| Preferences { language: Some(language.into()), ..Preferences::default() };
        assert_eq!(Words::of(&chosen("de")), GERMAN);
        assert_eq!(Words::of(&chosen("en")), ENGLISH);
    }
}
