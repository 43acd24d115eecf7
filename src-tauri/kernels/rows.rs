//! Steps on whole rows, in plain Rust that the compiler turns into vector code inside each kernel.
//!
//! Written with explicit fused multiply-adds and sums in a fixed order, so that all kernels give the same bits here.

use crate::product::{Digit, LANE, RowScale};

/// erf(x) to 3e-7 of the true value: an odd over an even polynomial, as in Eigen's `generic_fast_erf_float`.
#[inline(always)]
fn erf(x: f32) -> f32 {
    // Beyond 4, erf is 1 in single precision. A comparison that keeps NaN.
    let x = if x > 4.0 { 4.0 } else { x };
    let x = if x < -4.0 { -4.0 } else { x };
    let s = x * x;
    let over: f32 = -2.726_142_3e-10;
    let over = over.mul_add(s, 2.770_681_4e-8);
    let over = over.mul_add(s, -2.101_024e-6);
    let over = over.mul_add(s, -5.692_506_5e-5);
    let over = over.mul_add(s, -7.349_906_3e-4);
    let over = over.mul_add(s, -2.954_6e-3);
    let over = over.mul_add(s, -1.609_603_3e-2);
    let under: f32 = -1.456_607_2e-5;
    let under = under.mul_add(s, -2.133_740_6e-4);
    let under = under.mul_add(s, -1.682_827e-3);
    let under = under.mul_add(s, -7.373_329e-3);
    let under = under.mul_add(s, -1.426_473_9e-2);
    x * over / under
}

/// `y = y / 2 * (1 + erf(y / sqrt 2))`
#[inline(always)]
pub(crate) fn gelu(y: &mut [f32]) {
    for y in y {
        let half = 0.5 * *y;
        *y = half.mul_add(erf(*y * std::f32::consts::FRAC_1_SQRT_2), half);
    }
}

/// e^x for x of at most 0, to 2 units in the last place; below -87 it stays at e^-87, which is as good as nothing.
#[inline(always)]
fn exp(x: f32) -> f32 {
    let x = if x < -87.0 { -87.0 } else { x };
    // Adding this rounds to a whole number, which then lies in the lowest bits.
    const ROUND: f32 = 12_582_912.0;
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

/// Sums of every sixteenth value, added up in a fixed order.
#[inline(always)]
fn total(lanes: [f32; LANE]) -> f32 {
    let mut lanes = lanes;
    let mut half = LANE / 2;
    while half > 0 {
        for at in 0..half {
            lanes[at] += lanes[at + half];
        }
        half /= 2;
    }
    lanes[0]
}

/// Turns scores into `e^(scale (score - most))` and returns one over their sum. `scores` is whole lanes.
#[inline(always)]
pub(crate) fn softmax(scores: &mut [f32], scale: f32) -> f32 {
    let (lanes, _) = scores.as_chunks_mut::<LANE>();
    let mut most = [f32::MIN; LANE];
    for lane in lanes.iter() {
        for (most, &score) in most.iter_mut().zip(lane) {
            *most = if score > *most { score } else { *most };
        }
    }
    let most = most.iter().fold(f32::MIN, |most, &score| if score > most { score } else { most });
    let mut sums = [0.0; LANE];
    for lane in lanes {
        for (sum, score) in sums.iter_mut().zip(lane) {
            *score = exp((*score - most) * scale);
            *sum += *score;
        }
    }
    1.0 / total(sums)
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
    total(sums)
}

/// Writes `x` as whole numbers of -127 to 127 into `bytes`, and returns what they are to be multiplied by.
///
/// A value that is no number makes the scale none, too. What `bytes` has more than `x` becomes 0.
#[inline(always)]
pub(crate) fn quantise<D: Digit>(x: &[f32], bytes: &mut [[D; 4]]) -> RowScale {
    // Compared as whole numbers, which order like the floats but put NaN on top.
    let most = f32::from_bits(x.iter().fold(0, |most, x| most.max(x.to_bits() & 0x7fff_ffff)));
    let share = if most < 1e-30 { 0.0 } else { 127.0 / most };
    let (bytes, rest) = bytes.as_flattened_mut().split_at_mut(x.len());
    for (byte, x) in bytes.iter_mut().zip(x) {
        // Adding this rounds to a whole number, which then lies in the lowest bits.
        *byte = D::from(x.mul_add(share, 12_582_912.0).to_bits() as i8);
    }
    rest.fill(D::default());
    RowScale { scale: most / 127.0, sum: bytes.iter().map(|&byte| byte.into()).sum() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn exp_is_close() {
        for step in 0..870_000 {
            let x = step as f32 * -1e-4;
            let (found, wanted) = (f64::from(exp(x)), f64::from(x).exp());
            assert!((found - wanted).abs() <= wanted * 2.5e-7, "e^{x} is {wanted}, not {found}");
        }
        assert!(exp(f32::NEG_INFINITY) < 1e-37);
        assert!(exp(f32::NAN).is_nan());
    }

    #[test]
    fn erf_is_close() {
        // The series of erf, in double precision.
        let wanted = |x: f64| {
            let (mut term, mut sum) = (x, x);
            for n in 1..200 {
                term *= -x * x / f64::from(n);
                sum += term / f64::from(2 * n + 1);
            }
            sum * 2.0 / std::f64::consts::PI.sqrt()
        };
        for step in -40_000..=40_000 {
            let x = step as f32 * 1e-4;
            let found = f64::from(erf(x));
            assert!(
                (found - wanted(f64::from(x))).abs() < 4e-7,
                "erf {x} is {}, not {found}",
                wanted(f64::from(x))
            );
        }
        assert!((erf(f32::INFINITY) - 1.0).abs() < 4e-7 && erf(f32::NAN).is_nan());
    }
}
