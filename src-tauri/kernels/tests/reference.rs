//! Every kernel against the formula in double precision.

use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use sotto_kernels::{Attention, Cpu, Linear, Norm, Part, Precision, Rows, Table, Words};

/// Numbers in -1..1 that look random and are the same on every run.
struct Numbers(u64);

impl Numbers {
    fn next(&mut self) -> f32 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 40) as f32 / (1 << 23) as f32 - 1.0
    }

    fn take(&mut self, count: usize) -> Vec<f32> {
        (0..count).map(|_| self.next()).collect()
    }
}

fn reference(x: &[f32], inputs: usize, part: &Part) -> Vec<f64> {
    let outputs = part.bias.len();
    let (reads, writes) = (inputs / part.groups, outputs / part.groups);
    let mut y = Vec::new();
    for row in x.chunks(inputs) {
        for column in 0..outputs {
            let group = column / writes;
            let mut sum = f64::from(part.bias[column]);
            for input in 0..reads {
                let weight = part.weights[(group * reads + input) * writes + column % writes];
                sum += f64::from(row[group * reads + input]) * f64::from(weight);
            }
            y.push(sum);
        }
    }
    y
}

fn close(found: &[f32], wanted: &[f64], what: &str) {
    assert_eq!(found.len(), wanted.len());
    for (at, (found, wanted)) in found.iter().zip(wanted).enumerate() {
        let off = (f64::from(*found) - wanted).abs();
        assert!(off <= 2e-5 * wanted.abs().max(1.0), "{what}: value {at} is {found}, not {wanted}");
    }
}

fn normalise(row: &mut [f64], norm: &Norm) {
    let count = row.len() as f64;
    let mean = row.iter().sum::<f64>() / count;
    let variance = row.iter().map(|y| (y - mean).powi(2)).sum::<f64>() / count;
    for (at, y) in row.iter_mut().enumerate() {
        let scaled = (*y - mean) / (variance + f64::from(norm.epsilon)).sqrt();
        *y = scaled * f64::from(norm.weight[at]) + f64::from(norm.bias[at]);
    }
}

/// GELU by numeric integration of the normal density.
fn gelu(x: f64) -> f64 {
    let steps = 80;
    let density = |t: f64| (-t * t / 2.0).exp() / (2.0 * std::f64::consts::PI).sqrt();
    let step = x / f64::from(steps);
    let area: f64 = (0..steps)
        .map(|at| {
            let from = step * f64::from(at);
            step / 6.0 * (density(from) + 4.0 * density(from + step / 2.0) + density(from + step))
        })
        .sum();
    x * (0.5 + area)
}

/// Inputs, outputs, groups: the model's own, and some that leave tails everywhere.
const SHAPES: [(usize, usize, usize); 10] = [
    (384, 384, 4),
    (384, 1536, 4),
    (1536, 384, 4),
    (384, 384, 1),
    (8, 4, 4),
    (1, 1, 1),
    (7, 33, 1),
    (30, 130, 2),
    (64, 64, 1),
    (6, 246, 3),
];

/// Those of them that Miri, which takes a thousand times as long, is done with in minutes.
fn shapes() -> impl Iterator<Item = (usize, usize, usize)> {
    SHAPES.into_iter().filter(|(inputs, outputs, _)| !cfg!(miri) || inputs * outputs < 2_000)
}

fn tokens(short: bool) -> impl Iterator<Item = usize> {
    (1..=130).filter(move |&n| match short {
        _ if cfg!(miri) => [1, 7, 9].contains(&n),
        true => n < 10,
        false => n < 26 || n % 7 == 0 || n > 126,
    })
}

#[test]
fn linear_is_the_formula() {
    let mut numbers = Numbers(1);
    for cpu in Cpu::all() {
        for (inputs, outputs, groups) in shapes() {
            let weights = numbers.take(inputs * outputs / groups);
            let bias = numbers.take(outputs);
            let part = Part { groups, weights: &weights, bias: &bias };
            let linear = Linear::pack(cpu, Precision::Single, inputs, &[part]).unwrap();
            for tokens in tokens(inputs * outputs / groups > 10_000) {
                let x = numbers.take(tokens * inputs);
                let what = format!("{cpu} {inputs} to {outputs} in {groups}, {tokens} tokens");
                let wanted = reference(&x, inputs, &part);
                let mut y = vec![f32::NAN; tokens * outputs];
                linear.run(&x, &mut y).unwrap();
                close(&y, &wanted, &what);

                let small: Vec<f32> = x.iter().map(|x| x * 0.2).collect();
                let wanted: Vec<f64> = reference(&small, inputs, &part).into_iter().map(gelu).collect();
                linear.run_gelu(&small, &mut y).unwrap();
                close(&y, &wanted, &format!("{what}, GELU"));
            }
        }
    }
}

