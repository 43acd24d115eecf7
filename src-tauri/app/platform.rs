//! Where one platform differs from another.

/// Readies the process for its window; to be called before anything else.
///
/// # Errors
/// If there is no screen for a window.
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
    Ok(())
}

/// Readies the process for its window; to be called before anything else.
#[cfg(not(target_os = "linux"))]
pub fn prepare() -> Result<(), &'static str> {
    Ok(())
}
