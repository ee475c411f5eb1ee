//! A service being written: what stands in the editor's fields, read into a draft; no page, no server.
//!
//! Fields have the names that the server's refusals use: `content.title`, `packages.1.content.price.bands.0.each`.
//! A list's length stands under the list's own name.

use std::collections::BTreeMap;
use std::str::FromStr;

use shared::catalog::api::{PackageContent, PackageDraft, ServiceContent, ServiceDraft};
use shared::catalog::choice::AddOnCount;
use shared::catalog::{Category, Deliverable, GradeSpan, ServiceLevel, Terms, Tier, UnitOfMeasure};
use shared::error::FieldError;
use shared::money::{BasisPoints, Cents};
use shared::time::Date;
use shared::words::catalog as words;

use self::cost::write_cost;
use self::price::{write_extras, write_price};

mod cost;
mod price;

/// The names of the price models in the select.
pub const MODELS: [&str; 10] =
    ["included", "flat", "per_pupil", "per_post", "post_share", "quantity_bands", "enrollment_bands", "brokered", "cost_plus", "quote"];
/// Those an add-on may have: known beforehand, and without bands by quantity.
pub const ADD_ON_MODELS: [&str; 4] = ["flat", "per_pupil", "per_post", "enrollment_bands"];

/// What stands in the fields.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Texts(BTreeMap<String, String>);

impl Texts {
    pub const fn of(texts: BTreeMap<String, String>) -> Self {
        Self(texts)
    }

    pub const fn all(&self) -> &BTreeMap<String, String> {
        &self.0
    }

    pub fn get(&self, name: &str) -> &str {
        self.0.get(name).map(String::as_str).unwrap_or_default()
    }

    pub fn set(&mut self, name: impl Into<String>, text: impl Into<String>) {
        self.0.insert(name.into(), text.into());
    }

    /// How many entries a list has.
    pub fn count(&self, list: &str) -> usize {
        self.get(list).parse().unwrap_or(0)
    }

    /// Adds an empty entry at the end of a list.
    pub fn grow(&mut self, list: &str) {
        let count = self.count(list);
        self.set(list, (count + 1).to_string());
    }

    /// Takes one entry out of a list; those after it move up.
    pub fn remove(&mut self, list: &str, at: usize) {
        let count = self.count(list);
        if at >= count {
            return;
        }
        let mut moved = BTreeMap::new();
        for (name, text) in std::mem::take(&mut self.0) {
            match place(&name, list) {
                Some((index, _)) if index == at => {}
                Some((index, rest)) if index > at => {
                    moved.insert(format!("{list}.{}{rest}", index - 1), text);
                }
                Some(_) | None => {
                    moved.insert(name, text);
                }
            }
        }
        self.0 = moved;
        self.set(list, (count - 1).to_string());
    }
}

/// The index and the rest of a name below `list`.
fn place<'a>(name: &'a str, list: &str) -> Option<(usize, &'a str)> {
    let below = name.strip_prefix(list)?.strip_prefix('.')?;
    let end = below.find('.').unwrap_or(below.len());
    Some((below[..end].parse().ok()?, &below[end..]))
}

/// The fields of a draft, as an editor begins with them.
pub fn write(draft: &ServiceDraft) -> Texts {
    let mut texts = Texts::default();
    let content = &draft.content;
    let fields = [
        ("title", content.title.clone()),
        ("category", content.category.name().to_owned()),
        ("span", content.span.name().to_owned()),
        ("subjects", content.subjects.join(", ")),
        ("value_statement", content.value_statement.clone()),
        ("outcome", content.outcome.clone()),
        ("evidence", content.evidence.clone()),
        ("prerequisites", content.prerequisites.clone()),
        ("object", content.object.clone()),
        ("function", content.function.clone()),
        ("goal", content.goal.clone()),
        ("level.reply_days", content.level.reply_days.to_string()),
        ("level.start_days", content.level.start_days.to_string()),
        ("terms.cancel_free_days", content.terms.cancel_free_days.to_string()),
        ("terms.late_cancel_fee", percent_text(content.terms.late_cancel_fee)),
        ("terms.hand_back_until", content.terms.hand_back_until.map(|day| day.to_string()).unwrap_or_default()),
        ("provider", content.provider.clone().unwrap_or_default()),
    ];
    for (name, text) in fields {
        texts.set(format!("content.{name}"), text);
    }
    texts.set("packages", draft.packages.len().to_string());
    for (at, package) in draft.packages.iter().enumerate() {
        texts.set(format!("packages.{at}.id"), package.id.map(|id| id.to_string()).unwrap_or_default());
        write_package(&mut texts, &format!("packages.{at}.content"), &package.content);
        write_cost(&mut texts, &format!("packages.{at}.cost"), package.cost.as_ref());
    }
    texts
}

