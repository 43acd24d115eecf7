//! The kernels for AVX2 and FMA: 6 rows by 16 columns at a time, in 12 of the 16 registers.

use std::arch::x86_64::*;

use crate::attention::Attention;
use crate::linear::{After, Linear};
use crate::product::{LANE, Lane, Product};

#[target_feature(enable = "avx2,fma")]
pub(crate) fn linear(of: &Linear, x: &[f32], y: &mut [f32], after: After) {
    // Bytes are not packed for this CPU.
    crate::linear::linear(of, x, y, after, |it| product(it), crate::product::scalar_bytes);
}

#[target_feature(enable = "avx2,fma")]
pub(crate) fn attention(of: &Attention, x: &[f32], y: &mut [f32]) {
    crate::attention::attention(of, x, y, |it| product(it));
}

#[inline]
#[target_feature(enable = "avx2")]
fn load(lane: &Lane) -> [__m256; 2] {
    // SAFETY: a lane is 64 bytes and aligned to 64: two vectors of 8 values.
    unsafe { [_mm256_load_ps(lane.0.as_ptr()), _mm256_load_ps(lane.0.as_ptr().add(8))] }
}

/// Writes the first columns of `value` that `y` has room for.
#[inline]
#[target_feature(enable = "avx2")]
fn store(value: [__m256; 2], y: &mut [f32]) {
    let mut lane = Lane::ZERO;
    // SAFETY: a lane is 64 bytes and aligned to 64: two vectors of 8 values.
    unsafe {
        _mm256_store_ps(lane.0.as_mut_ptr(), value[0]);
        _mm256_store_ps(lane.0.as_mut_ptr().add(8), value[1]);
    }
    match y.first_chunk_mut::<LANE>() {
        Some(y) => *y = lane.0,
        None => y.iter_mut().zip(lane.0).for_each(|(y, value)| *y = value),
    }
}

/// A function for all columns of one lane and the rows that are named. Written out row by row, because sums that
/// are indexed in a loop live in memory and not in registers.
macro_rules! tile {
    ($name:ident, $($row:literal)*) => {
        #[target_feature(enable = "avx2,fma")]
        fn $name(it: Product) {
            let inputs = it.inputs;
            let x = [$(&it.x[$row * it.x_stride..][..inputs]),*];
            let weights = &it.weights[..inputs];
            let start = load(&it.start[0]);
            let mut sums = [$({ let _ = $row; start }),*];
            for input in 0..inputs {
                let weights = load(&weights[input]);
                $(
                    let value = _mm256_set1_ps(x[$row][input]);
                    sums[$row][0] = _mm256_fmadd_ps(value, weights[0], sums[$row][0]);
                    sums[$row][1] = _mm256_fmadd_ps(value, weights[1], sums[$row][1]);
                )*
            }
            $(store(sums[$row], &mut it.y[$row * it.y_stride..][..it.width]);)*
        }
    };
}

tile!(rows_1, 0);
tile!(rows_2, 0 1);
tile!(rows_3, 0 1 2);
tile!(rows_4, 0 1 2 3);
tile!(rows_5, 0 1 2 3 4);
tile!(rows_6, 0 1 2 3 4 5);

#[target_feature(enable = "avx2,fma")]
fn product(it: Product) {
    match (it.rows, it.start.len()) {
        (1, 1) => rows_1(it),
        (2, 1) => rows_2(it),
        (3, 1) => rows_3(it),
        (4, 1) => rows_4(it),
        (5, 1) => rows_5(it),
        (6, 1) => rows_6(it),
        _ => crate::product::scalar(it),
    }
}
