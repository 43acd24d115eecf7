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
/// weight over its column's scale.
#[derive(Debug, Clone, Copy, PartialEq)]
#[repr(C, align(64))]
pub(crate) struct Bytes(pub [i8; 4 * LANE]);

impl Bytes {
    /// The bytes of sixteen units, the lowest first.
    #[inline(always)]
    pub fn of(units: [u32; LANE]) -> Bytes {
        let mut bytes = Bytes([0; 4 * LANE]);
        for (four, unit) in bytes.0.as_chunks_mut::<4>().0.iter_mut().zip(units) {
            *four = unit.to_le_bytes().map(|byte| byte as i8);
        }
        bytes
    }
}

/// Whole numbers for sixteen neighbouring columns.
#[derive(Debug, Clone, Copy, PartialEq)]
#[repr(C, align(64))]
pub(crate) struct Whole(pub [i32; LANE]);

/// Appends for each of `lanes` lanes of columns what 128 more in every input would add to their sums, taken away.
#[inline(always)]
pub(crate) fn lower(weights: &[Bytes], lanes: usize, to: &mut Vec<Whole>) {
    for lane in 0..lanes {
        let mut sums = [0; LANE];
        for weights in weights.iter().skip(lane).step_by(lanes) {
            for (sum, four) in sums.iter_mut().zip(weights.0.as_chunks::<4>().0) {
                *sum += four.iter().map(|&weight| i32::from(weight)).sum::<i32>();
            }
        }
        to.push(Whole(sums.map(|sum| -128 * sum)));
    }
}

/// The same of whole numbers: `y[r][c] = bias[c] + rows[r] * scales[c] * sum over i of x[r][i] * w[i][c]`.
pub(crate) struct ByteProduct<'a, D = i8> {
    /// The rows' inputs in fours: row r is at `r * x_stride`, `fours` long.
    pub x: &'a [[D; 4]],
    pub x_stride: usize,
    pub fours: usize,
    /// What each row's inputs are to be multiplied by.
    pub rows: &'a [f32],
    /// `[fours, bias.len()]`
    pub weights: &'a [Bytes],
    /// As [`lower`] makes it of the weights, if inputs are [`Raised`].
    #[allow(dead_code, reason = "NEON multiplies bytes that both have a sign")]
    pub lower: &'a [Whole],
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

/// How a kernel wants the whole numbers of -127 to 127 that inputs become.
pub(crate) trait Digit: Copy {
    /// Whether the kernel reads [`ByteProduct::lower`].
    const RAISED: bool = false;

    fn of(number: i8) -> Self;

    fn number(self) -> i32;
}

impl Digit for i8 {
    #[inline(always)]
    fn of(number: i8) -> i8 {
        number
    }

    fn number(self) -> i32 {
        self.into()
    }
}

impl Digit for i16 {
    #[inline(always)]
    fn of(number: i8) -> i16 {
        number.into()
    }

    fn number(self) -> i32 {
        self.into()
    }
}

/// A number and 128: the instructions that add up products of bytes want one of the two without a sign.
#[derive(Debug, Clone, Copy)]
#[repr(transparent)]
#[allow(dead_code, reason = "as `ByteProduct::lower`")]
pub(crate) struct Raised(pub u8);

impl Raised {
    /// Four of them in a register. Written out: a closure may not be put into a function for other instructions.
    #[inline(always)]
    #[allow(dead_code, reason = "as `ByteProduct::lower`")]
    pub fn four([a, b, c, d]: [Raised; 4]) -> i32 {
        i32::from_ne_bytes([a.0, b.0, c.0, d.0])
    }
}

impl Digit for Raised {
    const RAISED: bool = true;

    #[inline(always)]
    fn of(number: i8) -> Raised {
        Raised(number as u8 ^ 0x80)
    }

    fn number(self) -> i32 {
        i32::from(self.0) - 128
    }
}

/// The plain version that the others are held to, bit by bit.
pub(crate) fn scalar_bytes<D: Digit>(product: ByteProduct<D>) {
    let lanes = product.bias.len();
    for (row, scale) in product.rows.iter().enumerate() {
        let x = &product.x[row * product.x_stride..][..product.fours];
        let y = &mut product.y[row * product.y_stride..][..product.width];
        for (lane, y) in y.chunks_mut(LANE).enumerate() {
            let mut sums = [0; LANE];
            for (x, weights) in x.iter().zip(product.weights.chunks_exact(lanes)) {
                for (sum, weights) in sums.iter_mut().zip(weights[lane].0.chunks_exact(4)) {
                    for (x, weight) in x.iter().zip(weights) {
                        *sum += x.number() * i32::from(*weight);
                    }
                }
            }
            for (at, y) in y.iter_mut().enumerate() {
                *y = (sums[at] as f32).mul_add(scale * product.scales[lane].0[at], product.bias[lane].0[at]);
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
