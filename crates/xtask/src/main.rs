//! Chores of the workspace, run as `cargo xtask <chore>`.

#![allow(clippy::disallowed_methods, reason = "chores read files and start programs")]

#[cfg(test)]
mod pages;
#[cfg(test)]
mod tidy;

fn main() {}
