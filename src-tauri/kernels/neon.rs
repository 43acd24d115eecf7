//! The kernels for NEON: 6 rows by 16 columns at a time, in 24 of the 32 registers.

use std::arch::aarch64::*;
use std::arch::asm;

use crate::attention::Attention;
use crate::linear::{After, Linear};
use crate::product::{ByteProduct, Bytes, LANE, Lane, Product};
use crate::words::Words;

#[target_feature(enable = "neon")]
pub(crate) fn linear(of: &Linear, x: &[f32], y: &mut [f32], after: After) {
    crate::linear::linear(of, x, y, after, |it| product(it), |it| byte_product(it));
}

#[target_feature(enable = "neon")]
pub(crate) fn attention(of: &Attention, x: &[f32], y: &mut [f32]) {
    crate::attention::attention(of, x, y, |it| product(it));
}

#[target_feature(enable = "neon")]
pub(crate) fn byte_attention(of: &Attention, x: &[f32], y: &mut [f32]) {
    crate::attention::byte_attention(of, x, y, |it| byte_product(it));
}

#[target_feature(enable = "neon")]
pub(crate) fn words(of: &Words, ids: &[i64], y: &mut [f32]) {
    crate::words::words(of, ids, y);
}

/// The same where the CPU adds up products of bytes by itself.
pub(crate) mod dot {
    use super::*;

    pub(crate) use super::{attention, words};

    #[target_feature(enable = "neon,dotprod")]
    pub(crate) fn byte_attention(of: &Attention, x: &[f32], y: &mut [f32]) {
        crate::attention::byte_attention(of, x, y, |it| dot_product(it));
    }

    #[target_feature(enable = "neon,dotprod")]
    pub(crate) fn linear(of: &Linear, x: &[f32], y: &mut [f32], after: After) {
        crate::linear::linear(of, x, y, after, |it| product(it), |it| dot_product(it));
    }
}

#[inline]
#[target_feature(enable = "neon")]
fn load(lane: &Lane) -> [float32x4_t; 4] {
    let (fours, _) = lane.0.as_chunks::<4>();
    // SAFETY: these are 4 values.
    std::array::from_fn(|at| unsafe { vld1q_f32(fours[at].as_ptr()) })
}

/// The weights of four columns for four inputs.
#[inline]
#[target_feature(enable = "neon")]
fn load_bytes(bytes: &Bytes, columns: usize) -> int8x16_t {
    let (sixteens, _) = bytes.0.as_chunks::<16>();
    // SAFETY: these are 16 bytes.
    unsafe { vld1q_s8(sixteens[columns].as_ptr()) }
}

/// Writes the first columns of `values` that `y` has room for.
#[inline]
#[target_feature(enable = "neon")]
fn store<const V: usize>(values: [float32x4_t; V], y: &mut [f32]) {
    for (value, y) in values.into_iter().zip(y.chunks_mut(4)) {
        let mut four = [0.0; 4];
        // SAFETY: there is room for 4 values.
        unsafe { vst1q_f32(four.as_mut_ptr(), value) }
        y.copy_from_slice(&four[..y.len()]);
    }
}

/// Adds the products of four columns with four inputs to sums of two inputs each.
#[inline]
#[target_feature(enable = "neon")]
fn add(sums: [int32x4_t; 2], weights: int8x16_t, x: int8x16_t) -> [int32x4_t; 2] {
    let low = vmull_s8(vget_low_s8(weights), vget_low_s8(x));
    [vpadalq_s16(sums[0], low), vpadalq_s16(sums[1], vmull_high_s8(weights, x))]
}

#[inline]
#[target_feature(enable = "neon")]
fn total(sums: [int32x4_t; 2]) -> int32x4_t {
    vpaddq_s32(sums[0], sums[1])
}

/// Adds the products of four columns with four inputs to a sum of each column.
#[inline]
#[target_feature(enable = "neon,dotprod")]
fn add_dot([mut sum]: [int32x4_t; 1], weights: int8x16_t, x: int8x16_t) -> [int32x4_t; 1] {
    // The function for this is not in stable Rust yet.
    // SAFETY: it reads and writes these three registers and nothing else; the CPU has the instruction.
    unsafe {
        asm!("sdot {0:v}.4s, {1:v}.16b, {2:v}.16b", inout(vreg) sum, in(vreg) weights, in(vreg) x,
             options(pure, nomem, nostack, preserves_flags));
    }
    [sum]
}

#[inline]
#[target_feature(enable = "neon")]
fn total_dot([sum]: [int32x4_t; 1]) -> int32x4_t {
    sum
}