fn write_package(texts: &mut Texts, field: &str, content: &PackageContent) {
    texts.set(format!("{field}.tier"), content.tier.name());
    texts.set(format!("{field}.name"), content.name.clone());
    texts.set(format!("{field}.for_whom"), content.for_whom.clone());
    texts.set(format!("{field}.adds"), content.adds.join("\n"));
    texts.set(format!("{field}.capacity"), content.capacity.map(|count| count.to_string()).unwrap_or_default());
    texts.set(format!("{field}.starts"), content.starts.map(|day| day.to_string()).unwrap_or_default());
    texts.set(format!("{field}.deliverables"), content.deliverables.len().to_string());
    for (at, item) in content.deliverables.iter().enumerate() {
        texts.set(format!("{field}.deliverables.{at}.title"), item.title.clone());
        texts.set(format!("{field}.deliverables.{at}.quantity"), item.quantity.to_string());
        texts.set(format!("{field}.deliverables.{at}.measure"), item.measure.name());
    }
    write_price(texts, &format!("{field}.price"), &content.price);
    write_extras(texts, &format!("{field}.extras"), &content.extras);
}

/// The draft that the fields say, and what in them cannot be read. What cannot be read counts as nothing, so that the
/// preview follows the writing.
pub fn read(texts: &Texts) -> (ServiceDraft, Vec<FieldError>) {
    let mut reader = Reader { texts, wrong: Vec::new() };
    let content = reader.content();
    let packages = (0..texts.count("packages")).map(|at| {
        let id = texts.get(&format!("packages.{at}.id")).parse().ok();
        let content = reader.package(&format!("packages.{at}.content"));
        PackageDraft { id, content, cost: reader.cost(&format!("packages.{at}.cost")) }
    });
    let packages = packages.collect();
    (ServiceDraft { content, packages }, reader.wrong)
}

struct Reader<'a> {
    texts: &'a Texts,
    wrong: Vec<FieldError>,
}

impl Reader<'_> {
    fn text(&self, name: &str) -> String {
        self.texts.get(name).trim().to_owned()
    }

    fn say(&mut self, name: &str, message: &str) {
        self.wrong.push(FieldError::new(name, message));
    }

    /// A value that publishing needs. A draft may lack it: then it is nothing, and the checklist says so.
    fn needed<T: Default>(&mut self, name: &str, message: &str, read: impl Fn(&str) -> Option<T>) -> T {
        self.optional(name, message, read).unwrap_or_default()
    }

    fn optional<T>(&mut self, name: &str, message: &str, read: impl Fn(&str) -> Option<T>) -> Option<T> {
        let text = self.text(name);
        let value = read(&text);
        if !text.is_empty() && value.is_none() {
            self.say(name, message);
        }
        value
    }

    fn number<T: FromStr + Default>(&mut self, name: &str) -> T {
        self.needed(name, words::WRITE_A_NUMBER, |text| text.parse().ok())
    }

    fn money(&mut self, name: &str) -> Cents {
        self.needed(name, words::WRITE_A_SUM, |text| text.parse().ok())
    }

    fn lines(&self, name: &str, between: char) -> Vec<String> {
        self.texts.get(name).split(between).map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect()
    }

    fn content(&mut self) -> ServiceContent {
        let level =
            ServiceLevel { reply_days: self.number("content.level.reply_days"), start_days: self.number("content.level.start_days") };
        let terms = Terms {
            cancel_free_days: self.number("content.terms.cancel_free_days"),
            late_cancel_fee: self.needed("content.terms.late_cancel_fee", words::WRITE_A_PERCENTAGE, percent),
            hand_back_until: self.optional("content.terms.hand_back_until", words::WRITE_A_DAY, |text| text.parse::<Date>().ok()),
        };
        ServiceContent {
            title: self.text("content.title"),
            category: Category::parse(&self.text("content.category")).unwrap_or(Category::Coaching),
            span: GradeSpan::parse(&self.text("content.span")).unwrap_or(GradeSpan::All),
            subjects: self.lines("content.subjects", ','),
            value_statement: self.text("content.value_statement"),
            outcome: self.text("content.outcome"),
            evidence: self.text("content.evidence"),
            prerequisites: self.text("content.prerequisites"),
            object: self.text("content.object"),
            function: self.text("content.function"),
            goal: self.text("content.goal"),
            level,
            terms,
            provider: Some(self.text("content.provider")).filter(|provider| !provider.is_empty()),
        }
    }

    fn package(&mut self, field: &str) -> PackageContent {
        let deliverables = (0..self.texts.count(&format!("{field}.deliverables"))).map(|at| {
            let field = format!("{field}.deliverables.{at}");
            Deliverable {
                title: self.text(&format!("{field}.title")),
                quantity: self.number(&format!("{field}.quantity")),
                measure: self.measure(&format!("{field}.measure")),
            }
        });
        let deliverables = deliverables.collect();
        PackageContent {
            tier: Tier::parse(&self.text(&format!("{field}.tier"))).unwrap_or(Tier::Essential),
            name: self.text(&format!("{field}.name")),
            for_whom: self.text(&format!("{field}.for_whom")),
            adds: self.lines(&format!("{field}.adds"), '\n'),
            deliverables,
            price: self.price(&format!("{field}.price")),
            capacity: self.optional(&format!("{field}.capacity"), words::WRITE_A_NUMBER, |text| text.parse().ok()),
            starts: self.optional(&format!("{field}.starts"), words::WRITE_A_DAY, |text| text.parse().ok()),
            extras: self.extras(&format!("{field}.extras")),
        }
    }

    fn measure(&self, name: &str) -> UnitOfMeasure {
        UnitOfMeasure::parse(&self.text(name)).unwrap_or(UnitOfMeasure::Session)
    }
}

