//! The kernels for AVX2 and FMA: 6 rows by 16 columns at a time, in 12 of the 16 registers.
//!
//! AVX-VNNI, which desktop processors have had since 2021, mostly without AVX-512, adds up products of bytes in one step.

use std::arch::x86_64::*;

use crate::attention::Attention;
use crate::linear::{After, Linear};
use crate::product::{ByteProduct, Bytes, LANE, Lane, Product, Raised};
use crate::words::Words;

#[target_feature(enable = "avx2,fma")]
pub(crate) fn linear(of: &Linear, x: &[f32], y: &mut [f32], after: After) {
    crate::linear::linear(of, x, y, after, |it| product(it), |it| byte_product(it));
}

#[target_feature(enable = "avx2,fma")]
pub(crate) fn attention(of: &Attention, x: &[f32], y: &mut [f32]) {
    crate::attention::attention(of, x, y, |it| product(it));
}

#[target_feature(enable = "avx2,fma")]
pub(crate) fn byte_attention(of: &Attention, x: &[f32], y: &mut [f32]) {
    crate::attention::byte_attention(of, x, y, |it| byte_product(it));
}

#[target_feature(enable = "avx2,fma")]
pub(crate) fn words(of: &Words, ids: &[i64], y: &mut [f32]) {
    crate::words::words(of, ids, y);
}

/// The same where the CPU adds up products of bytes by itself.
pub(crate) mod vnni {
    use super::*;

    pub(crate) use super::{attention, words};

    #[target_feature(enable = "avx2,fma,avxvnni")]
    pub(crate) fn byte_attention(of: &Attention, x: &[f32], y: &mut [f32]) {
        crate::attention::byte_attention(of, x, y, |it| vnni_product(it));
    }

