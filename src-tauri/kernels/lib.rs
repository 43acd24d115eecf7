//! SqueezeBERT's steps on one CPU thread: its word table, grouped linear layers and self-attention.
//!
//! Activations are row-major `[tokens, channels]`, and a group of a grouped layer is a range of columns, so nothing
//! is transposed or copied between steps. Weights are packed once, for the instructions that will read them.
//!
//! ```
//! use sotto_kernels::{Cpu, Linear, Part, Precision};
//!
//! // Two groups of one input and one output: y = [2 x0 + 1, 3 x1].
//! let part = Part { groups: 2, weights: &[2.0, 3.0], bias: &[1.0, 0.0] };
//! let linear = Linear::pack(Cpu::best(), Precision::Single, 2, &[part]).unwrap();
//! let mut y = [0.0; 2];
//! linear.run(&[10.0, 20.0], &mut y).unwrap();
//! assert_eq!(y, [21.0, 60.0]);
//! ```

mod attention;
mod cpu;
mod linear;
mod product;
mod rows;
mod words;

#[cfg(target_arch = "x86_64")]
mod avx2;
#[cfg(target_arch = "x86_64")]
mod avx512;
#[cfg(target_arch = "aarch64")]
mod neon;

pub use attention::Attention;
pub use cpu::{Cpu, NAMES};
pub use linear::{Linear, Norm, Part, Precision};
pub use words::{Rows, Table, Words};

/// What was given does not fit together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Misfit(pub(crate) &'static str);

impl std::fmt::Display for Misfit {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.0)
    }
}

impl std::error::Error for Misfit {}
