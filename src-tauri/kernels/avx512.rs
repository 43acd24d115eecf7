//! The kernels for AVX-512: 8 rows by 48 columns at a time, in 24 of the 32 registers.

use std::arch::x86_64::*;

use crate::attention::Attention;
use crate::linear::{After, Linear};
use crate::product::{ByteProduct, Bytes, LANE, Lane, Product, Raised, Whole};
use crate::words::Words;

#[target_feature(enable = "avx512f,avx512bw,avx512vl,avx512vnni,avx2,fma")]
pub(crate) fn linear(of: &Linear, x: &[f32], y: &mut [f32], after: After) {
    crate::linear::linear(of, x, y, after, |it| product(it), |it| byte_product(it));
}

#[target_feature(enable = "avx512f,avx512bw,avx512vl,avx512vnni,avx2,fma")]
pub(crate) fn attention(of: &Attention, x: &[f32], y: &mut [f32]) {
    crate::attention::attention(of, x, y, |it| product(it));
}

#[target_feature(enable = "avx512f,avx512bw,avx512vl,avx512vnni,avx2,fma")]
pub(crate) fn byte_attention(of: &Attention, x: &[f32], y: &mut [f32]) {
    crate::attention::byte_attention(of, x, y, |it| byte_product(it));
}

#[target_feature(enable = "avx512f,avx512bw,avx512vl,avx512vnni,avx2,fma")]
pub(crate) fn words(of: &Words, ids: &[i64], y: &mut [f32]) {
    crate::words::words(of, ids, y);
}

#[inline]
#[target_feature(enable = "avx512f")]
fn load(lane: &Lane) -> __m512 {
    // SAFETY: a lane is 64 bytes and aligned to 64.
    unsafe { _mm512_load_ps(lane.0.as_ptr()) }
}

#[inline]
#[target_feature(enable = "avx512f")]
fn load_bytes(bytes: &Bytes) -> __m512i {
    // SAFETY: these are 64 bytes, aligned to 64.
    unsafe { _mm512_load_si512(bytes.0.as_ptr().cast()) }
}

#[inline]
#[target_feature(enable = "avx512f")]
fn load_whole(whole: &Whole) -> __m512i {
    // SAFETY: these are 64 bytes, aligned to 64.
    unsafe { _mm512_load_si512(whole.0.as_ptr().cast()) }
}

/// Writes the first columns of `values` that `y` has room for.
#[inline]
#[target_feature(enable = "avx512f")]
fn store<const V: usize>(values: [__m512; V], y: &mut [f32]) {
    let width = y.len();
    for (lane, value) in values.into_iter().enumerate() {
        let room = width.saturating_sub(lane * LANE).min(LANE);
        let mask = ((1u32 << room) - 1) as __mmask16;
        // SAFETY: the mask has a bit for each value of `y` that is left and none beyond; no other memory is touched.
        unsafe { _mm512_mask_storeu_ps(y.as_mut_ptr().wrapping_add(lane * LANE), mask, value) }
    }
}

/// A function for all columns of `V` lanes and the rows that are named. Written out row by row, because sums that
/// are indexed in a loop live in memory and not in registers.
macro_rules! tile {
    ($name:ident, $($row:literal)*) => {
        #[target_feature(enable = "avx512f")]
        fn $name<const V: usize>(it: Product) {
            let inputs = it.inputs;
            let x = [$(&it.x[$row * it.x_stride..][..inputs]),*];
            let weights = &it.weights.as_chunks::<V>().0[..inputs];
            let start: [__m512; V] = std::array::from_fn(|lane| load(&it.start[lane]));
            let mut sums = [$({ let _ = $row; start }),*];
            for input in 0..inputs {
                if it.cold {
                    for weight in &weights[input] {
                        _mm_prefetch::<_MM_HINT_T0>((weight as *const Lane).wrapping_add(12 * V).cast());
                    }
                }
                let weights: [__m512; V] = std::array::from_fn(|lane| load(&weights[input][lane]));
                $(
                    let value = _mm512_set1_ps(x[$row][input]);
                    for lane in 0..V {
                        sums[$row][lane] = _mm512_fmadd_ps(value, weights[lane], sums[$row][lane]);
                    }
                )*
            }
            $(store(sums[$row], &mut it.y[$row * it.y_stride..][..it.width]);)*
        }
    };
}

