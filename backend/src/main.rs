//! Starts the program.

use std::process::ExitCode;

#[tokio::main]
async fn main() -> ExitCode {
    match backend::cli::run(std::env::args().skip(1).collect()).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("{failure}");
            ExitCode::FAILURE
        }
    }
}
