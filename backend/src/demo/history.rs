//! The story of each order, told in steps: who does what, so many days before the anchor.

use serde::Deserialize;

/// How far an order has come, and how it went.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Story {
    Draft,
    Submitted,
    Returned,
    Withdrawn,
    Approved,
    Countered,
    /// Countered, and the school took the alternative.
    Taken,
    Accepted,
    InDelivery,
    /// In delivery; the last entry waits for its receiver.
    Logged,
    Disputed,
    /// An entry was disputed, taken back and logged anew.
    Retracted,
    /// A confirmed entry was taken back by the budget office.
    Reversed,
    Delivered,
    Closed,
    Cancelled,
}

impl Story {
    /// Whether anything of the order is delivered within the history.
    pub const fn is_delivered(self) -> bool {
        match self {
            Self::InDelivery
            | Self::Logged
            | Self::Disputed
            | Self::Retracted
            | Self::Reversed
            | Self::Delivered
            | Self::Closed
            | Self::Cancelled => true,
            Self::Draft
            | Self::Submitted
            | Self::Returned
            | Self::Withdrawn
            | Self::Approved
            | Self::Countered
            | Self::Taken
            | Self::Accepted => false,
        }
    }
}

/// Something that somebody does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    Add,
    Submit,
    /// Left out where the policy approved already.
    Approve,
    Return,
    Withdraw,
    Accept,
    /// The school asks, the unit answers.
    Ask,
    Counter,
    Take,
    Log(u32),
    Confirm,
    Dispute,
    Retract,
    Reverse,
    Cancel,
    Close,
}

/// A step and how many days before the anchor it happens.
pub type Timed = (i32, Step);

/// So many visits an order is delivered in, at most.
const VISITS: u32 = 4;

/// The steps of an order of `units` that was submitted `days` before the anchor, in order.
pub fn steps(story: Story, days: i32, units: u32) -> Vec<Timed> {
    let mut steps = vec![(days, Step::Add)];
    if story == Story::Draft {
        return steps;
    }
    steps.push((days, Step::Submit));
    if story == Story::Submitted {
        return steps;
    }
    if story == Story::Returned {
        steps.push((days - 1, Step::Return));
        return steps;
    }
    steps.push((days - 1, Step::Approve));
    let answered = days - 2;
    match story {
        Story::Withdrawn => steps.push((answered, Step::Withdraw)),
        Story::Countered => steps.push((answered, Step::Counter)),
        Story::Taken => steps.extend([(answered, Step::Counter), (days - 4, Step::Take)]),
        Story::Draft | Story::Submitted | Story::Returned | Story::Approved => {}
        Story::Accepted => steps.extend([(answered, Step::Accept), (days - 3, Step::Ask)]),
        Story::InDelivery
        | Story::Logged
        | Story::Disputed
        | Story::Retracted
        | Story::Reversed
        | Story::Delivered
        | Story::Closed
        | Story::Cancelled => {
            steps.push((answered, Step::Accept));
            steps.extend(delivered(story, answered, units));
        }
    }
    steps
}

/// Entries from shortly after the answer until shortly before the anchor, each confirmed the day after.
fn delivered(story: Story, answered: i32, units: u32) -> Vec<Timed> {
    let whole = matches!(story, Story::Delivered | Story::Closed);
    // What is still in delivery has had half of its units, or one fewer than all.
    let aim = if whole { units } else { (units / 2).max(1).min(units.saturating_sub(1)).max(1) };
    let visits = aim.min(VISITS);
    let room = (answered - 5).max(1);
    let mut steps = Vec::new();
    for visit in 0..visits {
        let share = aim * (visit + 1) / visits - aim * visit / visits;
        let passed = room * i32::try_from(visit + 1).unwrap_or(1) / i32::try_from(visits).unwrap_or(1);
        let day = (answered - 1 - passed).max(3);
        steps.extend([(day, Step::Log(share)), (day - 1, Step::Confirm)]);
    }
    match story {
        Story::Logged => steps.push((1, Step::Log(1))),
        Story::Disputed => steps.extend([(2, Step::Log(1)), (1, Step::Dispute)]),
        Story::Retracted => {
            steps.extend([(3, Step::Log(1)), (2, Step::Dispute), (2, Step::Retract), (1, Step::Log(1)), (1, Step::Confirm)])
        }
        Story::Reversed => steps.push((1, Step::Reverse)),
        Story::Cancelled => steps.push((2, Step::Cancel)),
        Story::Closed => steps.push((1, Step::Close)),
        Story::InDelivery => steps.push((answered.min(2), Step::Ask)),
        Story::Delivered
        | Story::Draft
        | Story::Submitted
        | Story::Returned
        | Story::Withdrawn
        | Story::Approved
        | Story::Countered
        | Story::Taken
        | Story::Accepted => {}
    }
    steps
}

#[cfg(test)]
mod tests {
    use super::*;

    const STORIES: [Story; 16] = [
        Story::Draft,
        Story::Submitted,
        Story::Returned,
        Story::Withdrawn,
        Story::Approved,
        Story::Countered,
        Story::Taken,
        Story::Accepted,
        Story::InDelivery,
        Story::Logged,
        Story::Disputed,
        Story::Retracted,
        Story::Reversed,
        Story::Delivered,
        Story::Closed,
        Story::Cancelled,
    ];

    #[test]
    fn every_story_runs_forward() {
        for story in STORIES {
            for (days, units) in [(44, 1), (44, 15), (20, 3), (14, 10)] {
                let days: Vec<i32> = steps(story, days, units).into_iter().map(|(day, _)| day).collect();
                assert!(days.windows(2).all(|pair| pair[0] >= pair[1]), "{story:?} {days:?}");
            }
        }
    }

    #[test]
    fn what_is_closed_was_delivered_whole_and_the_rest_is_not() {
        for (story, units) in [(Story::Closed, 15), (Story::Delivered, 1), (Story::Closed, 2), (Story::Logged, 15), (Story::InDelivery, 2)]
        {
            let logged: u32 = steps(story, 40, units).iter().map(|(_, step)| if let Step::Log(share) = step { *share } else { 0 }).sum();
            let whole = matches!(story, Story::Closed | Story::Delivered);
            assert_eq!(logged == units, whole, "{story:?} of {units}: {logged}");
        }
    }
}
