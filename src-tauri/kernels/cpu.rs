//! Which instructions the kernels use.

use std::fmt;

/// A set of instructions that this machine has: a value of this type is the proof.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cpu(Kind);

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(dead_code, reason = "a machine makes only its own")]
pub(crate) enum Kind {
    /// Plain Rust: slow, for any machine and for tests.
    Scalar,
    /// AVX2 and FMA.
    Avx2,
    /// AVX2, FMA and AVX-VNNI.
    AvxVnni,
    /// AVX-512 F, BW, VL and VNNI.
    Avx512,
    /// NEON.
    Neon,
    /// NEON with dot products of bytes.
    Dot,
}

/// Every set that there are kernels for, plain Rust first and the fastest of each kind of machine last.
pub const NAMES: [&str; 6] = ["scalar", "avx2", "avxvnni", "avx512", "neon", "dotprod"];

impl Cpu {
    /// The fastest that this machine has.
    pub fn best() -> Cpu {
        NAMES.into_iter().rev().find_map(Cpu::named).unwrap_or(Cpu(Kind::Scalar))
    }

    /// One of [`NAMES`], if this machine has it.
    pub fn named(name: &str) -> Option<Cpu> {
        let kind = match name {
            "scalar" => Kind::Scalar,
            #[cfg(target_arch = "x86_64")]
            "avx2" if is_x86_feature_detected!("avx2") && is_x86_feature_detected!("fma") => Kind::Avx2,
            #[cfg(target_arch = "x86_64")]
            "avxvnni"
                if is_x86_feature_detected!("avx2")
                    && is_x86_feature_detected!("fma")
                    && is_x86_feature_detected!("avxvnni") =>
            {
                Kind::AvxVnni
            }
            #[cfg(target_arch = "x86_64")]
            "avx512"
                if is_x86_feature_detected!("avx512f")
                    && is_x86_feature_detected!("avx512bw")
                    && is_x86_feature_detected!("avx512vl")
                    && is_x86_feature_detected!("avx512vnni") =>
            {
                Kind::Avx512
            }
            #[cfg(target_arch = "aarch64")]
            "neon" if std::arch::is_aarch64_feature_detected!("neon") => Kind::Neon,
            #[cfg(target_arch = "aarch64")]
            "dotprod"
                if std::arch::is_aarch64_feature_detected!("neon")
                    && std::arch::is_aarch64_feature_detected!("dotprod") =>
            {
                Kind::Dot
            }
            _ => return None,
        };
        Some(Cpu(kind))
    }

    /// Every set that this machine has, plain Rust first.
    pub fn all() -> impl Iterator<Item = Cpu> {
        NAMES.into_iter().filter_map(Cpu::named)
    }

    /// Whether these are vector instructions, and so faster than a general engine.
    pub fn is_vector(self) -> bool {
        self.0 != Kind::Scalar
    }

    pub(crate) fn kind(self) -> Kind {
        self.0
    }

    /// Rows that one pass over the weights serves.
    pub(crate) fn most_rows(self) -> usize {
        match self.0 {
            Kind::Scalar => 4,
            Kind::Avx2 | Kind::AvxVnni | Kind::Neon | Kind::Dot => 6,
            Kind::Avx512 => 8,
        }
    }

    /// Lanes of 16 columns that one pass over the activations serves.
    pub(crate) fn most_lanes(self) -> usize {
        match self.0 {
            Kind::Avx512 => 3,
            _ => 1,
        }
    }
}

impl fmt::Display for Cpu {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.0 {
            Kind::Scalar => "scalar",
            Kind::Avx2 => "AVX2",
            Kind::AvxVnni => "AVX-VNNI",
            Kind::Avx512 => "AVX-512",
            Kind::Neon => "NEON",
            Kind::Dot => "NEON with dot products",
        })
    }
}