/// `15` or `7.5`: hundredths of a percent without floats.
fn percent(text: &str) -> Option<BasisPoints> {
    let hundredths = text.trim_end_matches('%').trim().parse::<Cents>().ok()?;
    Some(BasisPoints(hundredths.get()))
}

fn percent_text(share: BasisPoints) -> String {
    share.to_string().trim_end_matches(" %").to_owned()
}

/// `1,234.56`, as it is typed.
fn money_text(sum: Cents) -> String {
    sum.to_string().replacen('$', "", 1)
}

/// A new service, with one tier to begin with.
pub fn blank() -> Texts {
    let mut texts = Texts::default();
    let first = [
        ("content.category", "coaching"),
        ("content.span", "all"),
        ("content.object", "5710"),
        ("content.level.reply_days", "2"),
        ("content.level.start_days", "10"),
        ("content.terms.cancel_free_days", "14"),
        ("content.terms.late_cancel_fee", "20"),
    ];
    for (name, text) in first {
        texts.set(name, text);
    }
    add_tier(&mut texts);
    texts
}

/// One more tier, on the next free rung.
pub fn add_tier(texts: &mut Texts) {
    let at = texts.count("packages");
    let taken: Vec<String> = (0..at).map(|at| texts.get(&format!("packages.{at}.content.tier")).to_owned()).collect();
    let free = Tier::ALL.iter().rev().find(|tier| !taken.iter().any(|name| Tier::parse(name).is_some_and(|known| known >= **tier)));
    let next =
        Tier::ALL.iter().find(|tier| !taken.contains(&tier.name().to_owned()) && taken.iter().all(|name| Tier::parse(name) < Some(**tier)));
    texts.grow("packages");
    let field = format!("packages.{at}.content");
    let rung = next.or(free).map_or("essential", |tier| tier.name());
    texts.set(format!("{field}.tier"), rung);
    let before = |part: &str| at.checked_sub(1).map(|last| texts.get(&format!("packages.{last}.content.{part}")).to_owned()).unwrap_or_default();
    // Only Core is free; what is sold is priced as the tier before, and counted in the same thing.
    let model = match before("price.model") {
        _ if rung == Tier::Core.name() => "included".to_owned(),
        model if model.is_empty() || model == "included" => "flat".to_owned(),
        model => model,
    };
    let measure = Some(before("deliverables.0.measure")).filter(|name| !name.is_empty()).unwrap_or_else(|| UnitOfMeasure::Session.name().to_owned());
    let taken_over = [("price.measure", before("price.measure")), ("deliverables.0.title", before("deliverables.0.title"))];
    texts.set(format!("{field}.price.model"), model);
    texts.grow(&format!("{field}.deliverables"));
    texts.set(format!("{field}.deliverables.0.measure"), measure);
    for (part, text) in taken_over {
        if !text.is_empty() {
            texts.set(format!("{field}.{part}"), text);
        }
    }
}

/// One more tier with all that the one before says, on the next rung and without its name.
pub fn copy_tier(texts: &mut Texts) {
    let Some(last) = texts.count("packages").checked_sub(1) else { return add_tier(texts) };
    add_tier(texts);
    let (from, to) = (format!("packages.{last}."), format!("packages.{}.", last + 1));
    let copied: Vec<(String, String)> =
        texts.all().iter().filter_map(|(name, text)| name.strip_prefix(&from).map(|part| (part.to_owned(), text.clone()))).collect();
    let free = texts.get(&format!("{from}content.price.model")) == "included";
    for (part, text) in copied {
        let own = matches!(part.as_str(), "id" | "content.tier" | "content.name") || (free && part == "content.price.model");
        if !own {
            texts.set(format!("{to}{part}"), text);
        }
    }
    // What is guaranteed is Core's alone.
    texts.set(format!("{to}content.extras.guaranteed"), "");
}

/// One more add-on, charged once at one price.
pub fn add_add_on(texts: &mut Texts, list: &str) {
    let at = texts.count(list);
    texts.grow(list);
    texts.set(format!("{list}.{at}.count"), AddOnCount::Once.name());
    texts.set(format!("{list}.{at}.price.model"), "flat");
}

#[cfg(test)]
mod tests;
