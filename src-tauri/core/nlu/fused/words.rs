//! The tables of words and places at the beginning of a SqueezeBERT, as they stand in an ONNX graph.

use std::sync::Arc;

use sotto_kernels::{Rows, Table, Words};
use tract_onnx::pb::tensor_proto::DataType;

use super::graph::Graph;
use super::pattern::{Target, norm};
use super::step::Step;

/// `norm(word + place)`, where `name` is that, and the ids of the words.
pub fn step<'a>(graph: &Graph<'a>, name: &str, target: Target) -> Option<(Step, Vec<&'a str>)> {
    let [sum, ..] = graph.inputs::<3>(name, "LayerNormalization")?;
    let (rows, places, ids) = graph.either(sum, "Add")?.into_iter().find_map(|(word, place)| {
        let ids = ids_of(graph, place)?;
        let (width, places) = places(graph, place)?;
        let rows = scaled_rows(graph, word, ids, width).or_else(|| single_rows(graph, word, ids, width))?;
        Some((rows, places, ids))
    })?;
    let (_, norm) = norm(graph, name)?;
    Some((Step::Words(Words::new(target.cpu, rows, places, norm).ok()?), vec![ids]))
}

/// The ids whose number says how many rows of the table of places are cut off into `name`.
fn ids_of<'a>(graph: &Graph<'a>, name: &str) -> Option<&'a str> {
    let [_, _, end, _] = graph.inputs(name, "Slice")?;
    let [ids] = graph.inputs(end, "Shape")?;
    let whole = ["start", "end"].iter().all(|it| graph.attribute(end, it).is_none());
    whole.then_some(ids)
}

/// The table of places that `name` is the beginning of, and its width.
fn places(graph: &Graph, name: &str) -> Option<(usize, Vec<f32>)> {
    let [table, start, _, axes] = graph.inputs(name, "Slice")?;
    if graph.integers(start)? != [0] || graph.integers(axes)? != [0] {
        return None;
    }
    let (shape, places) = graph.floats(table)?;
    let [_, width] = shape[..] else { return None };
    Some((width, places))
}

/// The table and the ids of the rows that are gathered into `name`.
fn gathered<'a>(graph: &Graph<'a>, name: &str) -> Option<(&'a str, &'a str)> {
    let [table, ids] = graph.inputs(name, "Gather")?;
    (graph.attribute(name, "axis").map_or(0, |it| it.i) == 0).then_some((table, ids))
}

/// Rows of bytes, each times its scale.
fn scaled_rows(graph: &Graph, name: &str, ids: &str, width: usize) -> Option<Rows> {
    graph.either(name, "Mul")?.into_iter().find_map(|(rows, scales)| {
        let (table, of_table) = gathered(graph, graph.cast_to_single(rows)?)?;
        let (scales, of_scales) = gathered(graph, scales)?;
        if of_table != ids || of_scales != ids || !graph.is(table, DataType::Int8) {
            return None;
        }
        let (of_scales, scales) = graph.floats(scales)?;
        if of_scales == [scales.len(), 1]
            && let Some(read) =
                graph.stored(table, [scales.len(), width]).and_then(|place| place.parts().ok())
        {
            // The word table is half of all there is: its rows are read as they are needed.
            let table = Table::new(scales.len(), width, move |row, bytes| read((row * width) as u64, bytes));
            return Some(Rows::Stored { table: Arc::new(table), scales });
        }
        let (of_bytes, bytes) = graph.constant(table)?;
        let fits = of_scales == [scales.len(), 1] && of_bytes == [scales.len(), width];
        fits.then_some(Rows::Bytes { bytes, scales })
    })
}

/// Rows of single precision.
fn single_rows(graph: &Graph, name: &str, ids: &str, width: usize) -> Option<Rows> {
    let (table, of_table) = gathered(graph, name)?;
    if of_table != ids {
        return None;
    }
    let (shape, rows) = graph.floats(table)?;
    matches!(shape[..], [_, found] if found == width).then_some(Rows::Single(rows))
}