#[test]
fn linear_with_norm_is_the_formula() {
    let mut numbers = Numbers(2);
    for cpu in Cpu::all() {
        for (inputs, outputs, groups) in shapes() {
            let weights = numbers.take(inputs * outputs / groups);
            let bias = numbers.take(outputs);
            let part = Part { groups, weights: &weights, bias: &bias };
            let linear = Linear::pack(cpu, Precision::Single, inputs, &[part]).unwrap();
            let norm = Norm { weight: numbers.take(outputs), bias: numbers.take(outputs), epsilon: 1e-2 };
            for tokens in [1, 2, 9, 13] {
                let x = numbers.take(tokens * inputs);
                let residual = numbers.take(tokens * outputs);
                let mut wanted = reference(&x, inputs, &part);
                wanted.iter_mut().zip(&residual).for_each(|(y, add)| *y += f64::from(*add));
                wanted.chunks_mut(outputs).for_each(|row| normalise(row, &norm));
                let mut y = vec![f32::NAN; tokens * outputs];
                linear.run_norm(&x, &residual, &norm, &mut y).unwrap();
                close(
                    &y,
                    &wanted,
                    &format!("{cpu} {inputs} to {outputs} in {groups}, {tokens} tokens, norm"),
                );
            }
        }
    }
}

#[test]
fn several_parts_stand_side_by_side() {
    let mut numbers = Numbers(3);
    for cpu in Cpu::all() {
        let (first, second) = (numbers.take(20 * 10), numbers.take(20 * 50 / 2));
        let bias = numbers.take(60);
        let parts = [
            Part { groups: 1, weights: &first, bias: &bias[..10] },
            Part { groups: 2, weights: &second, bias: &bias[10..] },
        ];
        let linear = Linear::pack(cpu, Precision::Single, 20, &parts).unwrap();
        assert_eq!((linear.inputs(), linear.outputs()), (20, 60));
        let x = numbers.take(11 * 20);
        let mut y = vec![f32::NAN; 11 * 60];
        linear.run(&x, &mut y).unwrap();
        let (left, right) = (reference(&x, 20, &parts[0]), reference(&x, 20, &parts[1]));
        let wanted: Vec<f64> =
            left.chunks(10).zip(right.chunks(50)).flat_map(|(a, b)| [a, b].concat()).collect();
        close(&y, &wanted, "two parts");
    }
}

#[test]
fn bytes_are_the_same_on_every_cpu_and_close_to_the_formula() {
    let mut numbers = Numbers(6);
    for (inputs, outputs, groups) in shapes() {
        let weights = numbers.take(inputs * outputs / groups);
        let bias = numbers.take(outputs);
        let part = Part { groups, weights: &weights, bias: &bias };
        let norm = Norm { weight: numbers.take(outputs), bias: numbers.take(outputs), epsilon: 1e-2 };
        for tokens in (1..=17).chain([31, 64]).filter(|n| !cfg!(miri) || [1, 9, 17].contains(n)) {
            let x = numbers.take(tokens * inputs);
            let residual = numbers.take(tokens * outputs);
            let mut plain: Option<[Vec<f32>; 3]> = None;
            for cpu in Cpu::all() {
                let what = format!("{cpu} {inputs} to {outputs} in {groups}, {tokens} tokens");
                let linear = Linear::pack(cpu, Precision::Bytes, inputs, &[part]).unwrap();
                let mut found = [0; 3].map(|_| vec![f32::NAN; tokens * outputs]);
                linear.run(&x, &mut found[0]).unwrap();
                linear.run_gelu(&x, &mut found[1]).unwrap();
                linear.run_norm(&x, &residual, &norm, &mut found[2]).unwrap();
                if let Some(plain) = &plain {
                    assert!(*plain == found, "{what}: not the bits of plain Rust");
                    continue;
                }
                let wanted = reference(&x, inputs, &part);
                // Each of the two factors is off by half a step of 127 at most.
                let worst = 2.0 * 0.5 / 127.0 * (inputs / groups) as f64;
                for (found, wanted) in found[0].iter().zip(&wanted) {
                    assert!((f64::from(*found) - wanted).abs() <= worst, "{what}: {found}, not {wanted}");
                }
                let off: f64 = found[0].iter().zip(&wanted).map(|(a, b)| (f64::from(*a) - b).powi(2)).sum();
                let size: f64 = wanted.iter().map(|b| b * b).sum();
                assert!(off <= size * 0.015 * 0.015, "{what}: off by {}", (off / size).sqrt());
                plain = Some(found);
            }
        }
    }
}

