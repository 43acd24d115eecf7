//! What Sotto promises, tried on the real model pack, real files and the real
//! command line.
//!
//! - `nlu`: the model on tract against PyTorch's outputs, and the offset invariant.
//! - `engine`: the kernels against tract.
//! - `chat`: whole conversations through [`sotto::Assistant`].
//! - `dialogues`: the skills, by dialogues written in `dialogues/*.txt`.
//! - `tag`, `commands`: the command line, good and bad input.
//! - `find`: search, insight, export of what was found.
//! - `logs`: every format in and out, on samples in `logs/samples`.
//! - `upkeep`: correcting, editing, deleting, off the record.
//! - `house`: the rules that keep the code in shape.
//!
//! What needs no model is tested beside the code; the window is tested in
//! `desktop/`.

mod chat;
mod commands;
mod dialogues;
mod engine;
mod find;
mod house;
mod logs;
mod nlu;
mod setting;
mod tag;
mod upkeep;
