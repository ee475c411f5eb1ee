//! The demo district's data files, as they are written. Everything in them is invented.

use serde::Deserialize;
use serde::de::DeserializeOwned;
use shared::budget::{FundFamily, FundKind};
use shared::catalog::choice::AddOnCount;
use shared::catalog::{Category, Division, GradeSpan, Tier, UnitOfMeasure};
use shared::identity::Role;

use crate::error::AppError;

/// All files together.
#[derive(Clone, Debug)]
pub struct Data {
    pub district: DistrictData,
    pub units: Vec<UnitData>,
    pub schools: Vec<SchoolData>,
    pub funds: Vec<FundData>,
    pub goals: GoalsData,
    pub history: HistoryData,
    pub around: super::around::AroundData,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DistrictData {
    pub name: String,
    pub zone: String,
    pub mail_domain: String,
    pub password: String,
    pub facts_source: String,
    pub networks: Vec<NetworkData>,
    pub officers: Vec<OfficerData>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NetworkData {
    pub key: String,
    pub name: String,
    pub officer: String,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OfficerData {
    pub name: String,
    pub role: Role,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct UnitData {
    pub key: String,
    pub code: String,
    pub name: String,
    pub division: Division,
    pub head: String,
    pub staff: Vec<String>,
    pub about: String,
    #[serde(default)]
    pub services: Vec<ServiceData>,
    /// Provider, and who signs in for it.
    #[serde(default)]
    pub provider_people: Vec<(String, String)>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ServiceData {
    pub key: String,
    pub title: String,
    pub category: Category,
    pub span: GradeSpan,
    #[serde(default)]
    pub provider: Option<String>,
    pub subjects: Vec<String>,
    pub value: String,
    pub outcome: String,
    pub evidence: String,
    pub needs: String,
    pub function: String,
    #[serde(default = "general_education")]
    pub goal: String,
    pub reply: u8,
    pub start: u16,
    pub cancel_free_days: u16,
    pub late_fee_bp: i64,
    /// Whether what is not used may be handed back until 31 March.
    pub hand_back: bool,
    pub tiers: Vec<TierData>,
}

/// SACS goal of regular education, kindergarten to grade 12.
fn general_education() -> String {
    "1110".to_owned()
}

/// Staff days in hundredths, what a day of staff costs, materials, and running costs as a share.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CostData {
    pub staff_hundredths: u32,
    pub day_rate: String,
    pub materials: String,
    pub overhead_bp: i64,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TierData {
    pub tier: Tier,
    #[serde(rename = "for")]
    pub for_whom: String,
    pub adds: Vec<String>,
    pub gets: Vec<(String, u32, UnitOfMeasure)>,
    pub price: PriceData,
    /// How many times a year each school is guaranteed it.
    #[serde(default)]
    pub guaranteed: Option<u32>,
    #[serde(default)]
    pub capacity: Option<u32>,
    /// What it costs the unit to deliver one.
    #[serde(default)]
    pub cost: Option<CostData>,
    /// Days after the anchor before which it does not begin.
    #[serde(default)]
    pub starts_in: Option<i32>,
    /// Hundredths of a percent less for who orders within so many days after the anchor.
    #[serde(default)]
    pub early: Option<(i64, i32)>,
    /// Years and hundredths of a percent less.
    #[serde(default)]
    pub terms: Vec<(u8, i64)>,
    #[serde(default)]
    pub add_ons: Vec<AddOnData>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AddOnData {
    pub title: String,
    pub count: AddOnCount,
    pub price: PriceData,
}

/// A price in dollars, as people write them.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum PriceData {
    Included,
    Flat(String),
    PerPupil { base: String, each: String, floor: Option<String>, cap: Option<String> },
    Quantity { measure: UnitOfMeasure, default: u32, bands: Vec<(u32, String)> },
    Enrollment(Vec<(u32, String)>),
    PerPost { each: String, floor: Option<String> },
    Share { full_time: String, hundredths: u32 },
    CostPlus { cost: Option<String>, plus_bp: i64 },
    Quote,
    Brokered { price: String, brokerage_bp: i64 },
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SchoolData {
    pub code: String,
    pub name: String,
    pub span: GradeSpan,
    pub network: String,
    pub enrollment: u32,
    /// Shares in hundredths of a percent.
    pub low_income: i64,
    pub english_learners: i64,
    pub posts: u32,
    pub principal: String,
    pub staff: Vec<String>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FundData {
    pub code: String,
    pub title: String,
    pub kind: FundKind,
    pub family: FundFamily,
    pub sacs_fund: String,
    pub intent: String,
    pub given: GivenData,
    /// Absent where the budget office has yet to decide.
    #[serde(default)]
    pub rule: Option<RuleData>,
}

/// How much of a fund a school is given: the sum of what is named here.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct GivenData {
    pub flat: Option<String>,
    pub per_pupil: Option<String>,
    pub per_low_income: Option<String>,
    pub per_english_learner: Option<String>,
    /// The share of low-income students from which a school gets any, in hundredths of a percent.
    pub from_low_income: i64,
    /// Only schools of these spans; all where empty.
    pub spans: Vec<GradeSpan>,
    /// Only these schools; all where empty.
    pub schools: Vec<String>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RuleData {
    #[serde(default)]
    pub only_for: Vec<Category>,
    #[serde(default)]
    pub not_for: Vec<Category>,
    #[serde(default)]
    pub objects: Vec<String>,
    #[serde(default)]
    pub needs_goal: bool,
    #[serde(default)]
    pub needs_council_review: bool,
    pub quote: String,
    pub source: String,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GoalsData {
    pub sets: Vec<GoalSetData>,
    pub not_yet_reviewed: Vec<NotReviewedData>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GoalSetData {
    pub spans: Vec<GradeSpan>,
    pub goals: Vec<GoalData>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GoalData {
    pub title: String,
    pub indicator: String,
    pub categories: Vec<Category>,
    /// Share of each fund's allocation that the plan puts under the goal, in hundredths of a percent.
    pub shares: std::collections::BTreeMap<String, i64>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NotReviewedData {
    pub school: String,
    pub goal: u8,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HistoryData {
    pub orders: Vec<(String, String, Tier, i32, super::history::Story)>,
    pub log_notes: Vec<String>,
    pub disputes: Vec<String>,
    pub returns: Vec<String>,
    pub withdrawals: Vec<String>,
    pub cancellations: Vec<String>,
    pub reversals: Vec<String>,
    pub questions: Vec<(String, String)>,
    pub closings: Vec<(u8, shared::orders::api::Helped, u32, String)>,
}

const SERVICES: [(&str, &str); 11] = [
    ("mathematics", include_str!("../../demo/services/mathematics.json")),
    ("literacy", include_str!("../../demo/services/literacy.json")),
    ("inclusion", include_str!("../../demo/services/inclusion.json")),
    ("growth", include_str!("../../demo/services/growth.json")),
    ("student-support", include_str!("../../demo/services/student-support.json")),
    ("data", include_str!("../../demo/services/data.json")),
    ("technology", include_str!("../../demo/services/technology.json")),
    ("people-office", include_str!("../../demo/services/people-office.json")),
    ("buildings", include_str!("../../demo/services/buildings.json")),
    ("operations", include_str!("../../demo/services/operations.json")),
    ("partnerships", include_str!("../../demo/services/partnerships.json")),
];

/// Reads all files.
///
/// # Errors
/// Internal where a file is not what its type says; the tests read them all.
pub fn read() -> Result<Data, AppError> {
    let mut units: Vec<UnitData> = parse("units.json", include_str!("../../demo/units.json"))?;
    for unit in &mut units {
        let file = SERVICES.iter().find(|(key, _)| *key == unit.key);
        unit.services = file.map_or(Ok(Vec::new()), |(key, text)| parse(key, text))?;
    }
    Ok(Data {
        district: parse("district.json", include_str!("../../demo/district.json"))?,
        units,
        schools: parse("schools.json", include_str!("../../demo/schools.json"))?,
        funds: parse("funds.json", include_str!("../../demo/funds.json"))?,
        goals: parse("goals.json", include_str!("../../demo/goals.json"))?,
        history: parse("history.json", include_str!("../../demo/history.json"))?,
        around: parse("around.json", include_str!("../../demo/around.json"))?,
    })
}

fn parse<T: DeserializeOwned>(name: &str, text: &str) -> Result<T, AppError> {
    serde_json::from_str(text).map_err(|error| AppError::internal(format!("demo file {name}: {error}")))
}