#[test]
fn extremes_survive_as_bytes() {
    for cpu in Cpu::all() {
        let pack = |weight| {
            Linear::pack(
                cpu,
                Precision::Bytes,
                2,
                &[Part { groups: 1, weights: &[weight, 0.0], bias: &[1.0] }],
            )
        };
        let run = |weight, x| {
            let mut y = [0.0];
            pack(weight).unwrap().run(&[x, 0.0], &mut y).unwrap();
            y[0]
        };
        assert_eq!([run(0.0, 5.0), run(5.0, 0.0), run(2.0, 3.0), run(2.0, -3.0)], [1.0, 1.0, 7.0, -5.0]);
        assert_eq!(run(1e10, 1e-35), 1.0);
        for bad in [f32::NAN, f32::INFINITY] {
            assert!(!run(bad, 1.0).is_finite() && !run(1.0, bad).is_finite(), "{cpu}: {bad} is lost");
        }
    }
}

/// What every query takes of the values, with each score times 0.7.
fn attended(x: &[f32], tokens: usize, heads: usize, width: usize) -> Vec<f64> {
    let channels = heads * width;
    let at = |token: usize, column: usize| f64::from(x[token * 3 * channels + column]);
    let mut wanted = vec![0.0; tokens * channels];
    for head in 0..heads {
        for query in 0..tokens {
            let shares: Vec<f64> = (0..tokens)
                .map(|key| {
                    let dot: f64 = (head * width..(head + 1) * width)
                        .map(|column| at(query, column) * at(key, channels + column))
                        .sum();
                    (dot * 0.7).exp()
                })
                .collect();
            let sum: f64 = shares.iter().sum();
            for column in head * width..(head + 1) * width {
                wanted[query * channels + column] =
                    (0..tokens).map(|key| shares[key] / sum * at(key, 2 * channels + column)).sum();
            }
        }
    }
    wanted
}

/// Heads and their width: the model's own, and some that leave tails everywhere.
const HEADS: &[(usize, usize)] =
    if cfg!(miri) { &[(2, 17)] } else { &[(12, 32), (2, 64), (1, 1), (3, 20), (2, 100)] };

#[test]
fn attention_is_the_formula() {
    let mut numbers = Numbers(4);
    for cpu in Cpu::all() {
        for &(heads, width) in HEADS {
            let attention = Attention { cpu, precision: Precision::Single, heads, width, scale: 0.7 };
            let channels = attention.channels();
            for tokens in tokens(channels > 200) {
                let x: Vec<f32> = numbers.take(tokens * 3 * channels);
                let mut y = vec![f32::NAN; tokens * channels];
                attention.run(&x, &mut y).unwrap();
                let wanted = attended(&x, tokens, heads, width);
                close(&y, &wanted, &format!("{cpu} {heads} heads of {width}, {tokens} tokens"));
            }
        }
    }
}

#[test]
fn attention_in_bytes_is_the_same_on_every_cpu_and_close_to_the_formula() {
    let mut numbers = Numbers(8);
    for &(heads, width) in HEADS {
        // From 48 on it is in bytes.
        for &tokens in if cfg!(miri) { &[50][..] } else { &[47, 48, 49, 64, 77, 128, 130] } {
            let x: Vec<f32> = numbers.take(tokens * 3 * heads * width);
            let mut plain: Option<Vec<f32>> = None;
            for cpu in Cpu::all() {
                let attention = Attention { cpu, precision: Precision::Bytes, heads, width, scale: 0.7 };
                let what = format!("{cpu} {heads} heads of {width}, {tokens} tokens");
                let mut y = vec![f32::NAN; tokens * heads * width];
                attention.run(&x, &mut y).unwrap();
                if let Some(plain) = plain.as_ref().filter(|_| tokens >= 48) {
                    assert!(*plain == y, "{what}: not the bits of plain Rust");
                    continue;
                }
                let wanted = attended(&x, tokens, heads, width);
                let off: f64 = y.iter().zip(&wanted).map(|(a, b)| (f64::from(*a) - b).powi(2)).sum();
                let size: f64 = wanted.iter().map(|b| b * b).sum();
                assert!(off <= size * 0.04 * 0.04, "{what}: off by {}", (off / size).sqrt());
                plain = Some(y);
            }
        }
    }
}

