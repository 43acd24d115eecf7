//! How Sotto comes to the front and where it stays when its window is closed:
//! the tray and the keys that work everywhere, both off until they are wanted.

use sotto::{Code, Error, Preferences, Result};
use tauri::menu::MenuBuilder;
use tauri::tray::{MouseButton, MouseButtonState, TrayIconBuilder, TrayIconEvent};
use tauri::{AppHandle, Manager, Window, WindowEvent, Wry};
use tauri_plugin_global_shortcut::{GlobalShortcut, GlobalShortcutExt, ShortcutState};

use crate::platform;
use crate::words::Words;

/// The one window.
pub const WINDOW: &str = "main";

const TRAY: &str = "tray";
const SHOW: &str = "show";
const QUIT: &str = "quit";

/// Shows the window and gives it the keyboard.
pub fn show(app: &AppHandle) {
    let Some(window) = app.get_webview_window(WINDOW) else { return };
    let shown = window.unminimize().and_then(|()| window.show()).and_then(|()| window.set_focus());
    if let Err(error) = shown {
        tracing::warn!("the window does not come to the front: {error}");
    }
}

/// A window that is closed while Sotto is in the tray only hides, so that alarms
/// go on ringing.
pub fn closing(window: &Window, event: &WindowEvent) {
    if let WindowEvent::CloseRequested { api, .. } = event
        && window.app_handle().tray_by_id(TRAY).is_some()
        && window.hide().is_ok()
    {
        api.prevent_close();
    }
}

/// Puts the tray and the keys in order; to be called on the main thread.
///
/// # Errors
/// [`Code::Input`] if the system has no tray or does not give the keys away.
pub fn arrange(app: &AppHandle, preferences: &Preferences) -> Result<()> {
    tray(app, preferences)?;
    keys(app, preferences.shortcut.as_deref())
}

fn tray(app: &AppHandle, preferences: &Preferences) -> Result<()> {
    if !preferences.tray {
        app.remove_tray_by_id(TRAY);
        return Ok(());
    }
    if app.tray_by_id(TRAY).is_some() {
        return Ok(());
    }
    platform::check_tray()?;
    let words = Words::of(preferences);
    let build = || {
        let menu = MenuBuilder::new(app).text(SHOW, words.show).separator().text(QUIT, words.quit).build()?;
        let mut tray = TrayIconBuilder::with_id(TRAY)
            .tooltip("Sotto")
            .menu(&menu)
            .show_menu_on_left_click(false)
            .on_menu_event(|app, event| match event.id().as_ref() {
                QUIT => app.exit(0),
                _ => show(app),
            })
            .on_tray_icon_event(|tray, event| {
                if let TrayIconEvent::Click {
                    button: MouseButton::Left,
                    button_state: MouseButtonState::Up,
                    ..
                } = event
                {
                    show(tray.app_handle());
                }
            });
        if let Some(icon) = app.default_window_icon() {
            tray = tray.icon(icon.clone());
        }
        tray.build(app)
    };
    build()
        .map(|_| ())
        .map_err(|error| Error::new(Code::Input, "the system shows no tray icon for Sotto").because(error))
}

fn keys(app: &AppHandle, keys: Option<&str>) -> Result<()> {
    // Only who wants keys gets the thread that waits for them.
    if app.try_state::<GlobalShortcut<Wry>>().is_none() {
        if keys.is_none() {
            return Ok(());
        }
        platform::check_shortcuts()?;
        app.plugin(tauri_plugin_global_shortcut::Builder::new().build()).map_err(refused)?;
    }
    let shortcuts = app.global_shortcut();
    shortcuts.unregister_all().map_err(refused)?;
    let Some(keys) = keys else { return Ok(()) };
    shortcuts
        .on_shortcut(keys, |app, _, event| {
            if event.state() == ShortcutState::Pressed {
                show(app);
            }
        })
        .map_err(refused)
}

fn refused(error: impl std::error::Error + Send + Sync + 'static) -> Error {
    Error::new(Code::Input, "the system does not give these keys to Sotto; choose others").because(error)
}
