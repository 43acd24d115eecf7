//! What becomes of timers and alarms when the clock is set back.
//!
//! Set forward, or asleep, whatever is due meanwhile fires when it is looked at next: that needs no care.

use jiff::ZonedDateTime;

use crate::{Assistant, Result, Store, skills};

/// A step back smaller than this is two callers that looked at the clock a
/// moment apart, in milliseconds.
const STEP: i64 = 2_000;

impl Assistant {
    /// Takes note of the time. Where the clock went back since it was last looked
    /// at, running timers end as much earlier, so that they run as long as they
    /// were set for; and what recurs, and went off while the clock was more than
    /// a day ahead, comes again from now on.
    pub(crate) fn look_at_clock(&self, now: &ZonedDateTime) -> Result<()> {
        look(&mut self.store(), now)?;
        match self.off_record() {
            Some(unrecorded) => look(&mut self.lock(unrecorded), now),
            None => Ok(()),
        }
    }
}

fn look(store: &mut Store, now: &ZonedDateTime) -> Result<()> {
    let moment = now.timestamp().as_millisecond();
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