#[test]
fn words_are_the_formula() {
    let mut numbers = Numbers(7);
    for &width in if cfg!(miri) { &[33][..] } else { &[384, 768, 5, 1] } {
        let places = numbers.take(130 * width);
        let norm = Norm { weight: numbers.take(width), bias: numbers.take(width), epsilon: 1e-2 };
        let bytes: Vec<u8> = (0..50 * width).map(|_| (numbers.next() * 127.9) as i8 as u8).collect();
        let scales: Vec<f32> = (0..50).map(|_| numbers.next().abs()).collect();
        let single: Vec<f32> =
            bytes.iter().enumerate().map(|(at, &byte)| f32::from(byte as i8) * scales[at / width]).collect();
        for tokens in [0, 1, 7, 130] {
            let ids: Vec<i64> = (0..tokens).map(|at| at * 37 % 50).collect();
            let mut wanted = Vec::new();
            for (place, &id) in ids.iter().enumerate() {
                let mut row: Vec<f64> = (0..width)
                    .map(|at| {
                        f64::from(single[id as usize * width + at]) + f64::from(places[place * width + at])
                    })
                    .collect();
                normalise(&mut row, &norm);
                wanted.extend(row);
            }
            for cpu in Cpu::all() {
                for rows in [
                    Rows::Single(single.clone()),
                    Rows::Bytes { bytes: bytes.clone(), scales: scales.clone() },
                    Rows::Stored { table: elsewhere(&bytes, width), scales: scales.clone() },
                ] {
                    let words = Words::new(cpu, rows, places.clone(), norm.clone()).unwrap();
                    let mut y = vec![f32::NAN; ids.len() * width];
                    words.run(&ids, &mut y).unwrap();
                    close(&y, &wanted, &format!("{cpu} {width} wide, {tokens} tokens"));
                }
            }
        }
    }
}

/// A table whose rows are copied out of `bytes`.
fn elsewhere(bytes: &[u8], width: usize) -> Arc<Table> {
    let bytes = bytes.to_vec();
    Arc::new(Table::new(bytes.len() / width, width, move |row, to| {
        to.copy_from_slice(&bytes[row * width..][..width]);
        Ok(())
    }))
}

#[test]
fn a_row_is_read_once_and_one_that_cannot_be_is_an_error() {
    let norm = Norm { weight: vec![1.0; 2], bias: vec![0.0; 2], epsilon: 1.0 };
    let read = Arc::new(AtomicUsize::new(0));
    let table = Table::new(3, 2, {
        let read = read.clone();
        move |row, to| {
            read.fetch_add(1, Ordering::Relaxed);
            to.fill(row as u8);
            if row == 2 { Err(io::ErrorKind::NotFound.into()) } else { Ok(()) }
        }
    });
    let rows = Rows::Stored { table: Arc::new(table), scales: vec![1.0; 3] };
    let words = Words::new(Cpu::best(), rows, vec![0.0; 8], norm).unwrap();
    for _ in 0..2 {
        words.run(&[1, 0, 1], &mut [0.0; 6]).unwrap();
    }
    assert_eq!(read.load(Ordering::Relaxed), 2);
    let fault = words.run(&[1, 2], &mut [0.0; 4]).unwrap_err();
    assert!(fault.to_string().contains("start again"), "{fault}");
}

#[test]
fn words_that_are_not_there_are_refused() {
    let norm = Norm { weight: vec![1.0; 2], bias: vec![0.0; 2], epsilon: 0.0 };
    let table = |rows, places| Words::new(Cpu::best(), rows, places, norm.clone());
    assert!(table(Rows::Single(vec![0.0; 3]), vec![0.0; 4]).is_err());
    assert!(table(Rows::Single(vec![0.0; 4]), vec![0.0; 3]).is_err());
    assert!(table(Rows::Bytes { bytes: vec![0; 4], scales: vec![0.0; 3] }, vec![0.0; 4]).is_err());
    for table_of in [elsewhere(&[0; 4], 2), elsewhere(&[0; 3], 1)] {
        assert!(table(Rows::Stored { table: table_of, scales: vec![0.0; 3] }, vec![0.0; 4]).is_err());
    }
    let none = Norm { weight: vec![], bias: vec![], epsilon: 0.0 };
    assert!(Words::new(Cpu::best(), Rows::Single(vec![]), vec![], none).is_err());
    let words = table(Rows::Single(vec![0.5; 6]), vec![0.0; 4]).unwrap();
    assert!(words.run(&[3], &mut [0.0; 2]).is_err());
    assert!(words.run(&[-1], &mut [0.0; 2]).is_err());
    assert!(words.run(&[0, 1, 2], &mut [0.0; 6]).is_err());
    assert!(words.run(&[0, 1], &mut [0.0; 2]).is_err());
    words.run(&[2, 0], &mut [0.0; 4]).unwrap();
}

