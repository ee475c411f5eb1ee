//! What other slices know that an order needs: the school's money and plan, the package on sale, the district's calendar.

use shared::budget::FundRules;
use shared::budget::api::{BudgetLineView, PlanGoalView};
use shared::budget::fundfit::{FundFit, Means, Purchase, fund_fit};
use shared::catalog::api::{CatalogPackage, CatalogService, CatalogUnit};
use shared::catalog::choice::Choices;
use shared::catalog::edition::SaleDays;
use shared::catalog::price::{Buying, PriceError, PriceLine, Priced, price_of};
use shared::error::ErrorCode;
use shared::fiscal::FiscalYear;
use shared::id::{BudgetLineId, FundId, Id as _, PackageId, PlanGoalId, PolicyId, SchoolId};
use shared::identity::policy::Permission;
use shared::money::Cents;
use shared::orders::SplitPart;
use shared::orders::approval::{ApprovalPolicy, Asked, FundTraits, ProviderKind};
use shared::time::{Date, Timestamp};
use shared::words::orders as words;
use shared::words::orders::renewal as renewal_words;

use crate::app::App;
use crate::budget::service::{self as budget, School};
use crate::calendar::service::{self as calendar, WorkingTime};
use crate::catalog::service::{self as catalog, Broker, ForSale};
use crate::db::Query;
use crate::error::AppError;
use crate::identity::{Actor, District, Target, service as identity};
use crate::orders::store::{self, OrderRow, SplitRow};

/// A school's side of a purchase.
pub struct SchoolSide {
    pub school: School,
    pub year: FiscalYear,
    /// What it can pay with this year.
    pub lines: Vec<BudgetLineView>,
    pub plan: Vec<PlanGoalView>,
    pub district: District,
    /// The school's days and clocks.
    pub time: WorkingTime,
    pub policy: ApprovalPolicy,
    pub today: Date,
}

/// What a school can pay with this year, what its plan names, and which policy holds today.
///
/// # Errors
/// `NotFound` for a school outside the caller's scope for `permission`.
pub async fn school_side(app: &App, ctx: (&Actor, Timestamp), permission: Permission, school: SchoolId) -> Result<SchoolSide, AppError> {
    let ((actor, now), reader) = (ctx, app.db.reader());
    let school = budget::school_facts(&reader, school).await?;
    actor.demand(permission, &Target::School(school.id, school.network))?;
    side_of(&reader, now, school).await
}

/// The same for a use case that let the caller in for another reason than the school.
///
/// # Errors
/// Those of the database.
pub async fn side_of<Q: Query>(query: &Q, now: Timestamp, school: School) -> Result<SchoolSide, AppError> {
    let today = identity::district(query).await?.day_of(now)?;
    side_on(query, school, today).await
}

/// A school's side on a day, whoever looks: also on a day to come.
///
/// # Errors
/// Those of the database.
pub async fn side_on<Q: Query>(query: &Q, school: School, today: Date) -> Result<SchoolSide, AppError> {
    let time = calendar::school_time(query, school.id).await?;
    let district = time.district.clone();
    let year = district.calendar.year_of(today);
    Ok(SchoolSide {
        lines: budget::spendable(query, school.id, year).await?,
        plan: budget::plan(query, school.id, year).await?,
        policy: policy_on(query, today).await?,
        school,
        year,
        today,
        district,
        time,
    })
}

/// The policy that holds on `day`; without one nothing is approved by itself.
///
/// # Errors
/// Those of the database.
pub async fn policy_on<Q: Query>(query: &Q, day: Date) -> Result<ApprovalPolicy, AppError> {
    let found = store::policy(query, day).await?;
    Ok(found.unwrap_or_else(|| ApprovalPolicy::strictest(PolicyId::from_bits(0), day)))
}

/// What the plan puts of a fund under a goal.
#[derive(Clone, Debug)]
pub struct PlanLimit {
    pub goal: PlanGoalId,
    pub fund: FundId,
    pub title: String,
    pub amount: Cents,
}

