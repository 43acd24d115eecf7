//! Rings: looks after timers, alarms and reminders while Sotto runs, and tells
//! the page and the system of those that went off.
//!
//! That each fires once is the core's doing, which writes the message and the new
//! state of the task together. Here nobody trusts in a long sleep: the computer
//! may have slept through it, or its clock have been set.

use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use jiff::ZonedDateTime;
use sotto::Line;
use tauri::ipc::Channel;
use tauri::{AppHandle, Manager};
use tauri_plugin_notification::NotificationExt;

use crate::chosen::Chosen;
use crate::desk::Desk;
use crate::platform;

/// The longest and the shortest time between two looks, in milliseconds.
const LONGEST: i64 = 1_000;
const SHORTEST: i64 = 10;

/// How many notifications may come at once; more become one.
const MOST: usize = 3;

/// Where the page hears what fired.
#[derive(Default)]
pub struct Bell {
    page: Mutex<Page>,
}

#[derive(Default)]
struct Page {
    ear: Option<Channel<Vec<Line>>>,
    /// What fired before the page listened.
    untold: Vec<Line>,
}

impl Bell {
    /// Looks for what is due, until Sotto ends.
    pub fn start(app: AppHandle) {
        tauri::async_runtime::spawn(async move {
            loop {
                let now = ZonedDateTime::now();
                let moment = now.timestamp().as_millisecond();
                let desk = app.state::<Desk>();
                let look = desk.ask(move |assistant| {
                    let fired = assistant.due(&now)?;
                    Ok((fired, assistant.next_due()?))
                });
                let next = match look.await {
                    Ok((fired, next)) => {
                        if !fired.is_empty() {
                            notify(&app, &fired);
                            app.state::<Bell>().tell(fired);
                        }
                        next
                    }
                    // The status line says already what is wrong with the store.
                    Err(_) => None,
                };
                tokio::time::sleep(pause(moment, next)).await;
            }
        });
    }

    /// Tells `ear`, and no other from now on, what fires, beginning with what
    /// nobody has heard yet.
    pub fn listen(&self, ear: Channel<Vec<Line>>) {
        let mut page = self.page.lock().unwrap_or_else(PoisonError::into_inner);
        page.ear = Some(ear);
        let untold = std::mem::take(&mut page.untold);
        page.tell(untold);
    }

    fn tell(&self, fired: Vec<Line>) {
        self.page.lock().unwrap_or_else(PoisonError::into_inner).tell(fired);
    }
}

impl Page {
    fn tell(&mut self, fired: Vec<Line>) {
        if fired.is_empty() {
            return;
        }
        match &self.ear {
            Some(ear) if ear.send(fired.clone()).is_ok() => {}
            _ => self.untold.extend(fired),
        }
    }
}

/// How long to wait at `now` if something is due at `next`.
fn pause(now: i64, next: Option<i64>) -> Duration {
    let left = next.map_or(LONGEST, |next| next.saturating_sub(now));
    Duration::from_millis(left.clamp(SHORTEST, LONGEST).unsigned_abs())
}

/// Shows what fired as notifications of the system, if the user wants any.
fn notify(app: &AppHandle, fired: &[Line]) {
    if !app.state::<Chosen>().get().notify {
        return;
    }
    let texts: Vec<&str> = fired.iter().map(|line| line.message.text.as_str()).collect();
    let bodies = if texts.len() > MOST {
        vec![texts.join("\n")]
    } else {
        texts.into_iter().map(str::to_owned).collect()
    };
    for body in bodies {
        let mut notification = app.notification().builder().title("Sotto").body(body);
        if let Some(sound) = platform::ALARM_SOUND {
            notification = notification.sound(sound);
        }
        if let Err(error) = notification.show() {
            tracing::warn!("the system shows no notification: {error}");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_looks_when_something_is_due_and_never_sleeps_long() {
        assert_eq!(pause(1_000, None), Duration::from_millis(1_000));
        assert_eq!(pause(1_000, Some(1_250)), Duration::from_millis(250));
        assert_eq!(pause(1_000, Some(90_000)), Duration::from_millis(1_000));
        assert_eq!(pause(1_000, Some(900)), Duration::from_millis(10), "late: at once, but not in a spin");
        assert_eq!(pause(i64::MIN, Some(i64::MAX)), Duration::from_millis(1_000));
    }
}
