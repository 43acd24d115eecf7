//! The kernels compute what tract computes, on the real pack.

use std::sync::LazyLock;

use sotto::{Engine, Nlu, Outputs};

use crate::setting::pack;

static TRACT: LazyLock<Nlu> = LazyLock::new(|| Nlu::load_on(&pack(), Engine::Tract).unwrap());

/// Every engine of this machine but tract, by name.
fn engines(names: &[&str]) -> Vec<Nlu> {
    let found: Vec<Engine> = names.iter().filter_map(|name| Engine::named(name)).collect();
    assert!(!found.is_empty());
    found
        .into_iter()
        .map(|engine| {
            let nlu = Nlu::load_on(&pack(), engine).unwrap();
            assert_eq!(nlu.engine(), engine, "the pack's graph is not one that the kernels know");
            nlu
        })
        .collect()
}

/// Token ids that differ from length to length.
fn ids(tokens: usize) -> Vec<u32> {
    let words = TRACT.pack().encoder.vocabulary_size as u32;
    (0..tokens as u32).map(|at| (1000 + at * 7919 + tokens as u32 * 131) % words).collect()
}

fn furthest(a: &Outputs, b: &Outputs) -> f32 {
    [
        (&a.intent, &b.intent),
        (&a.act, &b.act),
        (&a.sentiment, &b.sentiment),
        (&a.entity, &b.entity),
        (&a.embedding, &b.embedding),
    ]
    .into_iter()
    .flat_map(|(a, b)| {
        assert_eq!(a.len(), b.len());
        a.iter().zip(b).map(|(a, b)| (a - b).abs())
    })
    .fold(0.0, f32::max)
}

#[test]
fn exact_kernels_give_what_tract_gives() {
    for nlu in engines(&["scalar", "avx2", "avx512", "neon"]) {
        let mut most = 0f32;
        for tokens in (1..=24).chain([31, 32, 33, 47, 48, 49, 63, 64, 65, 96, 127, 128]) {
            let ids = ids(tokens);
            most = most.max(furthest(&nlu.outputs(&ids).unwrap(), &TRACT.outputs(&ids).unwrap()));
        }
        println!("{}: furthest from tract {most:e}", nlu.engine());
        assert!(most <= 1e-4, "{}: {most:e}", nlu.engine());
    }
}

#[test]
fn kernels_for_bytes_stay_close() {
    let engines =
        engines(&["scalar+int8", "avx2+int8", "avxvnni+int8", "avx512+int8", "neon+int8", "dotprod+int8"]);
    for tokens in [1, 5, 8, 13, 40, 128] {
        let exact = TRACT.outputs(&ids(tokens)).unwrap().embedding;
        for nlu in &engines {
            let found = nlu.outputs(&ids(tokens)).unwrap().embedding;
            let cosine: f32 = found.iter().zip(&exact).map(|(a, b)| a * b).sum();
            assert!(cosine > 0.98, "{}: {cosine} at {tokens} tokens", nlu.engine());
        }
    }
}

#[test]
fn an_engine_has_a_name_or_is_refused() {
    assert_eq!(Engine::named("tract"), Some(Engine::Tract));
    for name in ["", "AVX2", "tract+int8", "avx1024", "+int8"] {
        assert_eq!(Engine::named(name), None, "{name}");
    }
    assert_eq!(Nlu::load(&pack()).unwrap().engine(), Engine::best(true));
}
