//! Every address of the site. The URL comes first: ids, filters and pages live in it.

use yew_router::Routable;

/// One page each; query strings (filters, cursor, comparison) are read by the page itself.
#[derive(Clone, Debug, PartialEq, Eq, Routable)]
pub enum Route {
    #[at("/")]
    Desk,
    #[at("/sign-in")]
    SignIn,
    #[at("/forgot")]
    Forgot,
    #[at("/invitation/:token")]
    Invitation { token: String },
    #[at("/reset/:token")]
    Reset { token: String },
    #[at("/shelf")]
    Shelf,
    #[at("/services/:id")]
    Service { id: String },
    #[at("/compare")]
    Compare,
    #[at("/cart")]
    Cart,
    #[at("/orders")]
    Orders,
    #[at("/orders/:id")]
    Order { id: String },
    #[at("/questions")]
    Questions,
    #[at("/questions/:id")]
    Question { id: String },
    #[at("/deliveries")]
    Deliveries,
    #[at("/gifts")]
    Gifts,
    #[at("/dates")]
    Dates,
    #[at("/renewals")]
    Renewals,
    #[at("/choices")]
    Choices,
    #[at("/budget")]
    Budget,
    #[at("/budget/lines/:id")]
    BudgetLine { id: String },
    #[at("/budget-office")]
    BudgetOffice,
    #[at("/imports")]
    Imports,
    #[at("/imports/:id")]
    Import { id: String },
    #[at("/approvals")]
    Approvals,
    #[at("/providers")]
    Providers,
    #[at("/policy")]
    Policy,
    #[at("/decisions")]
    Decisions,
    #[at("/away")]
    Away,
    #[at("/our-orders")]
    Outside,
    #[at("/menu")]
    Menu,
    #[at("/menu/services/:id")]
    MenuService { id: String },
    #[at("/menu/versions/:id")]
    MenuVersions { id: String },
    #[at("/menu/prices")]
    MenuPrices,
    #[at("/menu/list")]
    MenuList,
    #[at("/reviews")]
    Reviews,
    #[at("/reviews/:id")]
    Review { id: String },
    #[at("/unit")]
    Unit,
    #[at("/unit/calendar")]
    UnitDays,
    #[at("/calendar")]
    Calendar,
    #[at("/seller")]
    Seller,
    #[at("/my-schools")]
    MySchools,
    #[at("/my-schools/:id")]
    MySchool { id: String },
    #[at("/audit")]
    Audit,
    #[at("/people")]
    People,
    #[at("/account")]
    Account,
    #[not_found]
    #[at("/404")]
    NotFound,
}

impl Route {
    /// Pages for somebody who is not signed in; all others lead to the door and back.
    pub const fn is_open(&self) -> bool {
        matches!(self, Self::SignIn | Self::Forgot | Self::Invitation { .. } | Self::Reset { .. })
    }

    /// The entry of the navigation that this page belongs to.
    pub fn section(&self) -> Self {
        match self {
            Self::Service { .. } | Self::Compare => Self::Shelf,
            Self::Order { .. } | Self::Gifts | Self::Renewals | Self::Choices => Self::Orders,
            Self::Dates => Self::Calendar,
            Self::Question { .. } => Self::Questions,
            Self::BudgetLine { .. } => Self::Budget,
            Self::Import { .. } => Self::Imports,
            Self::MySchool { .. } => Self::MySchools,
            Self::UnitDays => Self::Unit,
            Self::MenuService { .. } | Self::MenuVersions { .. } | Self::MenuPrices | Self::MenuList => Self::Menu,
            Self::Review { .. } => Self::Reviews,
            Self::Desk
            | Self::SignIn
            | Self::Forgot
            | Self::Invitation { .. }
            | Self::Reset { .. }
            | Self::Shelf
            | Self::Cart
            | Self::Orders
            | Self::Questions
            | Self::Deliveries
            | Self::Budget
            | Self::BudgetOffice
            | Self::Imports
            | Self::Approvals
            | Self::Providers
            | Self::Policy
            | Self::Decisions
            | Self::Away
            | Self::Outside
            | Self::Menu
            | Self::Reviews
            | Self::Unit
            | Self::MySchools
            | Self::Seller
            | Self::Calendar
            | Self::Audit
            | Self::People
            | Self::Account
            | Self::NotFound => self.clone(),
        }
    }
}
