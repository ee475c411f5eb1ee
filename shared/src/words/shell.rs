//! Texts of the frame around every page and of the parts that all pages share.

pub const PRODUCT: &str = "Chalkline";
pub const SKIP: &str = "Skip to the page";
pub const MAIN_NAVIGATION: &str = "Main";
pub const MORE: &str = "More";
pub const BREADCRUMB: &str = "Where you are";

pub const MY_DESK: &str = "My desk";
pub const SELLER: &str = "What sells";
pub const MY_SCHOOLS: &str = "My schools";
pub const SHELF: &str = "Shelf";
pub const ORDERS: &str = "Orders";
pub const QUESTIONS: &str = "Questions";
pub const DELIVERIES: &str = "Deliveries";
pub const BUDGET: &str = "Budget";
pub const BUDGET_OFFICE: &str = "Budget office";
pub const IMPORTS: &str = "Imports";
pub const APPROVALS: &str = "Approvals";
pub const MENU: &str = "Our menu";
pub const REVIEWS: &str = "Menu reviews";
pub const UNIT: &str = "Our board";
pub const TRAIL: &str = "Trail";
pub const PEOPLE: &str = "People";
pub const PROVIDERS: &str = "Providers";
pub const POLICY: &str = "Policy";
pub const DECISIONS: &str = "What may I decide?";
pub const CALENDAR: &str = "Calendar";
pub const CART: &str = "Cart";
pub const COMPARE: &str = "Compare";
pub const OUR_ORDERS: &str = "Our orders";
pub const AWAY: &str = "Away and standing in";
/// Beside the name of somebody who acts for a principal on leave.
pub const ACTING_PRINCIPAL: &str = "Acting principal";
pub const ACCOUNT: &str = "My account";

pub const SEARCH: &str = "Search services and orders";
pub const SEARCH_KEY: &str = "/";
pub const SCHOOL: &str = "School";
pub const ACTING_FOR: &str = "Acting for";
pub const THEME: &str = "Colours";
pub const THEME_AUTO: &str = "As the device";
pub const THEME_LIGHT: &str = "Light";
pub const THEME_DARK: &str = "Dark";
pub const DENSITY: &str = "Tables";
pub const DENSITY_COMFORTABLE: &str = "Comfortable";
pub const DENSITY_COMPACT: &str = "Compact";
pub const SIGN_OUT: &str = "Sign out";
pub const KEYBOARD: &str = "Keyboard";
pub const KEYBOARD_TITLE: &str = "Keys that work everywhere";
/// Key and what it does, for the help that `?` opens.
pub const KEYS: [(&str, &str); 6] = [
    ("/", "Search"),
    ("?", "This help"),
    ("g then d", "My desk"),
    ("↑ ↓", "Move along the rows of a table"),
    ("Enter", "Open the row you are on"),
    ("Esc", "Close what is open"),
];
pub const DEMO: &str = "Fictional demo district";
pub const NO_NOTICES: &str = "Nothing has happened yet. What concerns you will stand here.";
pub const FOOTER: &str = "Every number can be asked why; every refusal says what to do next.";
pub const LICENCES: &str = "Font: Public Sans (OFL). Icons: Lucide (ISC).";

pub const NOT_FOUND_TITLE: &str = "There is no such page";
pub const NOT_FOUND_TEXT: &str =
    "The address may be mistyped, or the page is not yours to see. Your desk shows everything that waits for you.";
pub const NOT_FOUND_HERE: &str = "Nothing stands at this address";
pub const TO_MY_DESK: &str = "Go to my desk";

pub const CLOSE: &str = "Close";
pub const CANCEL: &str = "Cancel";
pub const SAVE: &str = "Save";
pub const UNDO: &str = "Undo";
pub const DISMISS: &str = "Dismiss";
pub const TRY_AGAIN: &str = "Try again";
pub const PRINT: &str = "Print";
pub const COPY_LINK: &str = "Copy link";
pub const LINK_COPIED: &str = "Link copied.";
pub const WHY: &str = "Why?";
pub const OPTIONAL: &str = "optional";
pub const CHOOSE: &str = "Choose…";
pub const WAITING: &str = "Loading…";
pub const WORKING: &str = "Working…";
pub const NO_ROWS: &str = "Nothing here yet.";
pub const NEXT_PAGE: &str = "Next";
pub const FIRST_PAGE: &str = "Back to the start";
pub const ERROR_SUMMARY: &str = "Please look at this first";
pub const DROP_FILE: &str = "Drop a CSV file here, or choose one";
pub const REMOVE: &str = "Remove";
pub const OFFLINE: &str = "The server did not answer. Check the connection; what you typed is still here.";
pub const UNREADABLE: &str = "The answer could not be read. Reload the page; if that does not help, tell your administrator.";
pub const STALE: &str = "This may be out of date: the last refresh failed.";
pub const SIGNED_OUT: &str = "You were signed out. Sign in to go on where you were.";
pub const NOT_RATED: &str = "Not rated yet";
pub const NO_MONEY: &str = "–";

