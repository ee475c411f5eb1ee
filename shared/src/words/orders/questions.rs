//! Texts of questions, answers and the library.

use crate::id::QuestionId;

/// Path of a question's page.
pub fn question_link(question: QuestionId) -> String {
    format!("/questions/{question}")
}

/// `Question to Mathematics`.
pub fn question_title(unit: &str) -> String {
    format!("Question to {unit}")
}

/// The first words of a text, for a line.
pub fn shortened(text: &str, most: usize) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.chars().count() <= most { line } else { format!("{}…", line.chars().take(most).collect::<String>().trim_end()) }
}

// What is refused.
pub const ANSWER_NEEDS_BUT: &str = "A no needs its “but”: say what they can do instead, or whom to talk to.";
pub const SERVICE_ELSEWHERE: &str = "That service belongs to another unit. Ask from its own page.";
pub const FOLLOWS_ELSEWHERE: &str = "A follow-up goes to the same unit as the question before. Ask anew instead.";

pub fn library_names(name: &str) -> String {
    format!("“{name}” stands in it. Others read this: write it without the names of schools and people.")
}

// The timeline, notices and the audit record.
pub const CLOCK_RESTS: &str = "The clock rests until the answer is there.";
pub const CLOCK_RUNS: &str = "The clock runs on.";
pub const WAS_LATE: &str = "It came after the promised time.";
pub const QUESTION_WITHDRAWN: &str = "Took the question back";
pub const REMOVED_FROM_LIBRARY: &str = "Took the answer out of the library";

pub fn tell_asked(school: &str, service: &str) -> String {
    if service.is_empty() { format!("{school} asks your unit") } else { format!("{school} asks about {service}") }
}

pub fn tell_asked_in_order(number: u32, who: &str) -> String {
    format!("{who} asks about order {number}; please answer")
}

pub fn tell_replied(who: &str, refused: bool) -> String {
    if refused { format!("{who} answered your question: “no, but…”") } else { format!("{who} answered your question") }
}

pub fn and_late(text: &str) -> String {
    format!("{text}, after the promised time")
}

pub fn tell_published(unit: &str) -> String {
    format!("{unit} published the answer to your question, without names, for other schools")
}

pub fn published_summary(title: &str) -> String {
    format!("Published the answer “{title}”")
}

pub const fn rated_answer(useful: bool) -> &'static str {
    if useful { "Could use the answer" } else { "Could not use the answer" }
}

/// Where whoever has to act is away.
pub fn away_and_deputy(absent: &str, last: crate::time::Date, deputy: &str) -> String {
    format!("{absent} is away until {}; {deputy} acts meanwhile", last.to_words())
}

// My desk.
pub const DO_REPLY: &str = "Answer the question";
pub const DO_RATE_ANSWER: &str = "Say whether the answer was of use";

pub fn question_on_desk(text: &str, school: &str, unit: &str) -> String {
    format!("“{}” · {school} · {unit}", shortened(text, 80))
}

pub fn at_rest(action: &str) -> String {
    format!("{action}; the clock rests, the other side owes an answer")
}

// The timeline's filter.
pub const SHOW: &str = "Show";
pub const SHOW_ALL: &str = "Everything";
pub const SHOW_FACTS: &str = "Facts";
pub const SHOW_MESSAGES: &str = "Messages";
pub const NOTHING_SAID: &str = "Nothing of this kind yet.";

// The pages.
pub const QUESTIONS: &str = "Questions";
pub const QUESTIONS_LEAD: &str = "What schools asked units, each with its owner and the time promised.";
pub const FIND_QUESTION: &str = "Words of a question, an answer, a service, school or unit";
pub const ANY_QUESTION: &str = "Any";
pub const NO_QUESTIONS: &str = "No question fits. Ask a unit from the page of one of its services, or change the search.";
pub const NO_QUESTIONS_UNIT: &str = "No school has asked your unit yet. What they ask will stand here and on your desk.";
pub const QUESTION: &str = "Question";
pub const ASKED_BY: &str = "Asked by";
pub const ASKED: &str = "Asked";
pub const ANSWER_DUE: &str = "Promised";
pub const NO_QUESTION: &str = "No such question";
pub const ASK_UNIT: &str = "Ask the unit";
pub const ASK_OTHER: &str = "Ask the other side";
pub const ASK_OTHER_HINT: &str = "If the next step is yours, its clock rests until the answer is there.";
pub const YOUR_QUESTION: &str = "Your question";
pub const ASK: &str = "Ask";
pub const ASKED_TOAST: &str = "Asked. The answer will stand on your desk.";
pub const ANSWER: &str = "Answer";
pub const YOUR_ANSWER: &str = "Your answer";
pub const IT_IS_A_NO: &str = "This is a no, but…";
pub const INSTEAD: &str = "What they can do instead";
pub const SEND_ANSWER: &str = "Send the answer";
pub const ANSWERED_TOAST: &str = "Answered.";
pub const WAS_IT_USEFUL: &str = "Could you use this answer?";
pub const USEFUL: &str = "Yes";
pub const NOT_USEFUL: &str = "No";
pub const THANKS: &str = "Thank you. The unit sees how many answers helped.";
pub const FOLLOW_UP: &str = "Ask a follow-up";
pub const WITHDRAW_QUESTION: &str = "Take it back";
pub const PUBLISH: &str = "Publish for other schools";
pub const PUBLISH_NOTE: &str = "Every school's search finds it, beside the services. Write it in general words, without names.";
pub const LIBRARY_TITLE: &str = "The question in general words";
pub const LIBRARY_TEXT: &str = "The answer";
pub const PUBLISHED: &str = "Published";
pub const PUBLISHED_TOAST: &str = "Published. The shelf's search finds it now.";
pub const UNPUBLISH: &str = "Take it out of the library";
pub const UNPUBLISHED_TOAST: &str = "Taken out. The question keeps its answer.";
pub const ANSWERED_NO: &str = "No, but…";
pub const LATE: &str = "Late";
pub const THREAD: &str = "What was asked before and after";
pub const ANSWERS_FOUND: &str = "Answers of units";
pub const ASKED_BEFORE: &str = "Asked before";
pub const NOTHING_ASKED: &str = "Nobody's answer is published here yet. Ask; a good answer helps the next school too.";
pub const OPEN_QUESTIONS: &str = "Questions";
pub const ASK_TEXT_HINT: &str = "One thing at a time gets the quickest answer. Name no pupil.";

pub fn asks(school: &str, name: &str) -> String {
    format!("{name}, {school}")
}

/// `Rosa Delgado, Mathematics · 3 Nov 2026`.
pub fn library_source(owner: &str, unit: &str) -> String {
    format!("{owner}, {unit}")
}

pub fn owes_answer(owner: &str) -> String {
    format!("{owner} owes the answer")
}

pub fn ask_title(unit: &str) -> String {
    format!("Ask {unit}")
}

pub fn usefulness(useful: bool) -> &'static str {
    if useful { "The asker could use it" } else { "The asker could not use it" }
}

pub const CLOCK_AT_REST: &str = "The clock rests: the other side owes an answer.";

pub fn climbed_to(name: &str) -> String {
    format!("has climbed to {name}")
}
