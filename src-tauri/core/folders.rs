//! Where things live on each platform: the one place that knows.

use std::path::{Path, PathBuf};

use crate::{Code, Error, Result};

/// The pack that ships with Sotto, below a folder of resources.
const SHIPPED_PACK: &str = "models/squeezebert";

/// The data folder: the `chosen` one, or the platform's own
/// (`~/.local/share/sotto`, `~/Library/Application Support/app.sotto.sotto`,
/// `%APPDATA%\sotto\sotto\data`).
pub fn data_dir(chosen: Option<PathBuf>) -> Result<PathBuf> {
    chosen.or_else(|| Some(own()?.data_dir().to_owned())).ok_or_else(|| {
        Error::new(Code::File, "this account has no home folder; choose a data folder with --data-dir")
    })
}

/// The file of the [`Preferences`](crate::Preferences), in the platform's folder
/// for such things (`~/.config/sotto` on Linux).
pub fn preferences_file() -> Result<PathBuf> {
    let file = own().map(|own| own.config_dir().join("settings.json"));
    file.ok_or_else(|| Error::new(Code::File, "this account has no home folder to keep settings in"))
}

fn own() -> Option<directories::ProjectDirs> {
    directories::ProjectDirs::from("app", "sotto", "sotto")
}

/// Where "export this chat" writes: the `chosen` folder, or `exports` in a `data`
/// folder that was chosen, or `Sotto` among the user's documents.
pub fn exports_dir(chosen: Option<PathBuf>, data: Option<&Path>) -> Result<PathBuf> {
    let documents = || Some(directories::UserDirs::new()?.document_dir()?.join("Sotto"));
    let kept = || Some(data_dir(None).ok()?.join("exports"));
    chosen.or_else(|| Some(data?.join("exports"))).or_else(documents).or_else(kept).ok_or_else(|| {
        Error::new(Code::File, "this account has no documents folder; choose one with --export-dir")
    })
}

/// The model pack: the `chosen` one, or the first that is found in the
/// application's `resources`, near the running `program` (beside it, in the
/// places where the installers put it, in a checkout around it).
pub fn model_dir(chosen: Option<PathBuf>, resources: Option<&Path>, program: &Path) -> Result<PathBuf> {
    if let Some(dir) = chosen {
        return Ok(dir);
    }
    let bin = program.parent().unwrap_or(Path::new("."));
    let installed = [bin.join("../lib/Sotto"), bin.join("../Resources")];
    let bases =
        resources.map(Path::to_owned).into_iter().chain(installed).chain(bin.ancestors().map(Path::to_owned));
    bases.map(|base| base.join(SHIPPED_PACK)).find(|dir| dir.join("labels.json").is_file()).ok_or_else(|| {
        Error::new(
            Code::Pack,
            format!(
                "no model pack ({SHIPPED_PACK}) near {}; name one with --model or SOTTO_MODEL_DIR",
                program.display()
            ),
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pack(base: &Path) -> PathBuf {
        let dir = base.join(SHIPPED_PACK);
        std::fs::create_dir_all(&dir).unwrap();
        std::fs::write(dir.join("labels.json"), "{}").unwrap();
        dir
    }

    #[test]
    fn the_chosen_folders_win() {
        let chosen = PathBuf::from("somewhere");
        assert_eq!(data_dir(Some(chosen.clone())).unwrap(), chosen);
        assert_eq!(model_dir(Some(chosen.clone()), None, Path::new("sotto")).unwrap(), chosen);
    }

    #[test]
    fn exports_stay_beside_data_that_was_put_somewhere() {
        let (chosen, data) = (PathBuf::from("out"), Path::new("data"));
        assert_eq!(exports_dir(Some(chosen.clone()), Some(data)).unwrap(), chosen);
        assert_eq!(exports_dir(None, Some(data)).unwrap(), data.join("exports"));
    }

    #[test]
    fn the_pack_is_found_from_a_build_folder_and_from_an_installation() {
        let checkout = tempfile::tempdir().unwrap();
        let dir = pack(checkout.path());
        let built = checkout.path().join("target/debug/sotto");
        assert_eq!(model_dir(None, None, &built).unwrap(), dir);

        let usr = tempfile::tempdir().unwrap();
        std::fs::create_dir_all(usr.path().join("bin")).unwrap();
        let dir = pack(&usr.path().join("lib/Sotto"));
        let found = model_dir(None, None, &usr.path().join("bin/sotto")).unwrap();
        assert_eq!(found.canonicalize().unwrap(), dir.canonicalize().unwrap());
    }

    #[test]
    fn the_applications_resources_come_first() {
        let resources = tempfile::tempdir().unwrap();
        let checkout = tempfile::tempdir().unwrap();
        pack(checkout.path());
        let dir = pack(resources.path());
        let program = checkout.path().join("sotto");
        assert_eq!(model_dir(None, Some(resources.path()), &program).unwrap(), dir);
    }

    #[test]
    fn no_pack_is_one_sentence() {
        let empty = tempfile::tempdir().unwrap();
        let error = model_dir(None, None, &empty.path().join("sotto")).unwrap_err();
        assert_eq!(error.code(), Code::Pack);
        assert!(error.to_string().contains("--model"), "{error}");
    }
}