pub const SPENT: &str = "Spent";
pub const HELD: &str = "Held on cards";
pub const ENCUMBERED: &str = "Encumbered";
pub const PRE_ENCUMBERED: &str = "Awaiting approval";
pub const THIS_CART: &str = "This cart";
pub const AVAILABLE: &str = "Available";
pub const AVAILABLE_AFTER: &str = "Available after";
pub const SHORT_BY: &str = "Over the limit by";

pub fn fiscal_year(year: crate::fiscal::FiscalYear) -> String {
    format!("Fiscal year {year}")
}

pub fn page_title(title: &str) -> String {
    if title.is_empty() { PRODUCT.to_owned() } else { format!("{title} · {PRODUCT}") }
}

pub fn person_menu(name: &str) -> String {
    format!("Menu of {name}:")
}

pub fn notices(unread: u32) -> String {
    if unread == 0 { "Notices".to_owned() } else { format!("Notices, {unread} not read") }
}

pub fn reference(request_id: &str) -> String {
    format!("If you ask for help, give this reference: {request_id}")
}

pub fn sort_by(column: &str) -> String {
    format!("Sort by {column}")
}

pub fn remove(what: &str) -> String {
    format!("Remove {what}")
}

pub fn stars(tenths: u32, count: u32) -> String {
    let schools = if count == 1 { "1 rating" } else { "ratings" };
    if count == 1 {
        format!("{}.{} of 5 stars, {schools}", tenths / 10, tenths % 10)
    } else {
        format!("{}.{} of 5 stars, {count} {schools}", tenths / 10, tenths % 10)
    }
}

pub fn stars_choice(stars: u8) -> String {
    if stars == 1 { "1 star".to_owned() } else { format!("{stars} stars") }
}

pub fn done_of(done: u64, total: u64) -> String {
    format!("{done} of {total}")
}

pub fn shown(count: usize) -> String {
    if count == 1 { "1 row".to_owned() } else { format!("{count} rows") }
}

/// What a screen reader hears for a budget line: the whole, then each part that is not zero.
pub fn budget_line(total: &str, parts: &[(&str, String)]) -> String {
    let listed: Vec<String> = parts.iter().map(|(name, money)| format!("{} {money}", name.to_lowercase())).collect();
    format!("Of {total}: {}", listed.join(", "))
}

/// `in 3 days`, `2 hours ago`, `just now`; whole units, largest first.
pub fn relative_time(seconds_from_now: i64) -> String {
    const STEPS: [(i64, &str); 6] =
        [(31_536_000, "year"), (2_592_000, "month"), (604_800, "week"), (86_400, "day"), (3_600, "hour"), (60, "minute")];
    let magnitude = seconds_from_now.abs();
    let Some((size, unit)) = STEPS.into_iter().find(|(size, _)| magnitude >= *size) else {
        return if seconds_from_now > 0 { "in a moment".to_owned() } else { "just now".to_owned() };
    };
    let count = magnitude / size;
    let plural = if count == 1 { "" } else { "s" };
    if seconds_from_now > 0 { format!("in {count} {unit}{plural}") } else { format!("{count} {unit}{plural} ago") }
}

/// `today`, `tomorrow`, `in 12 days`, `3 days ago`.
pub fn relative_day(days_from_today: i32) -> String {
    match days_from_today {
        0 => "today".to_owned(),
        1 => "tomorrow".to_owned(),
        -1 => "yesterday".to_owned(),
        days if days > 0 => format!("in {days} days"),
        days => format!("{} days ago", days.unsigned_abs()),
    }
}
