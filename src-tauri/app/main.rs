//! The window: Sotto on the desktop, over the same core as the command line.

// A release on Windows is a program with a window, not one with a console.
#![cfg_attr(not(debug_assertions), windows_subsystem = "windows")]

mod bell;
mod chosen;
mod commands;
mod desk;
mod export;
mod finding;
mod front;
mod intake;
mod pick;
mod platform;
mod settings;
mod words;
mod work;

use std::error::Error;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::Parser;
use tauri::{App, Manager, RunEvent, WebviewWindowBuilder};
use tauri_plugin_window_state::StateFlags;
use tracing_subscriber::EnvFilter;

use crate::bell::Bell;
use crate::chosen::Chosen;
use crate::desk::{Desk, Places};
use crate::intake::Drops;
use crate::work::Work;

/// A private chat assistant for the desktop that works offline.
#[derive(Debug, Parser)]
#[command(name = "sotto-desktop", version)]
struct Options {
    /// The folder that keeps the conversations
    #[arg(long, value_name = "DIR", env = "SOTTO_DATA_DIR")]
    data_dir: Option<PathBuf>,

    /// The model pack to work with
    #[arg(long, value_name = "DIR", env = "SOTTO_MODEL_DIR")]
    model: Option<PathBuf>,

    /// Open in the tray, if Sotto is to stay there
    #[arg(long)]
    hidden: bool,
}

fn main() -> ExitCode {
    match open(Options::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("sotto-desktop: {error}");
            ExitCode::FAILURE
        }
    }
}

/// Opens the window and stays until it is closed for good.
fn open(options: Options) -> Result<(), Box<dyn Error>> {
    platform::prepare()?;
    listen_in();
    let mut builder = tauri::Builder::default();
    // Who names a data folder wants a Sotto of its own. First of all plugins: it
    // ends a second Sotto before that has touched anything.
    if options.data_dir.is_none() {
        builder = builder.plugin(tauri_plugin_single_instance::init(|app, _, _| front::show(app)));
    }
    // Whether the window is visible is the tray's business.
    let kept = StateFlags::SIZE | StateFlags::POSITION | StateFlags::MAXIMIZED | StateFlags::FULLSCREEN;
    builder
        .plugin(tauri_plugin_autostart::Builder::new().arg("--hidden").build())
        .plugin(tauri_plugin_dialog::init())
        .plugin(tauri_plugin_notification::init())
        .plugin(tauri_plugin_window_state::Builder::new().with_state_flags(kept).build())
        .manage(Bell::default())
        .manage(Drops::default())
        .manage(Work::default())
        .setup(move |app| set_up(app, options))
        .on_window_event(front::closing)
        .on_window_event(intake::watch)
        .invoke_handler(tauri::generate_handler![
            commands::conversations,
            commands::new_conversation,
            commands::messages,
            commands::messages_from,
            commands::place,
            commands::question,
            commands::new_off_record_conversation,
            commands::arrange,
            commands::delete_conversation,
            commands::delete_message,
            commands::bring_back,
            commands::edit_message,
            commands::correct,
            commands::labels,
            commands::send,
            commands::listen,
            commands::status,
            commands::preferences,
            commands::choose,
            commands::settings,
            commands::start_at_login,
            commands::set_retention,
            commands::delete_everything,
            commands::open_data,
            commands::move_data,
            commands::choose_model,
            commands::use_shipped_model,
            commands::back_up,
            commands::restore,
            finding::search,
            finding::count,
            finding::insight,
            finding::export_formats,
            finding::preview_export,
            finding::export,
            finding::choose_logs,
            finding::watch_drops,
            finding::preview_log,
            finding::import_log,
            finding::call_off,
            finding::tagging,
            finding::pause_tagging,
        ])
        .build(tauri::generate_context!())?
        .run(|app, event| {
            if let RunEvent::Exit = event {
                app.state::<Desk>().close();
            }
        });
    Ok(())
}

/// The data first, then the window, then the model, which takes longest.
fn set_up(app: &mut App, options: Options) -> Result<(), Box<dyn Error>> {
    let chosen = Chosen::read();
    let preferences = chosen.get();
    app.manage(chosen);
    app.manage(Desk::open(Places {
        data: options.data_dir,
        moved: preferences.data.clone(),
        model: options.model,
        chosen: preferences.model.clone(),
        resources: app.path().resource_dir().ok(),
        program: std::env::current_exe()?,
    }));
    if let Err(error) = front::arrange(app.handle(), &preferences) {
        tracing::error!("{error}");
    }
    let window = app.config().app.windows.first().cloned().ok_or("tauri.conf.json names no window")?;
    let visible = !(options.hidden && preferences.tray);
    WebviewWindowBuilder::from_config(app.handle(), &window)?.visible(visible).build()?;
    app.state::<Desk>().load();
    Bell::start(app.handle().clone());
    Ok(())
}

/// What goes on inside goes to stderr: warnings, or what `SOTTO_LOG` asks for.
fn listen_in() {
    let filter = EnvFilter::try_from_env("SOTTO_LOG").unwrap_or_else(|_| EnvFilter::new("warn"));
    tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).init();
}
