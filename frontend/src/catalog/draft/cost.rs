//! What a tier costs its unit, as fields and read back.

use shared::catalog::costing::Costing;
use shared::money::Cents;
use shared::words::catalog as words;

use super::{Reader, Texts, money_text, percent, percent_text};

/// Writes what was kept; without costs the fields stay empty.
pub fn write_cost(texts: &mut Texts, field: &str, cost: Option<&Costing>) {
    let Some(cost) = cost else { return };
    let days = Cents::new(i64::from(cost.staff_hundredths)).to_string();
    texts.set(
        format!("{field}.staff_hundredths"),
        days.trim_start_matches('$').trim_end_matches('0').trim_end_matches('.').replace(',', ""),
    );
    texts.set(format!("{field}.day_rate"), money_text(cost.day_rate));
    texts.set(format!("{field}.materials"), money_text(cost.materials));
    texts.set(format!("{field}.overhead"), percent_text(cost.overhead));
    texts.set(format!("{field}.margin"), percent_text(cost.margin));
}

impl Reader<'_> {
    /// Nothing where no field was touched.
    pub(super) fn cost(&mut self, field: &str) -> Option<Costing> {
        let name = |part: &str| format!("{field}.{part}");
        let parts = ["staff_hundredths", "day_rate", "materials", "overhead", "margin"];
        if parts.iter().all(|part| self.text(&name(part)).is_empty()) {
            return None;
        }
        Some(Costing {
            staff_hundredths: self.needed(&name("staff_hundredths"), words::WRITE_DAYS, hundredths),
            day_rate: self.money(&name("day_rate")),
            materials: self.money(&name("materials")),
            overhead: self.needed(&name("overhead"), words::WRITE_A_PERCENTAGE, percent),
            margin: self.needed(&name("margin"), words::WRITE_A_PERCENTAGE, percent),
        })
    }
}

/// `1.25` days in hundredths.
fn hundredths(text: &str) -> Option<u32> {
    text.parse::<Cents>().ok().and_then(|days| u32::try_from(days.get()).ok())
}
