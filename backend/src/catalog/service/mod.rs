//! Use cases of the catalog, and what other slices may ask of it.

mod capacity;
mod around;
mod editing;
mod provider_people;
mod providers;
mod memory;
mod offered;
mod edition;
mod lists;
mod next_year;
mod sale;
mod shelf;
mod tell;
mod units;
mod view;

pub use crate::catalog::store::memory::{EmptySearch, Look};
pub use capacity::{Capacity, capacity_of_unit, set_start_limit};
pub use memory::{alike_shelf, count as count_notes, empty_searches, filters, forget_filter, looks, note, save_filter};
pub use offered::{Carried, Offered, OfferedTier, OneCost, offered};
pub use provider_people::{Brokered, brokered, brokered_as, end as end_provider_person, invite as invite_provider_person};
pub use providers::{
    Broker, add_provider, bring_provider, broker, check_paper, draw_contract, give_contract_back, hands_on, paper_warnings, papers_to_check, providers,
    record_paper,
};
pub use sale::{
    Draw, ForSale, at_version, for_sale, free_capacity, give_guaranteed_back, latest, note_rating, release_capacity, reserve_capacity,
    reserve_in_turn, take_guaranteed, take_turn, wait, wait_no_longer, waited_for,
};
pub use editing::{create_service, edit_service, remove_service};
pub use edition::{ask_review, close_menu, edit_unit, publish_menu, send_back, set_sale_days, take_back};
pub use lists::{BroughtIn, bring_list, take_list};
pub use next_year::{change_prices, has_published, start_next_year, successor};
pub use shelf::{catalog, revision, similar_schools};
pub use units::{Brought, NewUnit, Promise, all_units, promise, unit_contact, unit_of_service, upsert_unit};
pub use tell::{Audience, Saying, Tell, Told};
pub use view::{menu, review, reviews, versions};