/// A function for all columns of one lane and the rows that are named. Written out row by row, because sums that
/// are indexed in a loop live in memory and not in registers.
macro_rules! tile {
    ($name:ident, $($row:literal)*) => {
        #[target_feature(enable = "neon")]
        fn $name(it: Product) {
            let inputs = it.inputs;
            let x = [$(&it.x[$row * it.x_stride..][..inputs]),*];
            let weights = &it.weights[..inputs];
            let start = load(&it.start[0]);
            let mut sums = [$({ let _ = $row; start }),*];
            for input in 0..inputs {
                let weights = load(&weights[input]);
                $(
                    let value = x[$row][input];
                    sums[$row][0] = vfmaq_n_f32(sums[$row][0], weights[0], value);
                    sums[$row][1] = vfmaq_n_f32(sums[$row][1], weights[1], value);
                    sums[$row][2] = vfmaq_n_f32(sums[$row][2], weights[2], value);
                    sums[$row][3] = vfmaq_n_f32(sums[$row][3], weights[3], value);
                )*
            }
            $(store(sums[$row], &mut it.y[$row * it.y_stride..][..it.width]);)*
        }
    };
}

/// As [`tile`], for bytes: half the columns of the lane, then the other half.
macro_rules! byte_tile {
    ($name:ident, $features:literal, $add:ident, $total:ident, $parts:literal, $($row:literal)*) => {
        #[target_feature(enable = $features)]
        fn $name(it: ByteProduct) {
            let fours = it.fours;
            let x = [$(&it.x[$row * it.x_stride..][..fours]),*];
            let weights = &it.weights[..fours];
            let (scales, bias) = (load(&it.scales[0]), load(&it.bias[0]));
            for half in 0..it.width.div_ceil(LANE / 2) {
                let mut sums = [$({ let _ = $row; [[vdupq_n_s32(0); $parts]; 2] }),*];
                for four in 0..fours {
                    let weights = [load_bytes(&weights[four], 2 * half), load_bytes(&weights[four], 2 * half + 1)];
                    $(
                        let [a, b, c, d] = x[$row][four];
                        let value = i32::from_ne_bytes([a as u8, b as u8, c as u8, d as u8]);
                        let value = vreinterpretq_s8_s32(vdupq_n_s32(value));
                        sums[$row][0] = $add(sums[$row][0], weights[0], value);
                        sums[$row][1] = $add(sums[$row][1], weights[1], value);
                    )*
                }
                $(
                    let scale = it.rows[$row];
                    let values = std::array::from_fn::<_, 2, _>(|at| {
                        let found = vcvtq_f32_s32($total(sums[$row][at]));
                        vfmaq_f32(bias[2 * half + at], found, vmulq_n_f32(scales[2 * half + at], scale))
                    });
                    store(values, &mut it.y[$row * it.y_stride..][..it.width][LANE / 2 * half..]);
                )*
            }
        }
    };
}

macro_rules! tiles {
    ($($rows:literal $tile:ident $byte_tile:ident $dot_tile:ident $($row:literal)*,)*) => {
        $(
            tile!($tile, $($row)*);
            byte_tile!($byte_tile, "neon", add, total, 2, $($row)*);
            byte_tile!($dot_tile, "neon,dotprod", add_dot, total_dot, 1, $($row)*);
        )*

        #[target_feature(enable = "neon")]
        fn product(it: Product) {
            match (it.rows, it.start.len()) {
                $(($rows, 1) => $tile(it),)*
                _ => crate::product::scalar(it),
            }
        }

        #[target_feature(enable = "neon")]
        fn byte_product(it: ByteProduct) {
            match (it.rows.len(), it.bias.len()) {
                $(($rows, 1) => $byte_tile(it),)*
                _ => crate::product::scalar_bytes(it),
            }
        }

        #[target_feature(enable = "neon,dotprod")]
        fn dot_product(it: ByteProduct) {
            match (it.rows.len(), it.bias.len()) {
                $(($rows, 1) => $dot_tile(it),)*
                _ => crate::product::scalar_bytes(it),
            }
        }
    };
}

tiles! {
    1 rows_1 byte_rows_1 dot_rows_1 0,
    2 rows_2 byte_rows_2 dot_rows_2 0 1,
    3 rows_3 byte_rows_3 dot_rows_3 0 1 2,
    4 rows_4 byte_rows_4 dot_rows_4 0 1 2 3,
    5 rows_5 byte_rows_5 dot_rows_5 0 1 2 3 4,
    6 rows_6 byte_rows_6 dot_rows_6 0 1 2 3 4 5,
}
