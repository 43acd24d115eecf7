//! The kernels and whole passes over an encoder of random weights, on every CPU kind of this machine.
//!
//! `cargo bench -p sotto-kernels --bench kernels` has criterion time them, all or those whose name a pattern after `--`
//! fits: `attention/128`. With `-- share`, it prints for each kind and length how long a pass takes, and how much of
//! the machine's measured peak of fused multiply-adds it reaches.

use std::hint::black_box;
use std::time::Instant;

use criterion::{BenchmarkId, Criterion, Throughput};
use sotto_kernels::{Attention, Cpu, Linear, Norm, Part, Precision, Rows, Words};

const TOKENS: [usize; 5] = [8, 16, 32, 64, 128];

/// Layers, channels, heads and inner channels of an encoder in four groups.
const SMALL: [usize; 4] = [6, 384, 12, 1536];
const GROUPS: usize = 4;

/// Numbers in -0.1..0.1 that look random and are the same on every run.
fn numbers(count: usize) -> Vec<f32> {
    let mut state = 1u64;
    let mut next = || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((state >> 40) as f32 / (1 << 23) as f32 - 1.0) * 0.1
    };
    (0..count).map(|_| next()).collect()
}

fn linear(
    cpu: Cpu,
    precision: Precision,
    inputs: usize,
    outputs: usize,
    groups: usize,
    parts: usize,
) -> Linear {
    let (weights, bias) = (numbers(inputs * outputs / groups), numbers(outputs));
    let part = Part { groups, weights: &weights, bias: &bias };
    Linear::pack(cpu, precision, inputs, &vec![part; parts]).expect("the sizes fit")
}

fn norm(width: usize) -> Norm {
    Norm { weight: vec![1.0; width], bias: vec![0.0; width], epsilon: 1e-12 }
}

/// A SqueezeBERT without heads.
struct Encoder {
    words: Words,
    layers: Vec<Layer>,
    norm: Norm,
}

struct Layer {
    attention: Attention,
    project: Linear,
    after: Linear,
    widen: Linear,
    narrow: Linear,
}

impl Encoder {
    fn new([layers, width, heads, wide]: [usize; 4], cpu: Cpu, precision: Precision) -> Encoder {
        let rows = Rows::Bytes { bytes: vec![3; 1000 * width], scales: numbers(1000) };
        let layer = || Layer {
            attention: Attention {
                cpu,
                precision,
                heads,
                width: width / heads,
                scale: (heads as f32 / width as f32).sqrt(),
            },
            project: linear(cpu, precision, width, width, GROUPS, 3),
            after: linear(cpu, precision, width, width, 1, 1),
            widen: linear(cpu, precision, width, wide, GROUPS, 1),
            narrow: linear(cpu, precision, wide, width, GROUPS, 1),
        };
        Encoder {
            words: Words::new(cpu, rows, numbers(128 * width), norm(width)).expect("the sizes fit"),
            layers: (0..layers).map(|_| layer()).collect(),
            norm: norm(width),
        }
    }

    fn pass(&self, ids: &[i64]) -> Vec<f32> {
        let mut x = vec![0.0; ids.len() * self.words.outputs()];
        let mut y = x.clone();
        let run = || {
            self.words.run(ids, &mut x)?;
            for layer in &self.layers {
                let mut projected = vec![0.0; 3 * x.len()];
                layer.project.run(&x, &mut projected)?;
                let mut context = vec![0.0; x.len()];
                layer.attention.run(&projected, &mut context)?;
                layer.after.run_norm(&context, &x, &self.norm, &mut y)?;
                let mut wide = vec![0.0; ids.len() * layer.widen.outputs()];
                layer.widen.run_gelu(&y, &mut wide)?;
                layer.narrow.run_norm(&wide, &y, &self.norm, &mut x)?;
            }
            Ok::<_, sotto_kernels::Misfit>(x)
        };
        run().expect("the sizes fit")
    }
}

/// Multiply-adds of a pass over `tokens` tokens.
fn work([layers, width, _, wide]: [usize; 4], tokens: usize) -> usize {
    let linear = 3 * width * width / GROUPS + width * width + 2 * width * wide / GROUPS;
    layers * tokens * (linear + 2 * tokens * width)
}

fn ids(tokens: usize) -> Vec<i64> {
    (0..tokens as i64).map(|at| at * 131 % 1000).collect()
}

/// What is timed by name: plain Rust is not.
fn kinds() -> impl Iterator<Item = (Cpu, Precision)> {
    let vector = Cpu::all().filter(|cpu| cpu.is_vector());
    vector.flat_map(|cpu| [(cpu, Precision::Single), (cpu, Precision::Bytes)])
}

