//! Where one platform differs from another.

use sotto::Result;
#[cfg(target_os = "linux")]
use sotto::{Code, Error};

/// The system's name for the sound of an alarm, where it has one.
#[cfg(target_os = "linux")]
pub const ALARM_SOUND: Option<&str> = Some("alarm-clock-elapsed");
/// The system's name for the sound of an alarm, where it has one.
#[cfg(target_os = "macos")]
pub const ALARM_SOUND: Option<&str> = Some("Glass");
/// The system's name for the sound of an alarm, where it has one.
#[cfg(not(any(target_os = "linux", target_os = "macos")))]
pub const ALARM_SOUND: Option<&str> = None;

/// Readies the process for its window; to be called before anything else.
///
/// # Errors
/// If there is no screen for a window, or it cannot be opened.
#[cfg(target_os = "linux")]
pub fn prepare() -> Result<(), &'static str> {
    let set = |name| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    if !set("DISPLAY") && !set("WAYLAND_DISPLAY") {
        return Err("there is no screen to open a window on (neither DISPLAY nor WAYLAND_DISPLAY is set); \
                    start it from a desktop session, or use `sotto chat` in the terminal");
    }
    // On a fair share of graphics drivers WebKit's DMA-BUF renderer shows a
    // white window and nothing else.
    if std::env::var_os("WEBKIT_DISABLE_DMABUF_RENDERER").is_none() {
        // SAFETY: no other thread has been started yet.
        unsafe { std::env::set_var("WEBKIT_DISABLE_DMABUF_RENDERER", "1") };
    }
    // Asked for again later, where a screen that cannot be opened is a panic.
    gtk::init().map_err(|_| {
        "the screen that DISPLAY or WAYLAND_DISPLAY names cannot be opened; start it from a desktop session, or \
         use `sotto chat` in the terminal"
    })
}

/// Readies the process for its window; to be called before anything else.
#[cfg(not(target_os = "linux"))]
pub fn prepare() -> Result<(), &'static str> {
    Ok(())
}

/// Whether there can be a tray.
///
/// # Errors
/// If the library that draws it is missing; without asking first, the program
/// would end where it is used.
#[cfg(target_os = "linux")]
pub fn check_tray() -> Result<()> {
    let names = ["libayatana-appindicator3.so.1", "libappindicator3.so.1"];
    // SAFETY: these libraries only register types with GLib when they are loaded,
    // which is what the tray does with them next.
    if names.iter().any(|name| unsafe { libloading::Library::new(name) }.map(std::mem::forget).is_ok()) {
        return Ok(());
    }
    Err(Error::new(
        Code::Input,
        "this system lacks libayatana-appindicator3, which draws tray icons; install it and try again",
    ))
}

/// Whether there can be a tray.
#[cfg(not(target_os = "linux"))]
pub fn check_tray() -> Result<()> {
    Ok(())
}

/// Whether a program can have keys that work everywhere.
///
/// # Errors
/// Under Wayland, which gives such keys to no program.
#[cfg(target_os = "linux")]
pub fn check_shortcuts() -> Result<()> {
    if std::env::var_os("WAYLAND_DISPLAY").is_none_or(|display| display.is_empty()) {
        return Ok(());
    }
    Err(Error::new(
        Code::Input,
        "this desktop (Wayland) gives keys to no program; let its own keyboard settings start sotto-desktop, \
         which brings the window to the front",
    ))
}

/// Whether a program can have keys that work everywhere.
#[cfg(not(target_os = "linux"))]
pub fn check_shortcuts() -> Result<()> {
    Ok(())
}
