//! What the books mean for a budget line: pure arithmetic, to the cent.

use std::collections::BTreeSet;

use shared::money::Cents;

/// What a line should show of the books.
///
/// Invariant: `allocated - spent - deficit = budget - actual`, and none of the three is below zero.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Target {
    pub allocated: Cents,
    pub spent: Cents,
    /// Overspent in the books; not spendable, stands in the exception register.
    pub deficit: Cents,
}

/// What the books have posted to a line so far.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Posted {
    pub allocated: Cents,
    pub spent: Cents,
}

/// What to post so that a line comes to its target, as far as its free money allows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Moves {
    pub unspend: Cents,
    pub allocate: Cents,
    pub spend: Cents,
    pub cut: Cents,
    /// What could not be taken because it is committed; stands in the exception register.
    pub shortfall: Cents,
}

impl Moves {
    /// What stands posted afterwards.
    pub fn after(self, posted: Posted) -> Posted {
        Posted {
            allocated: posted.allocated.saturating_add(self.allocate).saturating_sub(self.cut),
            spent: posted.spent.saturating_add(self.spend).saturating_sub(self.unspend),
        }
    }
}

fn above_zero(sum: Cents) -> Cents {
    sum.max(Cents::ZERO)
}

/// The target of a line with this signed budget and actual. Negative actuals are credits and add to what the line may spend.
pub fn target(budget: Cents, actual: Cents) -> Target {
    let credit = above_zero(Cents::ZERO.saturating_sub(actual));
    let allocated = above_zero(budget.saturating_add(credit));
    let spent = above_zero(actual).min(allocated);
    let net = budget.saturating_sub(actual);
    Target { allocated, spent, deficit: allocated.saturating_sub(spent).saturating_sub(net) }
}

/// The difference between what is posted and the target. `available` is the line's free money now.
///
/// Never more than is free is taken away: a cut below what is committed leaves a shortfall and breaks nothing.
pub fn moves(target: Target, posted: Posted, available: Cents) -> Moves {
    let more_spent = target.spent.saturating_sub(posted.spent);
    let more_allocated = target.allocated.saturating_sub(posted.allocated);
    let unspend = above_zero(Cents::ZERO.saturating_sub(more_spent));
    let allocate = above_zero(more_allocated);
    let free = above_zero(available).saturating_add(unspend).saturating_add(allocate);
    let (want_spend, want_cut) = (above_zero(more_spent), above_zero(Cents::ZERO.saturating_sub(more_allocated)));
    let spend = want_spend.min(free);
    let cut = want_cut.min(free.saturating_sub(spend));
    let shortfall = want_spend.saturating_sub(spend).saturating_add(want_cut.saturating_sub(cut));
    Moves { unspend, allocate, spend, cut, shortfall }
}

/// A name as people write it: what comes in capitals only gets small letters again.
pub fn display_name(title: &str) -> String {
    if title.chars().any(char::is_lowercase) {
        return title.to_owned();
    }
    let mut begins = true;
    let mut name = String::with_capacity(title.len());
    for letter in title.chars() {
        if begins {
            name.push(letter)
        } else {
            name.extend(letter.to_lowercase())
        }
        begins = !(letter.is_alphanumeric() || letter == '\'' || letter == '’');
    }
    name
}

/// SACS's two digits of a ledger fund: charts that write three digits put a zero behind them.
pub fn sacs_fund(code: &str, all: &BTreeSet<String>) -> String {
    let three_digits = all.iter().any(|other| other.len() >= 3);
    let number: u32 = code.parse().unwrap_or(0);
    format!("{:02}", if three_digits { number / 10 } else { number })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn c(cents: i64) -> Cents {
        Cents::new(cents)
    }

    #[test]
    fn signed_books_balance_to_the_cent() {
        for budget in [-500, -100, 0, 1, 100, 700] {
            for actual in [-600, -150, -50, 0, 99, 100, 101, 900] {
                let t = target(c(budget), c(actual));
                assert_eq!(t.allocated.get() - t.spent.get() - t.deficit.get(), budget - actual, "{budget} {actual}");
                assert!(!t.allocated.is_negative() && !t.spent.is_negative() && !t.deficit.is_negative());
                assert!(t.spent <= t.allocated);
            }
        }
    }

    #[test]
    fn overspent_and_negative_lines_open_with_a_deficit() {
        assert_eq!(target(c(100), c(130)), Target { allocated: c(100), spent: c(100), deficit: c(30) });
        assert_eq!(target(c(-40), c(0)), Target { allocated: c(0), spent: c(0), deficit: c(40) });
        assert_eq!(target(c(100), c(-20)), Target { allocated: c(120), spent: c(0), deficit: c(0) });
    }

    #[test]
    fn the_same_books_again_move_nothing() {
        let t = target(c(1_000), c(300));
        let first = moves(t, Posted::default(), c(0));
        assert_eq!((first.allocate, first.spend, first.shortfall), (c(1_000), c(300), c(0)));
        assert_eq!(moves(t, first.after(Posted::default()), c(700)), Moves::default());
    }

    #[test]
    fn a_cut_below_what_is_committed_leaves_a_shortfall() {
        let posted = Posted { allocated: c(1_000), spent: c(300) };
        // 600 of the remaining 700 are committed by orders.
        let m = moves(target(c(500), c(300)), posted, c(100));
        assert_eq!(m, Moves { cut: c(100), shortfall: c(400), ..Moves::default() });
        // When the orders are cancelled, the next edition takes the rest.
        let later = moves(target(c(500), c(300)), m.after(posted), c(600));
        assert_eq!(later, Moves { cut: c(400), ..Moves::default() });
    }

    #[test]
    fn books_that_take_actuals_back_free_the_money() {
        let m = moves(target(c(1_000), c(100)), Posted { allocated: c(1_000), spent: c(300) }, c(0));
        assert_eq!(m, Moves { unspend: c(200), ..Moves::default() });
    }

    #[test]
    fn names_in_capitals_get_small_letters_back() {
        assert_eq!(display_name("ALLENDALE"), "Allendale");
        assert_eq!(display_name("MARTIN LUTHER KING JR. K-3"), "Martin Luther King Jr. K-3");
        assert_eq!(display_name("St. Paul's"), "St. Paul's");
        assert_eq!(display_name("BISHOP O'DOWD"), "Bishop O'dowd");
    }

    #[test]
    fn three_digit_funds_lose_their_last_zero() {
        let oakland: BTreeSet<String> = ["10", "110", "250"].map(str::to_owned).into();
        assert_eq!(sacs_fund("10", &oakland), "01");
        assert_eq!(sacs_fund("250", &oakland), "25");
        let sacs: BTreeSet<String> = ["01", "11"].map(str::to_owned).into();
        assert_eq!(sacs_fund("01", &sacs), "01");
    }
}
