//! The `secretform` command: parses arguments, calls the library, prints, picks the exit code.
fn main() {}
