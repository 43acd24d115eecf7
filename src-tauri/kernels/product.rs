//! The inner product of a few rows with a few columns, which is where the time goes.

use crate::cpu::Cpu;

/// Columns of a lane.
pub(crate) const LANE: usize = 16;

/// Sixteen neighbouring columns, aligned as the widest vector load likes it.
#[derive(Debug, Clone, Copy, PartialEq)]
#[repr(C, align(64))]
pub(crate) struct Lane(pub [f32; LANE]);

impl Lane {
    pub const ZERO: Lane = Lane([0.0; LANE]);
}

/// `y[r][c] = start[c] + sum over i of x[r][i] * weights[i][c]` for `rows` rows and `width` columns.
pub(crate) struct Product<'a> {
    /// The rows' inputs: row r is at `r * x_stride`, `inputs` long.
    pub x: &'a [f32],
    pub x_stride: usize,
    pub rows: usize,
    pub inputs: usize,
    /// `[inputs, start.len()]` lanes.
    pub weights: &'a [Lane],
    /// What the sums start from: a lane for each lane of columns.
    pub start: &'a [Lane],
    /// The rows' outputs: row r is at `r * y_stride`, `width` long.
    pub y: &'a mut [f32],
    pub y_stride: usize,
    pub width: usize,
    /// Whether the weights come from far away, so that they should be asked for in advance.
    #[allow(dead_code, reason = "NEON cannot ask")]
    pub cold: bool,
}

/// Lanes of every panel of a `width`-column matrix: as even as can be, at most `cpu.most_lanes()` each.
pub(crate) fn panels(cpu: Cpu, width: usize) -> impl Iterator<Item = usize> {
    even(width.div_ceil(LANE), cpu.most_lanes())
}

/// `count` split into the fewest parts of at most `most`, as even as can be.
pub(crate) fn even(count: usize, most: usize) -> impl Iterator<Item = usize> {
    let parts = count.div_ceil(most);
    (0..parts).map(move |part| count / parts + usize::from(part < count % parts))
}

/// The plain version that the others are held to.
pub(crate) fn scalar(product: Product) {
    let lanes = product.start.len();
    for row in 0..product.rows {
        let x = &product.x[row * product.x_stride..][..product.inputs];
        let y = &mut product.y[row * product.y_stride..][..product.width];
        for (lane, (y, start)) in y.chunks_mut(LANE).zip(product.start).enumerate() {
            let mut sums = *start;
            for (x, weights) in x.iter().zip(product.weights.chunks_exact(lanes)) {
                for (sum, weight) in sums.0.iter_mut().zip(weights[lane].0) {
                    *sum += x * weight;
                }
            }
            y.copy_from_slice(&sums.0[..y.len()]);
        }
    }
}

/// Four inputs of sixteen neighbouring columns, one byte each: column c's input i is at `4 c + i`. A byte is the
/// weight over its column's scale, and 128.
#[derive(Debug, Clone, Copy, PartialEq)]
#[repr(C, align(64))]
pub(crate) struct Bytes(pub [u8; 4 * LANE]);

/// The same of whole numbers: `y[r][c] = bias[c] + row.scale * scales[c] * sum over i of x[r][i] * w[i][c]`.
pub(crate) struct ByteProduct<'a, D = i8> {
    /// The rows' inputs in fours: row r is at `r * x_stride`, `fours` long.
    pub x: &'a [[D; 4]],
    pub x_stride: usize,
    pub fours: usize,
    /// Of each row, what its inputs are to be multiplied by, and their sum.
    pub rows: &'a [RowScale],
    /// `[fours, bias.len()]`
    pub weights: &'a [Bytes],
    pub scales: &'a [Lane],
    pub bias: &'a [Lane],
    /// The rows' outputs: row r is at `r * y_stride`, `width` long.
    pub y: &'a mut [f32],
    pub y_stride: usize,
    pub width: usize,
    /// As in [`Product`].
    #[allow(dead_code, reason = "as in `Product`")]
    pub cold: bool,
}

/// How a kernel wants the whole numbers of -127 to 127 that inputs become: in a byte, or in two.
pub(crate) trait Digit: Copy + Default + From<i8> + Into<i32> {}

impl Digit for i8 {}
impl Digit for i16 {}

/// What turns the whole numbers of a row into what they stand for.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct RowScale {
    pub scale: f32,
    pub sum: i32,
}

/// The plain version that the others are held to, bit by bit.
pub(crate) fn scalar_bytes<D: Digit>(product: ByteProduct<D>) {
    let lanes = product.bias.len();
    for (row, of) in product.rows.iter().enumerate() {
        let x = &product.x[row * product.x_stride..][..product.fours];
        let y = &mut product.y[row * product.y_stride..][..product.width];
        for (lane, y) in y.chunks_mut(LANE).enumerate() {
            // The bytes are 128 too great, each.
            let mut sums = [of.sum.wrapping_mul(-128); LANE];
            for (x, weights) in x.iter().zip(product.weights.chunks_exact(lanes)) {
                for (sum, weights) in sums.iter_mut().zip(weights[lane].0.chunks_exact(4)) {
                    for (x, weight) in x.iter().zip(weights) {
                        *sum += (*x).into() * i32::from(*weight);
                    }
                }
            }
            for (at, y) in y.iter_mut().enumerate() {
                *y = (sums[at] as f32)
                    .mul_add(of.scale * product.scales[lane].0[at], product.bias[lane].0[at]);
            }
        }
    }
}

/// Runs `name(arguments)` compiled for `cpu`, or with the plain products that are named.
macro_rules! dispatch {
    ($cpu:expr, $name:ident($($argument:expr),*), $($plain:path),*) => {
        match $cpu.kind() {
            // SAFETY: a `Cpu` of this kind is made only where the machine has AVX-512 F, BW, VL and VNNI.
            #[cfg(target_arch = "x86_64")]
            $crate::cpu::Kind::Avx512 => unsafe { $crate::avx512::$name($($argument),*) },
            // SAFETY: a `Cpu` of this kind is made only where the machine has AVX2 and FMA.
            #[cfg(target_arch = "x86_64")]
            $crate::cpu::Kind::Avx2 => unsafe { $crate::avx2::$name($($argument),*) },
            // SAFETY: a `Cpu` of this kind is made only where the machine has AVX2, FMA and AVX-VNNI.
            #[cfg(target_arch = "x86_64")]
            $crate::cpu::Kind::AvxVnni => unsafe { $crate::avx2::vnni::$name($($argument),*) },
            // SAFETY: a `Cpu` of this kind is made only where the machine has NEON.
            #[cfg(target_arch = "aarch64")]
            $crate::cpu::Kind::Neon => unsafe { $crate::neon::$name($($argument),*) },
            // SAFETY: a `Cpu` of this kind is made only where the machine has NEON and dot products.
            #[cfg(target_arch = "aarch64")]
            $crate::cpu::Kind::Dot => unsafe { $crate::neon::dot::$name($($argument),*) },
            _ => $name($($argument),*, $($plain),*),
        }
    };
}
pub(crate) use dispatch;
