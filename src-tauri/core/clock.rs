//! What becomes of timers and alarms when the clock is set back.
//!
//! Set forward, or asleep, whatever is due meanwhile fires when it is looked at next: that needs no care.

use jiff::ZonedDateTime;

use crate::{Assistant, Result, skills};

/// A step back smaller than this is two callers that looked at the clock a
/// moment apart, in milliseconds.
const STEP: i64 = 2_000;

impl Assistant {
    /// Takes note of the time. Where the clock went back since it was last looked
    /// at, running timers end as much earlier, so that they run as long as they
    /// were set for; and what recurs, and went off while the clock was more than
    /// a day ahead, comes again from now on.
    pub(crate) fn look_at_clock(&self, now: &ZonedDateTime) -> Result<()> {
        let moment = now.timestamp().as_millisecond();
        // Under one lock, so that no step is taken twice.
        let mut store = self.store();
        let before = store.last_seen.replace(moment).unwrap_or(moment);
        if before - moment < STEP {
            return Ok(());
        }
        let set = store.set_back(before - moment, moment, |task| skills::rewound(task, now));
        if set.is_err() {
            store.last_seen = Some(before);
        }
        set
    }
}
