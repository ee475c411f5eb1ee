//! What kind of help a service is, by the words of its name. A guess, which the report says; never a price, never a promise.

use crate::catalog::Category;

/// Words that tell a kind of help; earlier ones win.
const TELLING: [(&str, Category); 40] = [
    ("special education", Category::SpecialEducation),
    ("speech", Category::SpecialEducation),
    ("occupational therapy", Category::SpecialEducation),
    ("physical therapy", Category::SpecialEducation),
    ("audiology", Category::SpecialEducation),
    ("assistive", Category::SpecialEducation),
    ("ed program", Category::SpecialEducation),
    ("psycholog", Category::StudentSupport),
    ("gifted", Category::StudentSupport),
    ("poverty", Category::StudentSupport),
    ("scholarship", Category::StudentSupport),
    ("parent", Category::FamilyEngagement),
    ("family", Category::FamilyEngagement),
    ("english learner", Category::EnglishLearners),
    ("new teacher", Category::NewTeachers),
    ("coaching", Category::Coaching),
    ("governor", Category::Leadership),
    ("leadership", Category::Leadership),
    ("advisory council", Category::Leadership),
    ("fingerprint", Category::Safety),
    ("cpi training", Category::Safety),
    ("safety", Category::Safety),
    ("licensure", Category::HumanResources),
    ("human resources", Category::HumanResources),
    ("personnel", Category::HumanResources),
    ("employee", Category::HumanResources),
    ("payroll", Category::Finance),
    ("financ", Category::Finance),
    ("fiscal", Category::Finance),
    ("grant", Category::Finance),
    ("data", Category::Assessment),
    ("assessment", Category::Assessment),
    ("curriculum", Category::Curriculum),
    ("early years", Category::Curriculum),
    ("bus ", Category::Transport),
    ("transport", Category::Transport),
    ("computer", Category::Technology),
    ("technolog", Category::Technology),
    ("technician", Category::Technology),
    ("meals", Category::Nutrition),
];
const MORE: [(&str, Category); 7] = [
    ("snow", Category::Facilities),
    ("grounds", Category::Facilities),
    ("building", Category::Facilities),
    ("cleaning", Category::Facilities),
    ("training", Category::ProfessionalLearning),
    ("workshop", Category::ProfessionalLearning),
    ("professional development", Category::ProfessionalLearning),
];

/// The kind of help that a name speaks of.
pub fn category(name: &str) -> Option<Category> {
    let plain = name.to_lowercase();
    TELLING.iter().chain(&MORE).find(|(word, _)| plain.contains(word)).map(|(_, category)| *category)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_tells_its_kind_or_nothing() {
        assert_eq!(category("Education Personnel Services"), Some(Category::HumanResources));
        assert_eq!(category("Snow removal"), Some(Category::Facilities));
        assert_eq!(category("Identified services"), None);
    }
}
