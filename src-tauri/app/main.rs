//! The window: Sotto on the desktop, over the same core as the command line.

// A release on Windows is a program with a window, not one with a console.
#![cfg_attr(not(debug_assertions), windows_subsystem = "windows")]

mod commands;
mod desk;
mod export;
mod finding;
mod intake;
mod platform;
mod work;

use std::error::Error;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::Parser;
use sotto::folders;
use tauri::{Manager, RunEvent};
use tracing_subscriber::EnvFilter;

use crate::desk::Desk;
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

/// Opens the window and stays until it is closed.
fn open(options: Options) -> Result<(), Box<dyn Error>> {
    platform::prepare()?;
    listen_in();
    tauri::Builder::default()
        .plugin(tauri_plugin_dialog::init())
        .manage(Desk::open(options.data_dir))
        .manage(Work::default())
        .manage(Drops::default())
        .on_window_event(intake::watch)
        .setup(move |app| {
            let resources = app.path().resource_dir().ok();
            let pack = folders::model_dir(options.model, resources.as_deref(), &std::env::current_exe()?);
            app.state::<Desk>().load(pack);
            Ok(())
        })
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
            commands::due,
            commands::status,
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

/// What goes on inside goes to stderr: warnings, or what `SOTTO_LOG` asks for.
fn listen_in() {
    let filter = EnvFilter::try_from_env("SOTTO_LOG").unwrap_or_else(|_| EnvFilter::new("warn"));
    tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).init();
}