#[test]
fn a_row_does_not_depend_on_the_others() {
    let mut numbers = Numbers(5);
    let width = if cfg!(miri) { 20 } else { 96 };
    for cpu in Cpu::all() {
        let weights = numbers.take(width * width);
        let bias = numbers.take(width);
        let linear = Linear::pack(
            cpu,
            Precision::Single,
            width,
            &[Part { groups: 1, weights: &weights, bias: &bias }],
        )
        .unwrap();
        let x = numbers.take(29 * width);
        let mut together = vec![0.0; x.len()];
        linear.run_gelu(&x, &mut together).unwrap();
        for (x, together) in x.chunks(width).zip(together.chunks(width)) {
            let mut alone = vec![0.0; width];
            linear.run_gelu(x, &mut alone).unwrap();
            assert_eq!(alone, together);
        }
    }
}

#[test]
fn what_does_not_fit_is_refused() {
    let cpu = Cpu::best();
    let part =
        |groups, weights, bias| Linear::pack(cpu, Precision::Single, 4, &[Part { groups, weights, bias }]);
    assert!(part(0, &[], &[]).is_err());
    assert!(part(3, &[0.0; 4], &[0.0; 3]).is_err());
    assert!(part(2, &[0.0; 5], &[0.0; 2]).is_err());
    assert!(part(1, &[], &[]).is_err());
    assert!(
        Linear::pack(cpu, Precision::Single, 0, &[Part { groups: 1, weights: &[], bias: &[0.0] }]).is_err()
    );
    let linear = part(2, &[0.0; 4], &[0.0; 2]).unwrap();
    assert!(linear.run(&[0.0; 8], &mut [0.0; 3]).is_err());
    assert!(linear.run(&[0.0; 7], &mut [0.0; 2]).is_err());
    let norm = Norm { weight: vec![1.0], bias: vec![0.0; 2], epsilon: 0.0 };
    assert!(linear.run_norm(&[0.0; 4], &[0.0; 2], &norm, &mut [0.0; 2]).is_err());
    let attention = Attention { cpu, precision: Precision::Single, heads: 0, width: 3, scale: 1.0 };
    assert!(attention.run(&[], &mut []).is_err());
    let attention = Attention { cpu, precision: Precision::Single, heads: 1, width: 3, scale: 1.0 };
    assert!(attention.run(&[0.0; 9], &mut [0.0; 4]).is_err());
    assert!(attention.run(&[0.0; 18], &mut [0.0; 3]).is_err());
    attention.run(&[], &mut []).unwrap();
    linear.run(&[], &mut []).unwrap();
}

#[test]
fn what_is_no_number_stays_no_number() {
    for cpu in Cpu::all() {
        for bad in [f32::NAN, f32::INFINITY] {
            let mut x = vec![0.5; 3 * 3 * 32];
            x[40] = bad;
            let mut y = vec![0.0; 3 * 32];
            Attention { cpu, precision: Precision::Single, heads: 1, width: 32, scale: 1.0 }
                .run(&x, &mut y)
                .unwrap();
            assert!(y.iter().any(|y| !y.is_finite()), "{cpu}: {bad} in a key is lost");
            let linear = Linear::pack(
                cpu,
                Precision::Single,
                32,
                &[Part { groups: 1, weights: &[0.1; 1024], bias: &[0.0; 32] }],
            );
            let mut y = vec![0.0; 9 * 32];
            let norm = Norm { weight: vec![1.0; 32], bias: vec![0.0; 32], epsilon: 1e-5 };
            linear.unwrap().run_norm(&x, &[0.0; 9 * 32], &norm, &mut y).unwrap();
            assert!(y.iter().any(|y| !y.is_finite()), "{cpu}: {bad} in a row is lost");
        }
    }
}