/// As [`tile`], for bytes.
macro_rules! byte_tile {
    ($name:ident, $($row:literal)*) => {
        #[target_feature(enable = "avx512f,avx512bw,avx512vnni")]
        fn $name<const V: usize>(it: ByteProduct<Raised>) {
            let fours = it.fours;
            let x = [$(&it.x[$row * it.x_stride..][..fours]),*];
            let weights = &it.weights.as_chunks::<V>().0[..fours];
            let lower: [__m512i; V] = std::array::from_fn(|lane| load_whole(&it.lower[lane]));
            let mut sums = [$({ let _ = $row; lower }),*];
            for four in 0..fours {
                if it.cold {
                    for weight in &weights[four] {
                        _mm_prefetch::<_MM_HINT_T0>((weight as *const Bytes).wrapping_add(12 * V).cast());
                    }
                }
                let weights: [__m512i; V] = std::array::from_fn(|lane| load_bytes(&weights[four][lane]));
                $(
                    let value = _mm512_set1_epi32(Raised::four(x[$row][four]));
                    for lane in 0..V {
                        sums[$row][lane] = _mm512_dpbusd_epi32(sums[$row][lane], value, weights[lane]);
                    }
                )*
            }
            let scales: [__m512; V] = std::array::from_fn(|lane| load(&it.scales[lane]));
            let bias: [__m512; V] = std::array::from_fn(|lane| load(&it.bias[lane]));
            $(
                let scale = _mm512_set1_ps(it.rows[$row]);
                let mut values = bias;
                for lane in 0..V {
                    let sum = _mm512_cvtepi32_ps(sums[$row][lane]);
                    values[lane] = _mm512_fmadd_ps(sum, _mm512_mul_ps(scale, scales[lane]), bias[lane]);
                }
                store(values, &mut it.y[$row * it.y_stride..][..it.width]);
            )*
        }
    };
}

macro_rules! tiles {
    ($($rows:literal $tile:ident $byte_tile:ident $($row:literal)*,)*) => {
        $(
            tile!($tile, $($row)*);
            byte_tile!($byte_tile, $($row)*);
        )*

        #[target_feature(enable = "avx512f")]
        fn product(it: Product) {
            match (it.rows, it.start.len()) {
                $(($rows, 3) => $tile::<3>(it), ($rows, 2) => $tile::<2>(it), ($rows, 1) => $tile::<1>(it),)*
                _ => crate::product::scalar(it),
            }
        }

        #[target_feature(enable = "avx512f,avx512bw,avx512vnni")]
        fn byte_product(it: ByteProduct<Raised>) {
            match (it.rows.len(), it.bias.len()) {
                $(
                    ($rows, 3) => $byte_tile::<3>(it),
                    ($rows, 2) => $byte_tile::<2>(it),
                    ($rows, 1) => $byte_tile::<1>(it),
                )*
                _ => crate::product::scalar_bytes(it),
            }
        }
    };
}

tiles! {
    1 rows_1 byte_rows_1 0,
    2 rows_2 byte_rows_2 0 1,
    3 rows_3 byte_rows_3 0 1 2,
    4 rows_4 byte_rows_4 0 1 2 3,
    5 rows_5 byte_rows_5 0 1 2 3 4,
    6 rows_6 byte_rows_6 0 1 2 3 4 5,
    7 rows_7 byte_rows_7 0 1 2 3 4 5 6,
    8 rows_8 byte_rows_8 0 1 2 3 4 5 6 7,
}
