//! The real browser of the tests and the program that drives it.

use std::path::PathBuf;

use super::packages;
use crate::process::{self, Failure, Outcome};
use crate::steps::Steps;
use crate::workspace::Workspace;

/// Where Chromium and its driver are.
pub struct Browser {
    pub chromium: PathBuf,
    pub driver: PathBuf,
}

pub fn ensure(workspace: &Workspace, steps: &mut Steps) -> Outcome<Browser> {
    let present = look().map(|browser| browser.chromium.display().to_string());
    steps.step("Chromium and its driver", present, || packages::install(workspace, &["chromium", "chromium-driver"]))?;
    look().ok_or_else(|| Failure("chromium and chromedriver are not on the search path, though they should be installed".into()))
}

fn look() -> Option<Browser> {
    let chromium = process::find(&["chromium", "chromium-browser", "google-chrome"], &[])?;
    let driver = process::find(&["chromedriver"], &["/usr/lib/chromium-browser".into()])?;
    Some(Browser { chromium, driver })
}
