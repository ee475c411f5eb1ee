//! Texts of the screens of identity.

use crate::time::Date;

pub const SIGN_IN: &str = "Sign in";
pub const EMAIL: &str = "E-mail address";
pub const PASSWORD: &str = "Password";
pub const SHOW_PASSWORD: &str = "Show what I type";
pub const FORGOT: &str = "I forgot my password";
pub const FORGOT_TITLE: &str = "Get a new password";
pub const FORGOT_LEAD: &str = "We mail you a link that works once and for one hour.";
pub const SEND_LINK: &str = "Send the link";
pub const LINK_SENT: &str = "If there is an account with this address, the mail is on its way. The link works once and for one hour.";
pub const BACK_TO_SIGN_IN: &str = "Back to sign in";

pub const NEW_PASSWORD: &str = "New password";
pub const NEW_PASSWORD_HINT: &str = "At least 15 characters; three or four unrelated words work well.";
pub const RESET_TITLE: &str = "Choose a new password";
pub const SET_PASSWORD: &str = "Set the password";
pub const PASSWORD_SET: &str = "The new password is set. Sign in with it.";
pub const ASK_NEW_LINK: &str = "Ask for a new link";
pub const WELCOME: &str = "Welcome to Chalkline";
pub const ACCEPT: &str = "Start";
pub const ACCEPTED: &str = "Your account is ready. Sign in with your e-mail address and the password you just chose.";

pub const ACCOUNT_TITLE: &str = "My account";
pub const MY_ROLES: &str = "What I am here";
pub const MY_ROLES_NOTE: &str = "Roles are held for a school, a unit or the district. Your system administrator proposes them.";
pub const MAY_DECIDE: &str = "What may I decide?";
pub const NO_ROLES: &str = "You hold no role yet. Ask your system administrator.";
pub const CHANGE_PASSWORD: &str = "Change my password";
pub const CHANGE_PASSWORD_NOTE: &str = "Your other sessions end when you do.";
pub const OLD_PASSWORD: &str = "Password now";
pub const PASSWORD_CHANGED: &str = "Password changed. Your other sessions were ended.";
pub const SESSIONS: &str = "Where I am signed in";
pub const SESSIONS_NOTE: &str = "If you do not know one of these, sign out everywhere and change your password.";
/// A program that did not say what it is.
pub const SESSION_UNNAMED: &str = "Unnamed program";
pub const SESSION_BROWSER: &str = "Browser";
pub const SESSION_BEGUN: &str = "Signed in";
pub const SESSION_SEEN: &str = "Last seen";
pub const THIS_SESSION: &str = "this one";
pub const SIGN_OUT_EVERYWHERE: &str = "Sign out everywhere";

pub const PEOPLE_TITLE: &str = "People";
pub const PEOPLE_LEAD: &str = "Accounts and the roles they hold. A role that gives power to spend or approve waits for a second person.";
pub const FIND_PERSON: &str = "Find by name, address, role or place";
pub const INVITE: &str = "Invite a person";
pub const INVITE_NOTE: &str = "They get a mail with a link that works once.";
pub const SEND_INVITATION: &str = "Send the invitation";
pub const INVITED: &str = "The invitation is on its way.";
pub const NAME: &str = "Name";
pub const STATE: &str = "Account";
pub const ROLES: &str = "Roles";
pub const ROLE: &str = "Role";
pub const SCOPE: &str = "For";
pub const CHOOSE_ROLE: &str = "Choose the role and what it is for.";
pub const ACTIVE: &str = "active";
pub const CLOSED: &str = "closed";
pub const NOT_ACCEPTED: &str = "invitation not accepted";
pub const WAITS_FOR_SECOND: &str = "waits for a second person";
pub const ADD_ROLE: &str = "Propose a role";
pub const PROPOSE: &str = "Propose";
pub const ROLE_PROPOSED: &str = "Proposed. A role that gives power waits until a second person confirms it.";
pub const CONFIRM: &str = "Confirm";
pub const CONFIRMED: &str = "Confirmed.";
pub const REVOKE: &str = "End";
pub const REVOKED: &str = "The role was ended.";
pub const CLOSE_ACCOUNT: &str = "Close the account";
pub const REOPEN_ACCOUNT: &str = "Open the account again";
pub const ACCOUNT_CLOSED: &str = "The account is closed and its sessions are ended.";
pub const ACCOUNT_OPENED: &str = "The account is open again.";
pub const WAITING_TITLE: &str = "Roles that wait for a second person";
pub const NOBODY_FOUND: &str = "Nobody matches. Try part of the name or the address.";
pub const DISTRICT: &str = "The district";

pub fn invitation_for(name: &str, district: &str) -> String {
    format!("{name}, {district} invites you. Choose a password to start.")
}

pub fn proposed_by(name: &str) -> String {
    format!("proposed by {name}")
}

pub fn role_for(role: &str, scope: &str) -> String {
    format!("{role}, {scope}")
}

