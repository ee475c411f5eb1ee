//! Texts of what climbs because nobody answered in the promised time.

use crate::catalog::Division;
use crate::orders::climb::{Duty, ToWhom};

/// `Order 1042 of Lincoln Elementary`.
pub fn order_of(number: u32, school: &str) -> String {
    format!("{} of {school}", super::order_title(number))
}

pub fn question_of(school: &str, unit: &str) -> String {
    format!("{school}'s question to {unit}")
}

/// `2 working days`.
fn days(late: u32) -> String {
    match late {
        0 => "today".to_owned(),
        1 => "1 working day ago".to_owned(),
        late => format!("{late} working days ago"),
    }
}

/// Who owns it now: `Helen Okafor, chief of Instruction`.
pub fn climb_owner(to: ToWhom, division: Division, names: &[&str]) -> String {
    let names = names.join(", ");
    let role = match to {
        ToWhom::Owner => return names,
        ToWhom::Chief => format!("chief of {}", division.title()),
        ToWhom::Executive => "executive".to_owned(),
    };
    if names.is_empty() { role } else { format!("{names}, {role}") }
}

/// On the timeline and in the audit record.
pub fn climbed_text(to: ToWhom, duty: Duty, name: &str, late: u32) -> String {
    let what = duty.title();
    match to {
        ToWhom::Owner => format!("{what} was due {}: {name} was reminded", days(late)),
        ToWhom::Chief | ToWhom::Executive => format!("{what} was due {}: it climbed to {name}", days(late)),
    }
}

/// The notice and the mail's subject.
pub fn tell_climbed(to: ToWhom, duty: Duty, title: &str, late: u32) -> String {
    let what = duty.title().to_lowercase();
    match to {
        ToWhom::Owner => format!("{title}: the {what} was due {}; please act", days(late)),
        ToWhom::Chief | ToWhom::Executive => format!("{title}: the {what} was due {} and has climbed to you", days(late)),
    }
}

/// On the desk of whoever it climbed to.
pub const DO_SEE_TO_IT: &str = "See that it is answered";

/// An answer after the promised time still counts, and says so.
pub fn answered_late(late: u32) -> String {
    match late {
        0 => "It came after the promised time, on the same day.".to_owned(),
        1 => "It came 1 working day after the promised time.".to_owned(),
        late => format!("It came {late} working days after the promised time."),
    }
}

/// A detail of the timeline with how late it came, where it did.
pub fn and_late_words(detail: &str, late: &str) -> String {
    [detail, late].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
}

pub const WAITS_SINCE: &str = "Waits since";
pub const WAS_DUE: &str = "was due";
pub const IS_DUE: &str = "due";
