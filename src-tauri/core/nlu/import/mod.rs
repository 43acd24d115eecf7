//! A SqueezeBERT checkpoint of Hugging Face's `transformers` becomes a model pack.

use std::fs;
use std::path::{Path, PathBuf};

use super::pack::{self, EncoderShape, FileStamp, IntentHead, MODEL, TOKENIZER};
use super::{Engine, Head, Nlu, Pack};
use crate::{Code, Error, Result};

mod checkpoint;
mod heads;
mod network;
mod tensors;
mod vocabulary;

use checkpoint::Checkpoint;
use heads::{Heads, OUT_OF_SCOPE};

/// Longest window, as far as the checkpoint has places for it.
const WINDOW: usize = 512;

/// What was found in a checkpoint, and the pack that was made of it.
#[derive(Debug, Clone)]
pub struct ImportedModel {
    /// The pack.
    pub pack: Pack,
    /// The file that the weights came from.
    pub weights: PathBuf,
    /// The file that the vocabulary came from.
    pub vocabulary: PathBuf,
    /// Numbers in all tensors that were taken.
    pub parameters: usize,
    /// What the checkpoint's head became, in one sentence.
    pub head: String,
    /// What computes it on this machine.
    pub engine: Engine,
}

/// Makes a model pack at `to`, where there must be nothing yet, of the checkpoint in the folder `from`.
///
/// A head that the checkpoint lacks always says the same: out of scope, `other`, neutral, no entity. Fails with
/// [`Code::Input`], naming file and tensor, if the checkpoint is not a SqueezeBERT or is incomplete.
pub fn import_model(from: &Path, to: &Path) -> Result<ImportedModel> {
    if to.exists() {
        let message = format!("{} exists already; choose a folder that does not", to.display());
        return Err(Error::new(Code::File, message));
    }
    let checkpoint = Checkpoint::open(from)?;
    let heads = Heads::of(&checkpoint)?;
    let (vocabulary, tokenizer) = vocabulary::tokenizer(from)?;
    let (network, parameters) = network::encode(&checkpoint, &heads)?;

    let folder = to.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    fs::create_dir_all(folder).map_err(|e| Error::file("cannot make", folder, e))?;
    let draft = tempfile::tempdir_in(folder).map_err(|e| Error::file("cannot write to", folder, e))?;
    let write = |name: &str, content: &[u8]| {
        let path = draft.path().join(name);
        fs::write(&path, content).map_err(|e| Error::file("cannot write", &path, e))
    };
    write(MODEL, &network)?;
    write(TOKENIZER, &tokenizer)?;
    let stamps = [(MODEL, &network), (TOKENIZER, &tokenizer)]
        .map(|(name, content)| (name.to_owned(), FileStamp::of(content)));
    let pack = describe(from, &checkpoint, &heads, stamps);
    let labels = serde_json::to_vec_pretty(&pack)
        .map_err(|e| Error::new(Code::Input, "the pack cannot be described").because(e))?;
    write(pack::LABELS, &labels)?;
    write("MODEL.md", card(&checkpoint, &heads, &pack).as_bytes())?;

    // Whether the pack is one is seen before it takes its place.
    let engine = Nlu::load(draft.path())?.engine();
    fs::rename(draft.path(), to).map_err(|e| Error::file("cannot make", to, e))?;
    // It has moved: there is nothing left to remove.
    let _ = draft.keep();
    let head = heads.report.clone();
    Ok(ImportedModel { pack, weights: checkpoint.tensors.file, vocabulary, parameters, head, engine })
}

fn describe(from: &Path, checkpoint: &Checkpoint, heads: &Heads, stamps: [(String, FileStamp); 2]) -> Pack {
    let config = &checkpoint.config;
    let name = from.canonicalize().ok().and_then(|dir| Some(dir.file_name()?.to_string_lossy().into_owned()));
    let head = |labels: &[String]| Head { labels: labels.to_vec(), temperature: 1.0 };
    // Of the weights themselves, so that what was understood with other weights has another version.
    let version = stamps[0].1.sha256.chars().take(8).collect();
    Pack {
        format: pack::FORMAT,
        name: name.unwrap_or_else(|| "squeezebert".to_owned()),
        version,
        licence: "that of the checkpoint it was imported from".to_owned(),
        language: "und".to_owned(),
        int8: false,
        encoder: EncoderShape {
            layers: config.num_hidden_layers,
            hidden_size: config.hidden_size,
            embedding_size: None,
            attention_heads: config.num_attention_heads,
            intermediate_size: config.intermediate_size,
            groups: config.q_groups,
            vocabulary_size: config.vocab_size,
            max_tokens: config.max_position_embeddings.min(WINDOW),
        },
        intent: IntentHead {
            head: head(&heads.intent.labels),
            out_of_scope: OUT_OF_SCOPE.to_owned(),
            threshold: 0.0,
        },
        act: head(&heads.act.labels),
        sentiment: head(&heads.sentiment.labels),
        entity: head(&heads.entity.labels),
        request: None,
        slot: None,
        files: stamps.into_iter().collect(),
    }
}

/// The model card.
fn card(checkpoint: &Checkpoint, heads: &Heads, pack: &Pack) -> String {
    format!(
        "# {} {}\n\nImported by `sotto model import` from {}, a SqueezeBERT of {} layers and {} channels.\n\n{}\n\n\
         Its licence and what it was taught are those of the checkpoint.\n",
        pack.name,
        pack.version,
        checkpoint.tensors.file.file_name().unwrap_or_default().to_string_lossy(),
        pack.encoder.layers,
        pack.encoder.hidden_size,
        heads.report,
    )
}