pub fn invited_as(name: &str, role: &str) -> String {
    format!("invited {name} as {role}")
}

pub fn end_role(role: &str, scope: &str) -> String {
    format!("End the role {role}, {scope}")
}

pub fn people_shown(shown: usize, all: usize) -> String {
    if shown == all { format!("{all} people") } else { format!("{shown} of {all} people") }
}

pub fn mail_invitation_subject(district: &str) -> String {
    format!("Your account with {district}'s services for schools")
}

pub fn mail_invitation(name: &str, district: &str, link: &str) -> String {
    format!(
        "Hello {name},\n\n{district} invites you to Chalkline, where schools buy the central office's services.\n\
         Choose a password here; the link works once, within seven days:\n\n{link}\n\n\
         If you did not expect this, do nothing.\n"
    )
}

pub fn mail_reset_subject() -> String {
    "A new password for Chalkline".to_owned()
}

pub fn mail_reset(name: &str, link: &str) -> String {
    format!(
        "Hello {name},\n\nsomebody asked for a new password for your account. If it was you, choose one here; the link works once,\n\
         within one hour:\n\n{link}\n\nIf it was not you, do nothing: your password stays as it is.\n"
    )
}

// Chiefs.
pub const CHIEFS_TITLE: &str = "Chiefs of divisions";
pub const CHIEFS_NOTE: &str = "What a unit does not answer in the promised time climbs to the chief of its division, then to all executives.";
pub const NO_CHIEF: &str = "All executives";
pub const SINCE: &str = "since";
pub const CHIEF_NAMED: &str = "Named. What is overdue climbs there from now on.";
pub const CHIEF_IS_EXECUTIVE: &str = "A chief is an executive of the district. Choose another person, or propose the role first.";

pub fn chief_of(division: &str) -> String {
    format!("Chief of {division}")
}

pub fn chief_summary(name: &str, division: &str) -> String {
    format!("{name} is the chief of {division} from today on")
}

// Absence.
pub const AWAY_BACKWARDS: &str = "The last day is before the first. Choose it again.";
pub const AWAY_PASSED: &str = "Those days have passed. Choose a last day from today on.";
pub const AWAY_FAR: &str = "That is more than a year ahead. Set it when it is nearer.";
pub const AWAY_TWICE: &str = "You have set an absence in these days already. End it first, or choose other days.";
pub const DEPUTY_AWAY: &str = "They are away in these days too. Choose somebody else, or other days.";
pub const DEPUTY_OTHER: &str =
    "A deputy works in the same unit, or holds the same role at the same school or office. Choose another person.";
pub const AWAY_ENDED: &str = "Ended. You act for yourself again.";
pub const DAY_MISSING: &str = "Choose the day.";
pub const AWAY_NOW: &str = "now";

pub fn away_too_long(days: i32, most: i32) -> String {
    format!("That is {days} days; a deputy acts for at most {most}. For longer leave ask for an acting appointment.")
}

/// `20 Nov 2026 to 3 Dec 2026`.
pub fn away_span(first: Date, last: Date) -> String {
    if first == last { first.to_words() } else { format!("{} to {}", first.to_words(), last.to_words()) }
}

pub fn away_summary(first: Date, last: Date, deputy: &str) -> String {
    format!("Away {}; {deputy} acts meanwhile", away_span(first, last))
}

pub fn away_end_summary(first: Date, last: Date, deputy: &str) -> String {
    format!("Ended the absence of {}; {deputy} no longer acts", away_span(first, last))
}

pub fn candidate(name: &str, role: &str) -> String {
    format!("{name} · {role}")
}

pub fn mail_deputy_subject(absent: &str) -> String {
    format!("You stand in for {absent}")
}

pub fn mail_deputy(deputy: &str, absent: &str, span: &str, note: &str, link: &str) -> String {
    let note = if note.is_empty() { String::new() } else { format!("\n{absent} writes: {note}\n") };
    format!(
        "Hello {deputy},\n\n{absent} is away {span} and named you as deputy. Until then what waits for {absent} also stands on your desk.\n\
         Both names are kept with everything you do.\n{note}\nYour desk:\n{link}\n"
    )
}

pub fn mail_deputy_end_subject(absent: &str) -> String {
    format!("You no longer stand in for {absent}")
}

pub fn mail_deputy_end(deputy: &str, absent: &str) -> String {
    format!("Hello {deputy},\n\n{absent} is back and acts again. Thank you.\n")
}

// Acting appointments.
pub const ACTING_TITLE: &str = "Acting principals";
pub const ACTING_NOTE: &str =
    "While a principal is on leave somebody else holds the school's principal permissions. Two people appoint, neither of them one of the two; both names stand with everything that is done, and it ends by itself.";
