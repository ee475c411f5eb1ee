//! Every part of the site rendered on the host: HTML snapshots, and one page of all parts to look at in a browser.

mod rendering;
mod samples;

use rendering::{page_of, render};

macro_rules! snapshots {
    ($($name:ident => $sample:path;)*) => {
        $(
            #[tokio::test]
            async fn $name() {
                insta::assert_snapshot!(render($sample).await);
            }
        )*

        /// Written for the eye: open it in a browser, in both themes and at 390 px.
        #[tokio::test]
        async fn all_parts_fit_on_one_page() {
            let mut parts = String::new();
            $(parts.push_str(&render($sample).await);)*
            let folder = page_of(&parts).await.unwrap_or_else(|error| panic!("the page could not be written: {error}"));
            assert!(folder.join("parts.html").exists());
        }
    };
}

snapshots! {
    a_page_head_names_the_page_once => samples::page_head;
    a_refused_button_says_why => samples::buttons;
    a_chip_shows_its_state_with_icon_and_word => samples::chips;
    a_budget_line_tells_its_parts_and_what_is_left => samples::budget_lines;
    a_table_sorts_totals_and_stacks => samples::tables;
    a_field_ties_hint_and_error_to_its_control => samples::forms;
    facets_and_choices_are_native_inputs => samples::choices;
    facts_stand_in_a_timeline_and_steps => samples::timelines;
    numbers_stand_with_their_working => samples::numbers;
    the_door_asks_for_address_and_password => samples::sign_in;
    a_forgotten_password_is_mailed => samples::forgot;
    a_missing_page_leads_to_the_desk => samples::not_found;
    empty_and_waiting_states_say_what_is_next => samples::waiting;
}
