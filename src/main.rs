//! The `duizhao` program: parse, run, exit code; nothing else.

mod cli;

use mimalloc::MiMalloc;
use std::process::ExitCode;

/// A tenth faster than the system's, on many short texts.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

fn main() -> ExitCode {
    cli::main()
}
