//! Units, their services, and packages: the tiers that schools buy.

pub mod api;
pub mod checklist;
pub mod choice;
pub mod costing;
pub mod edition;
pub mod input;
pub mod interest;
pub mod price;
pub mod provider;
pub mod pricelist;
pub mod search;
pub mod starts;

pub use edition::MenuState;
use serde::{Deserialize, Serialize};

use crate::money::{BasisPoints, Cents};
use crate::time::Date;

macro_rules! words {
    ($(#[$doc:meta])* $type:ident { $($(#[$variant_doc:meta])* $name:ident = $wire:literal, $title:literal;)* }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
        #[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
        #[serde(rename_all = "snake_case")]
        pub enum $type { $($(#[$variant_doc])* $name,)* }

        $crate::names::read_by_name!($type, [$($wire),*]);

        impl $type {
            pub const ALL: &'static [Self] = &[$(Self::$name),*];
            pub const fn name(self) -> &'static str { match self { $(Self::$name => $wire),* } }
            pub const fn title(self) -> &'static str { match self { $(Self::$name => $title),* } }
            pub fn parse(name: &str) -> Option<Self> { match name { $($wire => Some(Self::$name),)* _ => None } }
        }
    };
}

pub(crate) use words;

words! {
    /// Which side of the central office a unit belongs to.
    Division {
        Instruction = "instruction", "Instruction";
        Operations = "operations", "Operations";
        Brokered = "brokered", "Brokered";
    }
}

words! {
    /// What kind of help a service is; fund rules go by it.
    Category {
        Coaching = "coaching", "Coaching";
        ProfessionalLearning = "professional_learning", "Professional learning";
        Assessment = "assessment", "Assessment and data";
        Curriculum = "curriculum", "Curriculum and materials";
        EnglishLearners = "english_learners", "English learners";
        SpecialEducation = "special_education", "Special education";
        FamilyEngagement = "family_engagement", "Family and community";
        StudentSupport = "student_support", "Student support and climate";
        ExpandedLearning = "expanded_learning", "Expanded learning";
        NewTeachers = "new_teachers", "New-teacher support";
        Leadership = "leadership", "Leadership";
        Technology = "technology", "Technology";
        HumanResources = "human_resources", "Human resources";
        Finance = "finance", "Finance and office";
        Facilities = "facilities", "Facilities and grounds";
        Nutrition = "nutrition", "Nutrition";
        Safety = "safety", "Safety";
        Transport = "transport", "Transport";
    }
}

words! {
    /// Grades a school or service covers.
    GradeSpan {
        EarlyChildhood = "early_childhood", "Early childhood";
        Elementary = "elementary", "Grades K–5";
        KEight = "k_eight", "Grades K–8";
        Middle = "middle", "Grades 6–8";
        High = "high", "Grades 9–12";
        SixTwelve = "six_twelve", "Grades 6–12";
        All = "all", "All grades";
    }
}

words! {
    /// The rung of a service. Names on screen are editable by the unit; the order is not.
    Tier {
        Core = "core", "Core";
        Essential = "essential", "Essential";
        Plus = "plus", "Plus";
        Intensive = "intensive", "Intensive";
    }
}

words! {
    /// What is counted when something is delivered.
    UnitOfMeasure {
        CoachingDay = "coaching_day", "coaching day";
        Day = "day", "day";
        HalfDay = "half_day", "half day";
        /// One day of each week, for a school year.
        WeeklyDay = "weekly_day", "weekly day";
        /// One student for one day.
        StudentDay = "student_day", "student day";
        Session = "session", "session";
        Event = "event", "event";
        Visit = "visit", "visit";
        Hour = "hour", "hour";
        Seat = "seat", "seat";
        Item = "item", "item";
        Month = "month", "month";
        Milestone = "milestone", "milestone";
        Year = "year", "year";
    }
}

/// What a school gets: so many of something.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Deliverable {
    pub title: String,
    /// Whole units per package; with quantity bands, per ordered quantity of one.
    pub quantity: u32,
    pub measure: UnitOfMeasure,
}

/// How a package's price comes about. Every price shows its working.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case", tag = "model")]
pub enum PriceModel {
    /// Free and guaranteed.
    Included,
    Flat {
        price: Cents,
    },
    /// A base, plus so much for each student, never below the floor nor above the cap.
    PerPupil {
        base: Cents,
        each: Cents,
        floor: Option<Cents>,
        cap: Option<Cents>,
    },
    /// One price per unit by how many are bought; the band of the whole quantity counts for all of it.
    QuantityBands {
        measure: UnitOfMeasure,
        default_quantity: u32,
        bands: Vec<QuantityBand>,
    },
    /// One price by the school's enrollment.
    EnrollmentBands {
        bands: Vec<EnrollmentBand>,
        /// The largest school that the last band covers; beyond it the unit is asked.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        up_to: Option<u32>,
    },
    /// So much for each post that the school has, never below the floor nor above the cap.
    PerPost {
        each: Cents,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        floor: Option<Cents>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        cap: Option<Cents>,
    },
    /// A share of a position, counted in hundredths: 40 is 0.4 of one.
    PostShare {
        full_time: Cents,
        usual_hundredths: u32,
    },
    /// An outside provider's price, plus brokerage.
    Brokered {
        provider_price: Cents,
        brokerage: BasisPoints,
    },
    /// What it costs the unit, plus a share; without a cost the unit is asked for one.
    CostPlus {
        #[serde(default, skip_serializing_if = "Option::is_none")]
        cost: Option<Cents>,
        plus: BasisPoints,
    },
    /// Fitted to each school: the unit is asked for a quote.
    Quote,
}

/// `from` to the next band's `from`, exclusive.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct QuantityBand {
    pub from: u32,
    pub each: Cents,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct EnrollmentBand {
    pub from: u32,
    pub price: Cents,
}

/// The counts about a school that prices and comparisons use. Counts only; no pupil is ever named.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct SchoolFacts {
    pub enrollment: u32,
    /// Share of students from low-income families.
    pub low_income: BasisPoints,
    /// Share of English learners.
    pub english_learners: BasisPoints,
    /// Teaching posts.
    pub posts: u32,
}

/// What happens when plans change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Terms {
    /// Cancel free until so many days before the start.
    pub cancel_free_days: u16,
    /// Share of the price kept when cancelled later, of what was not yet delivered.
    pub late_cancel_fee: BasisPoints,
    /// Unused units may be handed back until this day.
    pub hand_back_until: Option<Date>,
}

/// What the unit promises.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct ServiceLevel {
    /// Working days until an order is answered.
    pub reply_days: u8,
    /// Working days from acceptance to the start.
    pub start_days: u16,
}