    #[target_feature(enable = "avx2,fma,avxvnni")]
    pub(crate) fn linear(of: &Linear, x: &[f32], y: &mut [f32], after: After) {
        crate::linear::linear(of, x, y, after, |it| product(it), |it| vnni_product(it));
    }
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
                if it.cold {
                    _mm_prefetch::<_MM_HINT_T0>((&weights[input] as *const Lane).wrapping_add(16).cast());
                }
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

/// The weights of four columns for four inputs, each in two bytes.
#[inline]
#[target_feature(enable = "avx2")]
fn load_bytes(bytes: &Bytes, columns: usize) -> __m256i {
    let (sixteens, _) = bytes.0.as_chunks::<16>();
    // SAFETY: these are 16 bytes; the load asks for no alignment.
    _mm256_cvtepi8_epi16(unsafe { _mm_loadu_si128(sixteens[columns].as_ptr().cast()) })
}

/// Writes the first columns of `value` that `y` has room for.
#[inline]
#[target_feature(enable = "avx2")]
fn store_half(value: __m256, y: &mut [f32]) {
    match y.first_chunk_mut::<8>() {
        // SAFETY: these are 8 values; the store asks for no alignment.
        Some(y) => unsafe { _mm256_storeu_ps(y.as_mut_ptr(), value) },
        None => store([value, value], y),
    }
}

/// As [`tile`], for bytes: half the columns of the lane, then the other half. Pairs of products are added up in four
/// bytes (`vpmaddwd`), because in two bytes (`vpmaddubsw`) they would not fit.
macro_rules! byte_tile {
    ($name:ident, $($row:literal)*) => {
        #[target_feature(enable = "avx2,fma")]
        fn $name(it: ByteProduct<i16>) {
            let fours = it.fours;
            let x = [$(&it.x[$row * it.x_stride..][..fours]),*];
            let weights = &it.weights[..fours];
            let (scales, bias) = (load(&it.scales[0]), load(&it.bias[0]));
            for half in 0..it.width.div_ceil(8) {
                // Of each column two sums: of the first two inputs of every four, and of the others.
                let mut sums = [$({ let _ = $row; [_mm256_setzero_si256(); 2] }),*];
                for four in 0..fours {
                    if it.cold {
                        _mm_prefetch::<_MM_HINT_T0>((&weights[four] as *const Bytes).wrapping_add(16).cast());
                    }
                    let weights = [load_bytes(&weights[four], 2 * half), load_bytes(&weights[four], 2 * half + 1)];
                    $(
                        let [a, b, c, d] = x[$row][four];
                        let (low, high) = (a as u16 as u64 | (b as u16 as u64) << 16, c as u16 as u64 | (d as u16 as u64) << 16);
                        let value = _mm256_set1_epi64x((low | high << 32) as i64);
                        sums[$row][0] = _mm256_add_epi32(sums[$row][0], _mm256_madd_epi16(weights[0], value));
                        sums[$row][1] = _mm256_add_epi32(sums[$row][1], _mm256_madd_epi16(weights[1], value));
                    )*
                }
                $(
                    // Columns 0 1 4 5 2 3 6 7 of the half, and then in their order.
                    let pairs = _mm256_hadd_epi32(sums[$row][0], sums[$row][1]);
                    let found = _mm256_permute4x64_epi64::<0b11_01_10_00>(pairs);
                    let found = _mm256_cvtepi32_ps(found);
                    let scale = _mm256_mul_ps(_mm256_set1_ps(it.rows[$row]), scales[half]);
                    let y = &mut it.y[$row * it.y_stride..][..it.width][8 * half..];
                    store_half(_mm256_fmadd_ps(found, scale, bias[half]), y);
                )*
            }
        }
    };
}

/// As [`byte_tile`], for all columns of the lane.
macro_rules! vnni_tile {
    ($name:ident, $($row:literal)*) => {
        #[target_feature(enable = "avx2,fma,avxvnni")]
        fn $name(it: ByteProduct<Raised>) {
            let fours = it.fours;
            let x = [$(&it.x[$row * it.x_stride..][..fours]),*];
            let weights = &it.weights[..fours];
            // SAFETY: these are 64 bytes, aligned to 64: two vectors of 32.
            let lower = [0, 8].map(|at| unsafe { _mm256_load_si256(it.lower[0].0.as_ptr().add(at).cast()) });
            let mut sums = [$({ let _ = $row; lower }),*];
            for four in 0..fours {
                if it.cold {
                    _mm_prefetch::<_MM_HINT_T0>((&weights[four] as *const Bytes).wrapping_add(16).cast());
                }
                let (halves, _) = weights[four].0.as_chunks::<32>();
                // SAFETY: these are 32 bytes, and the load asks for no alignment.
                let weights = [0, 1].map(|half| unsafe { _mm256_loadu_si256(halves[half].as_ptr().cast()) });
                $(
                    let value = _mm256_set1_epi32(Raised::four(x[$row][four]));
                    sums[$row][0] = _mm256_dpbusd_avx_epi32(sums[$row][0], value, weights[0]);
                    sums[$row][1] = _mm256_dpbusd_avx_epi32(sums[$row][1], value, weights[1]);
                )*
            }
            let (scales, bias) = (load(&it.scales[0]), load(&it.bias[0]));
            $(
                let scale = _mm256_set1_ps(it.rows[$row]);
                let values = [0, 1].map(|half| {
                    let sum = _mm256_cvtepi32_ps(sums[$row][half]);
                    _mm256_fmadd_ps(sum, _mm256_mul_ps(scale, scales[half]), bias[half])
                });
                store(values, &mut it.y[$row * it.y_stride..][..it.width]);
            )*
        }
    };
}

macro_rules! tiles {
    ($($rows:literal $tile:ident $byte_tile:ident $vnni_tile:ident $($row:literal)*,)*) => {
        $(
            tile!($tile, $($row)*);
            byte_tile!($byte_tile, $($row)*);
            vnni_tile!($vnni_tile, $($row)*);
        )*

        #[target_feature(enable = "avx2,fma")]
        fn product(it: Product) {
            match (it.rows, it.start.len()) {
                $(($rows, 1) => $tile(it),)*
                _ => crate::product::scalar(it),
            }
        }

        #[target_feature(enable = "avx2,fma")]
        fn byte_product(it: ByteProduct<i16>) {
            match (it.rows.len(), it.bias.len()) {
                $(($rows, 1) => $byte_tile(it),)*
                _ => crate::product::scalar_bytes(it),
            }
        }

        #[target_feature(enable = "avx2,fma,avxvnni")]
        fn vnni_product(it: ByteProduct<Raised>) {
            match (it.rows.len(), it.bias.len()) {
                $(($rows, 1) => $vnni_tile(it),)*
                _ => crate::product::scalar_bytes(it),
            }
        }
    };
}

tiles! {
    1 rows_1 byte_rows_1 vnni_rows_1 0,
    2 rows_2 byte_rows_2 vnni_rows_2 0 1,
    3 rows_3 byte_rows_3 vnni_rows_3 0 1 2,
    4 rows_4 byte_rows_4 vnni_rows_4 0 1 2 3,
    5 rows_5 byte_rows_5 vnni_rows_5 0 1 2 3 4,
    6 rows_6 byte_rows_6 vnni_rows_6 0 1 2 3 4 5,
}
