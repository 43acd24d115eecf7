//! Steps on whole rows, in plain Rust that the compiler turns into vector code inside each kernel.
//!
//! Written with explicit fused multiply-adds and sums in a fixed order, so that all kernels give the same bits here.

use crate::product::{Digit, LANE};

/// Adding this rounds to a whole number, which then lies in the lowest bits.
const ROUND: f32 = 12_582_912.0;

/// `y = y P(z < y)`, where P is the chance that a normal z is below y: 2e-6 off at most.
///
/// `P(z < y) - 1/2` is `y` times a polynomial in `y * y`, here the minimax one on -5..5 that is exactly 1/2 at 5, written
/// in `t = 2/25 y * y - 1`, whose powers stay small. A quotient of shorter polynomials would be closer, and slower.
#[inline(always)]
pub(crate) fn gelu(y: &mut [f32]) {
    for y in y {
        // Comparisons that keep NaN.
        let held = if *y > 5.0 { 5.0 } else { *y };
        let held = if held < -5.0 { -5.0 } else { held };
        let t = (held * held).mul_add(0.08, -1.0);
        let part: f32 = -1.096_834_7e-3;
        let part = part.mul_add(t, 3.241_849_6e-3);
        let part = part.mul_add(t, -3.925_097_6e-3);
        let part = part.mul_add(t, 5.030_711e-3);
        let part = part.mul_add(t, -1.010_148_5e-2);
        let part = part.mul_add(t, 1.695_799_6e-2);
        let part = part.mul_add(t, -2.365_907_1e-2);
        let part = part.mul_add(t, 3.134_615e-2);
        let part = part.mul_add(t, -4.038_555_5e-2);
        let part = part.mul_add(t, 5.152_613_7e-2);
        let part = part.mul_add(t, -7.029_854e-2);
        let part = part.mul_add(t, 0.141_363_74);
        *y *= part.mul_add(held, 0.5);
    }
}

/// e^x for x of at most 0, to 2 units in the last place; below -87 it stays at e^-87, which is as good as nothing.
#[inline(always)]
fn exp(x: f32) -> f32 {
    let x = if x < -87.0 { -87.0 } else { x };
    let shifted = x.mul_add(std::f32::consts::LOG2_E, ROUND);
    let whole = shifted - ROUND;
    // ln 2 in two parts, the first with room for an exact product.
    let rest = whole.mul_add(2.121_944_4e-4, whole.mul_add(-0.693_359_4, x));
    let part: f32 = 1.987_569_1e-4;
    let part = part.mul_add(rest, 1.398_199_9e-3);
    let part = part.mul_add(rest, 8.333_452e-3);
    let part = part.mul_add(rest, 4.166_579_6e-2);
    let part = part.mul_add(rest, 0.166_666_66);
    let part = part.mul_add(rest, 0.5);
    let part = (part * rest).mul_add(rest, rest) + 1.0;
    part * f32::from_bits((shifted.to_bits() << 23).wrapping_add(1.0f32.to_bits()))
}

/// Brings sixteen values together, in a fixed order.
#[inline(always)]
fn folded<T: Copy>(mut lanes: [T; LANE], with: impl Fn(T, T) -> T) -> T {
    let mut half = LANE / 2;
    while half > 0 {
        for at in 0..half {
            lanes[at] = with(lanes[at], lanes[at + half]);
        }
        half /= 2;
    }
    lanes[0]
}

#[inline(always)]
fn greater(a: f32, b: f32) -> f32 {
    if a > b { a } else { b }
}

/// The greatest of scores that are whole lanes.
#[inline(always)]
fn most(lanes: &[[f32; LANE]]) -> f32 {
    let mut most = [f32::MIN; LANE];
    for lane in lanes {
        for (most, &score) in most.iter_mut().zip(lane) {
            *most = greater(score, *most);
        }
    }
    folded(most, greater)
}

/// Turns scores into `e^(scale (score - most))` and returns one over their sum. `scores` is whole lanes.
#[inline(always)]
pub(crate) fn softmax(scores: &mut [f32], scale: f32) -> f32 {
    let (lanes, _) = scores.as_chunks_mut::<LANE>();
    let most = most(lanes);
    let mut sums = [0.0; LANE];
    for lane in lanes {
        for (sum, score) in sums.iter_mut().zip(lane) {
            *score = exp((*score - most) * scale);
            *sum += *score;
        }
    }
    1.0 / folded(sums, |a, b| a + b)
}

/// As [`softmax`], into whole numbers of 0 to 127: what comes back is one over the sum of those, so that shares that
/// were rounded away are shared among the others.
#[inline(always)]
pub(crate) fn softmax_bytes<D: Digit>(scores: &[f32], scale: f32, bytes: &mut [[D; 4]]) -> f32 {
    let (lanes, _) = scores.as_chunks::<LANE>();
    let most = most(lanes);
    let mut sums = [0.0; LANE];
    for (lane, bytes) in lanes.iter().zip(bytes.as_flattened_mut().as_chunks_mut::<LANE>().0) {
        for ((sum, score), byte) in sums.iter_mut().zip(lane).zip(bytes) {
            let rounded = exp((score - most) * scale).mul_add(127.0, ROUND);
            *byte = D::of(rounded.to_bits() as i8);
            *sum += rounded - ROUND;
        }
    }
    1.0 / folded(sums, |a, b| a + b)
}

