//! The editor's steps: every edit can be undone; typing in one field is one step.

use std::rc::Rc;

use yew::prelude::*;

use super::draft::Texts;
use super::editor_fields::Edit;

/// The most steps that can be taken back.
const STEPS_LIMIT: usize = 100;

/// What stands in the fields, and what stood there before.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Writing {
    pub texts: Texts,
    past: Vec<Texts>,
    /// The field that the last step typed into.
    field: Option<String>,
}

/// What happens to it.
#[derive(Clone, Debug, PartialEq)]
pub enum Step {
    Do(Edit),
    Undo,
    /// Begins anew from these: what was saved, or what was kept.
    Begin(Texts),
}

impl Writing {
    pub fn new(texts: Texts) -> Self {
        Self { texts, past: Vec::new(), field: None }
    }

    pub fn can_undo(&self) -> bool {
        !self.past.is_empty()
    }

    #[must_use]
    pub fn after(&self, step: Step) -> Self {
        match step {
            Step::Begin(texts) => Self::new(texts),
            Step::Undo => {
                let mut past = self.past.clone();
                let texts = past.pop().unwrap_or_else(|| self.texts.clone());
                Self { texts, past, field: None }
            }
            Step::Do(edit) => {
                let field = if let Edit::Set(name, _) = &edit { Some(name.clone()) } else { None };
                let mut past = self.past.clone();
                if field.is_none() || field != self.field {
                    past.push(self.texts.clone());
                    let over = past.len().saturating_sub(STEPS_LIMIT);
                    past.drain(..over);
                }
                let mut texts = self.texts.clone();
                edit.apply(&mut texts);
                Self { texts, past, field }
            }
        }
    }
}

impl Reducible for Writing {
    type Action = Step;

    fn reduce(self: Rc<Self>, step: Step) -> Rc<Self> {
        Rc::new(self.after(step))
    }
}

#[cfg(test)]
mod tests {
    use super::super::draft::blank;
    use super::*;

    fn set(name: &str, text: &str) -> Step {
        Step::Do(Edit::Set(name.to_owned(), text.to_owned()))
    }

    #[test]
    fn typing_in_one_field_is_one_step_and_every_step_can_be_undone() {
        let begun = Writing::new(blank());
        let typed = begun.after(set("content.title", "C")).after(set("content.title", "Co"));
        let grown = typed.after(Step::Do(Edit::AddTier));
        assert_eq!(grown.texts.count("packages"), 2);
        let back = grown.after(Step::Undo);
        assert_eq!(back.texts, typed.texts);
        assert_eq!(back.after(Step::Undo).texts, begun.texts);
        assert!(!back.after(Step::Undo).can_undo());
    }

    #[test]
    fn a_new_beginning_has_nothing_to_undo() {
        let begun = Writing::new(blank()).after(set("content.title", "C"));
        assert!(begun.can_undo() && !begun.after(Step::Begin(blank())).can_undo());
    }
}