/// Looks again at what the plan allows. Called once the order's money has moved: who pays from the same line waits for that,
/// so that of two buyers the second sees the first.
///
/// # Errors
/// `NotEnoughMoney` naming the fund; the transaction is given up then.
pub async fn check_plan<Q: Query>(query: &Q, limits: &[PlanLimit]) -> Result<(), AppError> {
    for limit in limits {
        let ordered = store::ordered_under(query, limit.goal, limit.fund).await?;
        if ordered > limit.amount {
            return Err(AppError::saying(ErrorCode::NotEnoughMoney, words::plan_exceeded(&limit.title, limit.amount)));
        }
    }
    Ok(())
}

/// A package on the shelf with its service.
#[derive(Clone)]
pub struct OnSale {
    pub unit: CatalogUnit,
    pub service: CatalogService,
    pub package: CatalogPackage,
    /// The outside provider behind it, as its unit brokers it; absent too where the unit has none of that name.
    pub broker: Option<Broker>,
    /// The days on which its edition is sold.
    pub sale: SaleDays,
}

impl SchoolSide {
    /// Takes what one draft uses off what the next one finds.
    pub fn take(&mut self, split: &[SplitPart], goal: Option<PlanGoalId>) {
        for part in split {
            let Some(line) = self.lines.iter_mut().find(|line| line.id == part.line) else { continue };
            line.money.available = line.money.available.saturating_sub(part.amount);
            let fund = line.fund.id;
            let named = self.plan.iter_mut().filter(|known| Some(known.id) == goal).flat_map(|known| &mut known.lines);
            if let Some(under) = named.into_iter().find(|under| under.fund == fund) {
                under.ordered = under.ordered.saturating_add(part.amount);
            }
        }
    }

    /// Puts back what an order holds already, so that it can be paid anew.
    pub fn free(&mut self, splits: &[SplitRow], goal: Option<PlanGoalId>) {
        for split in splits {
            let Some(line) = self.lines.iter_mut().find(|line| line.id == split.line) else { continue };
            line.money.available = line.money.available.saturating_add(split.open());
            let fund = line.fund.id;
            let named = self.plan.iter_mut().filter(|known| Some(known.id) == goal).flat_map(|known| &mut known.lines);
            if let Some(under) = named.into_iter().find(|under| under.fund == fund) {
                under.ordered = under.ordered.saturating_sub(split.amount);
            }
        }
    }

    /// The plan's authority for shares of funds that pay only under it: looked at again inside the transaction.
    pub fn plan_limits(&self, parts: &[SplitPart], goal: Option<PlanGoalId>) -> Vec<PlanLimit> {
        let limit = |part: &SplitPart| {
            let fund = &self.lines.iter().find(|line| line.id == part.line)?.fund;
            let FundRules::Decided(rule) = &fund.rules else { return None };
            let goal = self.plan.iter().find(|known| Some(known.id) == goal)?;
            let under = goal.lines.iter().filter(|line| line.fund == fund.id);
            let amount = under.map(|line| line.amount).sum();
            (rule.needs_goal || rule.needs_council_review).then(|| PlanLimit {
                goal: goal.id,
                fund: fund.id,
                title: fund.title.clone(),
                amount,
            })
        };
        parts.iter().filter_map(limit).collect()
    }

    /// An order as the approval policy looks at it.
    pub fn asked(&self, found: &OnSale, price: Cents, split: &[SplitPart]) -> Asked {
        let fund = |part: &SplitPart| {
            let fund = &self.lines.iter().find(|line| line.id == part.line)?.fund;
            Some(FundTraits { id: fund.id, kind: fund.kind, family: fund.family })
        };
        let content = &found.service.content;
        Asked {
            price,
            funds: split.iter().filter_map(fund).collect(),
            category: content.category,
            provider: if content.provider.is_some() { ProviderKind::Outside } else { ProviderKind::Unit },
        }
    }