/// Multiply-adds a second in registers alone, with as many sums as are in flight. Written out sum by sum, because
/// sums that are indexed in a loop live in memory.
macro_rules! peak {
    ($name:ident, $features:literal, $lanes:literal, $set:ident, $fma:ident, $($sum:literal)*) => {
        #[cfg(target_arch = "x86_64")]
        #[target_feature(enable = $features)]
        fn $name() -> f64 {
            use std::arch::x86_64::*;

            let (factor, term) = ($set(black_box(0.999)), $set(black_box(0.001)));
            let mut sums = [$($set($sum as f32)),*];
            let steps = 100_000;
            let start = Instant::now();
            for _ in 0..steps {
                $(sums[$sum] = $fma(sums[$sum], factor, term);)*
            }
            let time = start.elapsed().as_secs_f64();
            black_box(sums);
            (steps * $lanes * sums.len()) as f64 / time
        }
    };
}

peak!(peak_avx2, "avx2,fma", 8, _mm256_set1_ps, _mm256_fmadd_ps, 0 1 2 3 4 5 6 7 8 9 10 11);
peak!(peak_avx512, "avx512f", 16, _mm512_set1_ps, _mm512_fmadd_ps, 0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15);

#[cfg(target_arch = "x86_64")]
fn peak(cpu: Cpu) -> f64 {
    match cpu.to_string().as_str() {
        // SAFETY: a `Cpu` of this name is made only where the machine has these instructions.
        "AVX-512" => unsafe { peak_avx512() },
        // SAFETY: as above.
        "AVX2" | "AVX-VNNI" => unsafe { peak_avx2() },
        _ => f64::NAN,
    }
}

#[cfg(not(target_arch = "x86_64"))]
fn peak(_: Cpu) -> f64 {
    f64::NAN
}

/// The fastest of many passes against the fastest of many runs at the peak, by turns: what else the machine does
/// makes both slower and neither faster.
fn share() {
    println!(
        "| whole pass, share of the fp32 peak | {} |",
        TOKENS.map(|it| format!("{it} tokens")).join(" | ")
    );
    println!("| --- |{}", " --- |".repeat(TOKENS.len()));
    let mut limit = 0f64;
    for (cpu, precision) in kinds() {
        let encoder = Encoder::new(SMALL, cpu, precision);
        let cells = TOKENS.map(|tokens| {
            let ids = ids(tokens);
            let mut least = f64::INFINITY;
            for _ in 0..200 {
                limit = limit.max(peak(cpu));
                let start = Instant::now();
                black_box(encoder.pass(&ids));
                least = least.min(start.elapsed().as_secs_f64());
            }
            let share = work(SMALL, tokens) as f64 / least / limit;
            format!("{:.2} ms, {:.0} %", least * 1e3, 100.0 * share)
        });
        println!("| {cpu} {precision:?} | {} |", cells.join(" | "));
    }
    println!("\nPeak: {:.1} GFLOP a second", 2e-9 * limit);
}

/// Each kernel in the encoder's own sizes, and the encoder.
fn time(criterion: &mut Criterion) {
    let [_, width, heads, wide] = SMALL;
    for (cpu, precision) in kinds() {
        let [project, after, widen, narrow] =
            [(width, 3 * width, GROUPS), (width, width, 1), (width, wide, GROUPS), (wide, width, GROUPS)]
                .map(|(inputs, outputs, groups)| linear(cpu, precision, inputs, outputs, groups, 1));
        let attention = Attention {
            cpu,
            precision,
            heads,
            width: width / heads,
            scale: (heads as f32 / width as f32).sqrt(),
        };
        let encoder = Encoder::new(SMALL, cpu, precision);
        let norm = norm(width);
        let mut group = criterion.benchmark_group(format!("{cpu} {precision:?}"));
        for tokens in TOKENS {
            group.throughput(Throughput::Elements(tokens as u64));
            let x = numbers(tokens * wide);
            let (narrow_x, projected) = (&x[..tokens * width], &x[..tokens * 3 * width]);
            let mut y = vec![0.0; x.len()];
            let mut bench = |name: &str, outputs: usize, run: &dyn Fn(&mut [f32])| {
                let y = &mut y[..tokens * outputs];
                group.bench_function(BenchmarkId::new(name, tokens), |it| it.iter(|| run(black_box(y))));
            };
            bench("project", 3 * width, &|y| project.run(narrow_x, y).expect("the sizes fit"));
            bench("attention", width, &|y| attention.run(projected, y).expect("the sizes fit"));
            bench("after, norm", width, &|y| {
                after.run_norm(narrow_x, narrow_x, &norm, y).expect("the sizes fit");
            });
            bench("widen, GELU", wide, &|y| widen.run_gelu(narrow_x, y).expect("the sizes fit"));
            bench("narrow, norm", width, &|y| {
                narrow.run_norm(&x, narrow_x, &norm, y).expect("the sizes fit");
            });
            let ids = ids(tokens);
            group.bench_function(BenchmarkId::new("encoder", tokens), |it| it.iter(|| encoder.pass(&ids)));
        }
        group.finish();
    }
}

fn main() {
    if std::env::args().any(|argument| argument == "share") {
        return share();
    }
    let mut criterion = Criterion::default().configure_from_args();
    time(&mut criterion);
    criterion.final_summary();
}
