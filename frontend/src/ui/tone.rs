//! The four states a thing can be in, plus two quiet ones: a colour class and the icon that goes with it.

use super::icon::IconName;

/// Status is never told by colour alone: each tone brings an icon, and the caller brings the word.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tone {
    #[default]
    Plain,
    Board,
    Good,
    Warn,
    Bad,
    Info,
}

impl Tone {
    pub const fn class(self) -> &'static str {
        match self {
            Self::Plain => "plain",
            Self::Board => "board",
            Self::Good => "good",
            Self::Warn => "warn",
            Self::Bad => "bad",
            Self::Info => "info",
        }
    }

    pub const fn icon(self) -> Option<IconName> {
        match self {
            Self::Plain | Self::Board => None,
            Self::Good => Some(IconName::Check),
            Self::Warn => Some(IconName::TriangleAlert),
            Self::Bad => Some(IconName::X),
            Self::Info => Some(IconName::Info),
        }
    }
}
