//! One importer, that after which the program is called, on whatever libFuzzer thinks of.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| sotto_fuzz::read(env!("CARGO_BIN_NAME"), bytes));