pub const ACTING_NONE: &str = "No principal is on leave. Appoint somebody before a leave begins, so that the school can buy.";
pub const ACTING_SEAT: &str = "Principal on leave";
pub const ACTING_DEPUTY: &str = "Who acts";
pub const CHOOSE_SEAT: &str = "Choose a principal";
pub const CHOOSE_WHO_ACTS: &str = "Choose who acts";
pub const ACTING_FIRST: &str = "First day of the leave";
pub const ACTING_LAST: &str = "Last day of the leave";
pub const ACTING_REASON: &str = "Reason";
pub const APPOINT: &str = "Propose the appointment";
pub const ACTING_WAITS: &str = "Proposed. It holds once a second person has confirmed it.";
pub const ACTING_CONFIRMED: &str = "Confirmed. Both were told by mail.";
pub const ACTING_ENDED: &str = "Ended. The permissions are gone at once.";
pub const ACTING_NOT_PRINCIPAL: &str = "They do not hold the role of principal at this school. Choose another person.";
pub const ACTING_CANNOT: &str =
    "This person cannot act as a principal: who sets budgets, keeps cards or accounts, or audits does not buy. Choose another person.";
pub const ACTING_NOT_OURSELVES: &str = "Nobody appoints themselves, or whoever acts for them. Ask a colleague to propose it.";
pub const ACTING_TWICE: &str = "There is an appointment for this principal in these days already. End it first, or choose other days.";
pub const ACTING_BUSY: &str = "They act for another principal in these days. Choose another person, or other days.";
pub const ACTING_CHANGED: &str = "Something changed since it was proposed. End it and propose it again.";

pub fn acting_too_long(days: i32, most: i32) -> String {
    format!("That is {days} days; an appointment lasts at most {most}. For longer propose the role of principal.")
}

pub fn acting_summary(summary: &str, absent: &str) -> String {
    format!("{summary} (acting for {absent})")
}

pub fn acting_for(deputy: &str, absent: &str) -> String {
    format!("{deputy}, acting for {absent}")
}

pub fn acts_at(deputy: &str, absent: &str, school: &str) -> String {
    format!("{deputy} acts for {absent}, {school}")
}

/// `Acting principal, Lincoln Elementary, for Ana Whitfield until 3 Dec 2026`.
pub fn acting_row(one: &crate::identity::acting::ActingSeat) -> String {
    format!("Acting principal, {}, for {} until {}", one.school.name, one.person.name, one.last.to_words())
}

pub fn acting_proposed(school: &str, absent: &str, span: &str) -> String {
    format!("proposed as acting principal of {school} for {absent}, {span}")
}

pub fn acting_confirmed_summary(school: &str, absent: &str, span: &str) -> String {
    format!("confirmed as acting principal of {school} for {absent}, {span}")
}

pub fn acting_ended_summary(school: &str, absent: &str) -> String {
    format!("no longer acting principal of {school} for {absent}")
}

pub fn mail_acting_wait_subject(school: &str) -> String {
    format!("An acting appointment for {school} waits for you")
}

pub fn mail_acting_wait(name: &str, by: &str, what: &str, link: &str) -> String {
    format!("Hello {name},\n\n{by} proposes an acting appointment: {what}.\nIt holds once a second person has confirmed it:\n{link}\n")
}

pub fn mail_acting_subject(school: &str) -> String {
    format!("Acting principal of {school}")
}

pub fn mail_acting(name: &str, what: &str, span: &str, link: &str) -> String {
    format!(
        "Hello {name},\n\n{what}, {span}.\nBoth names are kept with everything that is done, what one of you bought the other neither receives nor \
         approves, and it ends by itself.\n\nYour desk:\n{link}\n"
    )
}

pub fn mail_acting_end(name: &str, what: &str) -> String {
    format!("Hello {name},\n\nthis has ended: {what}.\n")
}

pub const ROLE_FOR_OTHER_KIND: &str = "This role is held for something else. Choose what it is for again.";
pub const SCOPE_UNKNOWN: &str = "There is no such school, unit or network. Choose another.";
pub const ROLE_STANDS_ALONE: &str = "These two roles never go together. End the other role first, or choose another person.";
pub const ROLE_HELD_ALREADY: &str = "This role is held or proposed already.";
pub const ADDRESS_TAKEN: &str = "There is an account with this address. Look for it in the list.";
pub const OLD_PASSWORD_WRONG: &str = "This is not your password. Type it again.";

pub const REPORTS_TO: &str = "Reports to";
pub const NO_MANAGER: &str = "Nobody here";
pub const MANAGER_WAITS: &str = "Proposed. It holds once a second person has confirmed it.";
pub const MANAGER_UNKNOWN: &str = "There is no open account of this person. Choose another.";
pub const MANAGER_CIRCLE: &str = "This person is below the other one already. Nobody can be above themselves.";

pub fn manager_waits(manager: Option<&str>, by: &str) -> String {
    format!("{by} proposes: reports to {}", manager.unwrap_or("nobody"))
}

pub fn manager_proposed(manager: Option<&str>) -> String {
    format!("proposed that they report to {}", manager.unwrap_or("nobody"))
}

pub fn manager_confirmed(manager: Option<&str>) -> String {
    format!("confirmed that they report to {}", manager.unwrap_or("nobody"))
}
