//! How a release is linked on Linux, where a third of the time of a small check is the loader's.

#![expect(clippy::disallowed_methods, reason = "cargo says by the environment what is built")]

use std::env;

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=no-unwinding.ld");
    let says = |name: &str| env::var(name).unwrap_or_default();
    let gnu = says("CARGO_CFG_TARGET_OS") == "linux" && says("CARGO_CFG_TARGET_ENV") == "gnu";
    if !gnu || says("PROFILE") != "release" {
        return;
    }
    let script = format!("{}/no-unwinding.ld", says("CARGO_MANIFEST_DIR"));
    println!("cargo::rustc-link-arg-bins=-T{script}");
    if !says("CARGO_CFG_TARGET_FEATURE").split(',').any(|feature| feature == "crt-static") {
        // At a fixed place nothing is relocated: a quarter of a megabyte less to read and to write.
        println!("cargo::rustc-link-arg-bins=-no-pie");
    }
}