    /// The title of the fund behind one of the school's lines.
    pub fn title_of(&self, line: BudgetLineId) -> Option<String> {
        self.lines.iter().find(|known| known.id == line).map(|known| known.fund.title.clone())
    }

    /// The price of a draft today: what was agreed for a term of years stays, everything else is priced anew.
    pub fn price_of_draft(&self, found: &OnSale, draft: &OrderRow) -> Result<Priced, PriceError> {
        let Some(price) = draft.locked else { return self.price(found, draft.quantity, &draft.choices) };
        let working = renewal_words::locked(draft.term_year, draft.choices.years);
        let line = PriceLine { title: renewal_words::LOCKED_TITLE.to_owned(), working: working.clone(), amount: price };
        Ok(Priced { total: price, working, unit_price: None, lines: vec![line] })
    }

    /// The price for this school today with what was chosen, or why there is none.
    pub fn price(&self, found: &OnSale, quantity: u32, choices: &Choices) -> Result<Priced, PriceError> {
        let buying = Buying { facts: &self.school.facts, day: self.today, quote: None };
        price_of(&found.package.content, quantity, choices, &buying)
    }

    /// Which funds may pay for this order at this price, and the proposed split.
    pub fn fit(&self, found: &OnSale, order: &OrderRow, price: Cents) -> FundFit {
        let (site, calendar) = (self.school.code.as_str(), self.district.calendar);
        let means = Means { site, year: self.year, calendar, lines: &self.lines, plan: &self.plan };
        let purchase = Purchase { content: &found.service.content, price, start: order.start, goal: order.goal };
        fund_fit(&purchase, &means)
    }
}

/// The day an early price goes by: that of the submission, so that a late answer of the unit costs the school nothing.
///
/// # Errors
/// Internal where the district's time zone does not know the time.
pub fn ordered_on(district: &District, order: &OrderRow, now: Timestamp) -> Result<Date, AppError> {
    district.day_of(order.submitted.unwrap_or(now))
}

/// A refusal that says at its field why there is no price; what has no price before a quote says that.
pub fn no_price(error: PriceError) -> AppError {
    let field = match error {
        PriceError::QuoteNeeded | PriceError::CostUnknown { .. } => return AppError::saying(ErrorCode::QuoteNeeded, error.message()),
        PriceError::TermNotOffered { .. } => "choices.years",
        PriceError::AddOnNotOffered => "choices.add_ons",
        PriceError::EnrollmentUnknown
        | PriceError::EnrollmentOutsideBands { .. }
        | PriceError::PostsUnknown
        | PriceError::QuantityOutsideBands { .. }
        | PriceError::QuantityMissing
        | PriceError::QuantityTooLarge
        | PriceError::BelowMinimum { .. }
        | PriceError::OncePerSchool
        | PriceError::TooLarge => "quantity",
    };
    AppError::field(field, error.message())
}

/// The package as it is on sale now, or nothing.
pub async fn on_sale<Q: Query>(query: &Q, package: PackageId) -> Result<Option<OnSale>, AppError> {
    match catalog::for_sale(query, package).await {
        Ok(found) => with_unit(query, found).await.map(Some),
        Err(error) if matches!(error.code(), ErrorCode::NotFound | ErrorCode::PackageNotOnSale) => Ok(None),
        Err(error) => Err(error),
    }
}

/// The package and its service as an order bought them.
pub async fn bought<Q: Query>(query: &Q, order: &OrderRow) -> Result<OnSale, AppError> {
    with_unit(query, catalog::at_version(query, order.package, order.package_version).await?).await
}

async fn with_unit<Q: Query>(query: &Q, found: ForSale) -> Result<OnSale, AppError> {
    let ForSale { service, package, sale, .. } = found;
    let broker = match &service.content.provider {
        Some(name) => catalog::broker(query, service.unit, name, service.menu_year).await?,
        None => None,
    };
    Ok(OnSale { unit: catalog::unit_contact(query, service.unit).await?, service, package, sale, broker })
}
