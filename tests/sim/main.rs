//! Seeded commands, lost and late messages, crashes; an independent auditor looks at what is left.
//!
//! `CHALKLINE_SIM_SEEDS` sets how many seeds run, `CHALKLINE_SIM_SEED` replays one that failed.

#![expect(clippy::expect_used, reason = "a test tells by panicking what it missed")]

mod auditor;
mod chance;
mod district;

use chance::Chance;
use district::District;

/// Commands of one seed.
const STEPS: u32 = 300;
const SEEDS: u64 = 60;
/// The auditor comes by after so many commands, and at the end.
const ROUND: u32 = 7;

fn number(name: &str) -> Option<u64> {
    std::env::var(name).ok().map(|text| text.parse().expect("a number"))
}

fn play(seed: u64) -> District {
    let mut chance = Chance::new(seed);
    let mut district = District::default();
    for step in 0..STEPS {
        let told = district.step(&mut chance);
        if step % ROUND != 0 && step + 1 != STEPS {
            continue;
        }
        let found = auditor::look(&district.books, &district.diary, district.lines());
        assert!(found.is_empty(), "seed {seed}, step {step}, {told}: {found:?}");
    }
    district
}

#[test]
fn no_seed_breaks_a_law_of_the_ledger() {
    let seeds = number("CHALKLINE_SIM_SEED").map_or(0..number("CHALKLINE_SIM_SEEDS").unwrap_or(SEEDS), |seed| seed..seed + 1);
    let mut done = 0;
    for seed in seeds {
        done += play(seed).diary.len();
    }
    assert!(done > 0, "the generator made nothing that the ledger took");
}

#[test]
fn a_seed_tells_the_whole_history() {
    assert_eq!(play(7).books, play(7).books);
}

/// A test that has never failed proves nothing: the auditor must see each kind of wrong.
#[test]
fn the_auditor_sees_planted_wrongs() {
    let wrongs: [fn(&mut District); 4] =
        [District::lose_an_entry, District::enter_twice, District::enter_one_cent_more, District::overspend];
    for (kind, plant) in wrongs.into_iter().enumerate() {
        let mut district = play(3);
        plant(&mut district);
        assert!(!auditor::look(&district.books, &district.diary, district.lines()).is_empty(), "wrong {kind} was not seen");
    }
}