/// `y = (y + residual - mean) / sqrt(variance + epsilon) * weight + bias` over one row.
#[inline(always)]
pub(crate) fn norm(y: &mut [f32], residual: &[f32], weight: &[f32], bias: &[f32], epsilon: f32) {
    let count = y.len() as f32;
    y.iter_mut().zip(residual).for_each(|(y, residual)| *y += residual);
    let mean = sum(y, |y| y) / count;
    y.iter_mut().for_each(|y| *y -= mean);
    let scale = 1.0 / (sum(y, |y| y * y) / count + epsilon).sqrt();
    for ((y, weight), bias) in y.iter_mut().zip(weight).zip(bias) {
        *y = (*y * scale).mul_add(*weight, *bias);
    }
}

/// The sum of a function of all values, in a fixed order.
#[inline(always)]
fn sum(x: &[f32], of: impl Fn(f32) -> f32) -> f32 {
    let mut sums = [0.0; LANE];
    // Whole lanes by themselves: only a loop of known length becomes one vector.
    let (lanes, rest) = x.as_chunks::<LANE>();
    for lane in lanes {
        for (sum, x) in sums.iter_mut().zip(lane) {
            *sum += of(*x);
        }
    }
    for (sum, x) in sums.iter_mut().zip(rest) {
        *sum += of(*x);
    }
    folded(sums, |a, b| a + b)
}

/// Writes `x` as whole numbers of -127 to 127 into `bytes`, and returns what they are to be multiplied by.
///
/// A value that is no number makes the scale none, too. What `bytes` has more than `x` becomes 0.
#[inline(always)]
pub(crate) fn quantise<D: Digit>(x: &[f32], bytes: &mut [[D; 4]]) -> f32 {
    let steps = Steps::up_to(x.iter().fold(0, |most, x| most.max(size(*x))));
    let (bytes, rest) = bytes.as_flattened_mut().split_at_mut(x.len());
    for (byte, x) in bytes.iter_mut().zip(x) {
        *byte = D::of(steps.of(*x));
    }
    rest.fill(D::of(0));
    steps.scale
}

/// The bits of |x|: whole numbers that order like the values but put NaN on top.
#[inline(always)]
pub(crate) fn size(x: f32) -> u32 {
    x.to_bits() & 0x7fff_ffff
}

/// 127 steps up and down from 0.
#[derive(Clone, Copy)]
pub(crate) struct Steps {
    /// What one step is.
    pub scale: f32,
    share: f32,
}

impl Steps {
    /// The last of them is the value of this [`size`].
    #[inline(always)]
    pub fn up_to(most: u32) -> Steps {
        let most = f32::from_bits(most);
        Steps { scale: most / 127.0, share: if most < 1e-30 { 0.0 } else { 127.0 / most } }
    }

    /// The step nearest to `x`.
    #[inline(always)]
    pub fn of(self, x: f32) -> i8 {
        x.mul_add(self.share, ROUND).to_bits() as i8
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Miri takes a thousand times as long.
    const COARSE: usize = if cfg!(miri) { 5_003 } else { 1 };

    #[test]
    fn exp_is_close() {
        for step in (0..870_000).step_by(COARSE) {
            let x = step as f32 * -1e-4;
            let (found, wanted) = (f64::from(exp(x)), f64::from(x).exp());
            assert!((found - wanted).abs() <= wanted * 2.5e-7, "e^{x} is {wanted}, not {found}");
        }
        assert!(exp(f32::NEG_INFINITY) < 1e-37);
        assert!(exp(f32::NAN).is_nan());
    }

    #[test]
    fn gelu_is_close() {
        // Half of 1 + erf(x / sqrt 2), by the series of erf in double precision.
        let below = |x: f64| {
            let x = x / std::f64::consts::SQRT_2;
            let (mut term, mut sum) = (x, x);
            for n in 1..200 {
                term *= -x * x / f64::from(n);
                sum += term / f64::from(2 * n + 1);
            }
            0.5 + sum / std::f64::consts::PI.sqrt()
        };
        for step in (-60_000..=60_000).step_by(COARSE) {
            let x = step as f32 * 1e-4;
            let (mut found, wanted) = ([x], f64::from(x) * below(f64::from(x)));
            gelu(&mut found);
            assert!((f64::from(found[0]) - wanted).abs() < 3e-6, "gelu {x} is {wanted}, not {}", found[0]);
        }
        let mut ends = [-100.0, 1e30, f32::INFINITY, f32::NAN];
        gelu(&mut ends);
        assert!(ends[0].abs() < 1e-5 && ends[1..3] == [1e30, f32::INFINITY] && ends[3].is_nan(), "{ends:?}");
    }
}
