//! What a checkpoint folder holds: its `config.json` and its tensors.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use serde::Deserialize;

use super::tensors::Tensors;
use crate::{Code, Error, Result};

/// `config.json`; what it leaves out is what `transformers` takes for granted.
#[derive(Debug, Clone, Deserialize)]
#[serde(default)]
pub struct Config {
    pub model_type: String,
    pub architectures: Option<Vec<String>>,
    pub vocab_size: usize,
    pub hidden_size: usize,
    pub embedding_size: usize,
    pub num_hidden_layers: usize,
    pub num_attention_heads: usize,
    pub intermediate_size: usize,
    pub hidden_act: String,
    pub max_position_embeddings: usize,
    pub type_vocab_size: usize,
    pub layer_norm_eps: f32,
    pub q_groups: usize,
    pub k_groups: usize,
    pub v_groups: usize,
    pub post_attention_groups: usize,
    pub intermediate_groups: usize,
    pub output_groups: usize,
    pub id2label: BTreeMap<usize, String>,
}

impl Default for Config {
    fn default() -> Config {
        Config {
            model_type: String::new(),
            architectures: None,
            vocab_size: 30_522,
            hidden_size: 768,
            embedding_size: 768,
            num_hidden_layers: 12,
            num_attention_heads: 12,
            intermediate_size: 3072,
            hidden_act: "gelu".to_owned(),
            max_position_embeddings: 512,
            type_vocab_size: 2,
            layer_norm_eps: 1e-12,
            q_groups: 4,
            k_groups: 4,
            v_groups: 4,
            post_attention_groups: 1,
            intermediate_groups: 4,
            output_groups: 4,
            id2label: BTreeMap::new(),
        }
    }
}

impl Config {
    /// What keeps this from being a network that Sotto can write down, as the end of a sentence.
    fn check(&self) -> Result<(), String> {
        if self.model_type != "squeezebert" {
            return Err(format!("describes a model of the type \"{}\", not a squeezebert", self.model_type));
        }
        if self.hidden_act != "gelu" {
            return Err(format!("has the activation \"{}\"; Sotto knows gelu", self.hidden_act));
        }
        if self.embedding_size != self.hidden_size {
            return Err(format!(
                "has embeddings of {} and layers of {} channels, which must be equal",
                self.embedding_size, self.hidden_size
            ));
        }
        let divided = [
            ("attention heads", self.hidden_size, self.num_attention_heads),
            ("groups", self.hidden_size, self.q_groups),
            ("groups", self.hidden_size, self.k_groups),
            ("groups", self.hidden_size, self.v_groups),
            ("groups", self.hidden_size, self.post_attention_groups),
            ("groups", self.hidden_size, self.intermediate_groups),
            ("groups", self.intermediate_size, self.intermediate_groups),
            ("groups", self.intermediate_size, self.output_groups),
            ("groups", self.hidden_size, self.output_groups),
        ];
        match divided
            .into_iter()
            .find(|(_, channels, by)| *channels == 0 || channels.checked_rem(*by) != Some(0))
        {
            Some((what, channels, by)) => {
                Err(format!("cuts {channels} channels into {by} {what}, which does not come out even"))
            }
            None => Ok(()),
        }
    }
}

/// A checkpoint, open for its tensors.
pub struct Checkpoint {
    pub config: Config,
    pub tensors: Tensors,
    /// What stands before the encoder's names: nothing, or the name of the encoder in a larger model.
    prefix: &'static str,
}

/// An [`Code::Input`] error about a file.
pub fn wrong(path: &Path, what: impl std::fmt::Display) -> Error {
    Error::new(Code::Input, format!("{} {what}", path.display()))
}

impl Checkpoint {
    /// Opens the checkpoint in `dir`.
    pub fn open(dir: &Path) -> Result<Checkpoint> {
        let path = dir.join("config.json");
        let text = fs::read(&path).map_err(|e| Error::file("cannot read", &path, e))?;
        let config: Config = serde_json::from_slice(&text)
            .map_err(|e| wrong(&path, format!("is not the configuration of a model ({e})")))?;
        config.check().map_err(|what| wrong(&path, what))?;
        let tensors = Tensors::open(dir)?;
        let known =
            |prefix: &&str| tensors.shape(&format!("{prefix}embeddings.word_embeddings.weight")).is_some();
        let prefix = ["", "transformer.", "squeezebert."].into_iter().find(known).ok_or_else(|| {
            let what = "has no embeddings.word_embeddings.weight: these are not the weights of a SqueezeBERT";
            wrong(&tensors.file, what)
        })?;
        Ok(Checkpoint { config, tensors, prefix })
    }

    /// A tensor of the encoder, which must have this shape.
    pub fn encoder(&self, name: &str, shape: &[usize]) -> Result<Vec<f32>> {
        self.tensors.floats(&format!("{}{name}", self.prefix), shape)
    }

    /// Weights `[inputs, outputs]` and bias of a dense layer of the encoder.
    pub fn encoder_dense(&self, name: &str, inputs: usize, outputs: usize) -> Result<(Vec<f32>, Vec<f32>)> {
        self.dense(&format!("{}{name}", self.prefix), inputs, outputs)
    }

    /// Weights `[inputs, outputs]` and bias of a dense layer.
    pub fn dense(&self, name: &str, inputs: usize, outputs: usize) -> Result<(Vec<f32>, Vec<f32>)> {
        let (weight, bias) = (format!("{name}.weight"), format!("{name}.bias"));
        let bias_of = self.tensors.floats(&bias, &[outputs])?;
        let weights = match self.tensors.product_before(&bias) {
            Some(exported) if self.tensors.shape(&weight).is_none() => {
                self.tensors.floats(&exported, &[inputs, outputs])?
            }
            _ => turned(&self.tensors.floats(&weight, &[outputs, inputs])?, inputs),
        };
        Ok((weights, bias_of))
    }
}

/// The transpose of a matrix with `width` columns.
pub fn turned(matrix: &[f32], width: usize) -> Vec<f32> {
    (0..width).flat_map(|column| matrix.iter().skip(column).step_by(width).copied()).collect()
}
