//! What nobody answered in the promised time climbs, by dated policy rows: to its owner, to the chief of the division, to the executives.

use serde::{Deserialize, Serialize};

use crate::catalog::words;

words! {
    /// What somebody owes in time.
    Duty {
        /// The unit its answer to an order.
        Answer = "answer", "Answer to an order";
        Approve = "approve", "Approval";
        /// The unit its answer to a question.
        Question = "question", "Answer to a question";
    }
}

words! {
    /// Whom it reaches.
    ToWhom {
        /// Whoever owes it, as a reminder.
        Owner = "owner", "Owner";
        /// The executive responsible for the unit's division.
        Chief = "chief", "Chief";
        Executive = "executive", "Executive";
    }
}

/// One row of the policy.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct ClimbStep {
    pub level: u8,
    /// Working days after the promised time.
    pub after_days: u32,
    pub to: ToWhom,
}

/// The steps that are reached so many working days after the promised time, and were not taken yet, lowest first.
pub fn to_climb(steps: &[ClimbStep], late_days: u32, taken: u8) -> Vec<ClimbStep> {
    let mut reached: Vec<ClimbStep> = steps.iter().copied().filter(|step| step.after_days <= late_days && step.level > taken).collect();
    reached.sort_by_key(|step| step.level);
    reached
}

#[cfg(test)]
mod tests {
    use super::*;

    const STEPS: [ClimbStep; 3] = [
        ClimbStep { level: 1, after_days: 0, to: ToWhom::Owner },
        ClimbStep { level: 2, after_days: 1, to: ToWhom::Chief },
        ClimbStep { level: 3, after_days: 3, to: ToWhom::Executive },
    ];

    #[test]
    fn it_climbs_a_step_at_a_time_and_each_once() {
        let levels = |late, taken| to_climb(&STEPS, late, taken).iter().map(|step| step.level).collect::<Vec<_>>();
        assert_eq!(levels(0, 0), [1]);
        assert_eq!(levels(0, 1), Vec::<u8>::new());
        assert_eq!(levels(2, 1), [2]);
        assert_eq!(levels(9, 0), [1, 2, 3], "after a long silence of the job none is left out");
        assert_eq!(levels(9, 3), Vec::<u8>::new());
    }
}
