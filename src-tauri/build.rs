//! Hands `tauri.conf.json` to the desktop build; the other builds need nothing.

fn main() {
    #[cfg(feature = "desktop")]
    tauri_build::build();
}
