//! Measures, each in percent.

use std::collections::{BTreeMap, HashSet};

/// Bins of the expected calibration error.
const BINS: usize = 15;

/// How many of `hits` are true.
pub fn accuracy(hits: impl IntoIterator<Item = bool>) -> f64 {
    let (mut right, mut all) = (0.0, 0.0);
    for hit in hits {
        right += f64::from(u8::from(hit));
        all += 1.0;
    }
    100.0 * right / f64::max(all, 1.0)
}

/// The mean over classes of how many of the class were found: (class, found).
pub fn macro_recall<'l>(found: impl IntoIterator<Item = (&'l str, bool)>) -> f64 {
    let mut classes: BTreeMap<&str, Vec<bool>> = BTreeMap::new();
    for (class, hit) in found {
        classes.entry(class).or_default().push(hit);
    }
    let count = classes.len().max(1) as f64;
    classes.into_values().map(accuracy).sum::<f64>() / count
}

/// Expected calibration error over 15 bins: (probability of the answer, whether it was right).
pub fn calibration_error(answers: &[(f32, bool)]) -> f64 {
    let mut bins = vec![(0.0, 0.0); BINS];
    for (sure, hit) in answers {
        let bin = ((sure * BINS as f32) as usize).min(BINS - 1);
        bins[bin].0 += f64::from(*sure);
        bins[bin].1 += f64::from(u8::from(*hit));
    }
    100.0 * bins.iter().map(|(sure, hit)| (sure - hit).abs()).sum::<f64>() / answers.len().max(1) as f64
}

/// A stretch of a message: its number, start, end and kind.
pub type Stretch = (usize, usize, usize, String);

/// F1 of exact stretches.
pub fn f1(gold: &HashSet<Stretch>, own: &HashSet<Stretch>) -> f64 {
    let right = gold.intersection(own).count() as f64;
    100.0 * 2.0 * right / (gold.len() + own.len()).max(1) as f64
}

/// Spearman's rank correlation, ties at their mean rank.
pub fn spearman(a: &[f64], b: &[f64]) -> f64 {
    let (a, b) = (ranks(a), ranks(b));
    let mean = (a.len() as f64 + 1.0) / 2.0;
    let product = |x: &[f64], y: &[f64]| x.iter().zip(y).map(|(x, y)| (x - mean) * (y - mean)).sum::<f64>();
    100.0 * product(&a, &b) / (product(&a, &a) * product(&b, &b)).sqrt().max(f64::MIN_POSITIVE)
}

fn ranks(values: &[f64]) -> Vec<f64> {
    let mut order: Vec<usize> = (0..values.len()).collect();
    order.sort_by(|&a, &b| values[a].total_cmp(&values[b]));
    let mut ranks = vec![0.0; values.len()];
    let mut begin = 0;
    while begin < order.len() {
        let equal = order[begin..].iter().take_while(|&&n| values[n] == values[order[begin]]).count();
        for &n in &order[begin..begin + equal] {
            ranks[n] = begin as f64 + (equal as f64 + 1.0) / 2.0;
        }
        begin += equal;
    }
    ranks
}

/// The cosine of the angle between two directions of length 1.
pub fn cosine(a: &[f32], b: &[f32]) -> f64 {
    a.iter().zip(b).map(|(a, b)| f64::from(a * b)).sum()
}
