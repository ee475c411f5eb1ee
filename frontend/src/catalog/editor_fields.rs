//! The fields of the menu editor, named as the server's refusals name them.

use std::rc::Rc;

use shared::catalog::api::{PackageContent, ServiceDraft};
use shared::catalog::price;
use shared::catalog::{Category, GradeSpan, PriceModel, Tier, UnitOfMeasure};
use shared::error::FieldError;
use shared::words::catalog as words;
use yew::prelude::*;

use super::draft::{MODELS, Texts, add_add_on, add_tier, copy_tier};
use super::editor_cost::cost;
use super::editor_price::{extras, price as price_fields};
use crate::ui::{Button, ButtonKind, Card, Choice, IconName, Select, TextArea, TextField, TextKind};

/// One step of writing.
#[derive(Clone, Debug, PartialEq)]
pub enum Edit {
    Set(String, String),
    Grow(String),
    Remove(String, usize),
    AddTier,
    /// One more tier with all that the one before says.
    CopyTier,
    /// A new add-on at the end of this list.
    AddOn(String),
}

impl Edit {
    pub fn apply(self, texts: &mut Texts) {
        match self {
            Self::Set(name, text) => {
                texts.set(name.clone(), text);
                begin_bands(texts, &name);
            }
            Self::Grow(list) => texts.grow(&list),
            Self::Remove(list, at) => texts.remove(&list, at),
            Self::AddTier => add_tier(texts),
            Self::CopyTier => copy_tier(texts),
            Self::AddOn(list) => add_add_on(texts, &list),
        }
    }
}

/// A price by bands begins with its first band, from the smallest number on.
fn begin_bands(texts: &mut Texts, changed: &str) {
    let Some(base) = changed.strip_suffix(".model") else { return };
    let list = format!("{base}.bands");
    if matches!(texts.get(changed), "quantity_bands" | "enrollment_bands") && texts.count(&list) == 0 {
        texts.grow(&list);
        texts.set(format!("{list}.0.from"), if texts.get(changed) == "quantity_bands" { "1" } else { "0" });
    }
}

#[derive(Properties, PartialEq)]
pub struct FieldsProps {
    pub texts: Texts,
    /// What the texts say.
    pub draft: Rc<ServiceDraft>,
    pub faults: Vec<FieldError>,
    pub onedit: Callback<Edit>,
}

/// All fields, part by part.
#[component]
pub fn Fields(props: &FieldsProps) -> Html {
    let tiers = 0..props.texts.count("packages");
    html! {
        <>
            <Card title={words::PART_WORDS}><div class="form">{ content_words(props) }</div></Card>
            <Card title={words::PART_PROMISE}><div class="form">{ promise(props) }</div></Card>
            { for tiers.map(|at| tier(props, at)) }
            <div class="row wrap">
                <Button icon={IconName::Plus} onclick={emit(props, Edit::AddTier)}>{ words::ADD_TIER }</Button>
                if props.texts.count("packages") > 0 {
                    <Button icon={IconName::Copy} onclick={emit(props, Edit::CopyTier)}>{ words::COPY_TIER }</Button>
                }
            </div>
            <Card title={words::PART_POSTING} subtitle={words::PART_POSTING_TEXT}><div class="form">{ posting(props) }</div></Card>
        </>
    }
}

pub(super) fn emit(props: &FieldsProps, edit: Edit) -> Callback<MouseEvent> {
    props.onedit.reform(move |_: MouseEvent| edit.clone())
}

/// A field's name, words and what surrounds the control.
#[derive(Clone, Copy)]
pub(super) struct Look {
    label: &'static str,
    hint: Option<&'static str>,
    unit: Option<&'static str>,
    kind: TextKind,
    optional: bool,
}

impl Look {
    pub(super) const fn of(label: &'static str) -> Self {
        Self { label, hint: None, unit: None, kind: TextKind::Text, optional: false }
    }

    pub(super) const fn kind(self, kind: TextKind) -> Self {
        Self { kind, ..self }
    }

    pub(super) const fn hint(self, hint: &'static str) -> Self {
        Self { hint: Some(hint), ..self }
    }

    pub(super) const fn unit(self, unit: &'static str) -> Self {
        Self { unit: Some(unit), ..self }
    }

    pub(super) const fn optional(self) -> Self {
        Self { optional: true, ..self }
    }
}

fn fault(props: &FieldsProps, name: &str) -> Option<AttrValue> {
    // A fault of an entry of a list is shown at the one field that the list is written in.
    let below = format!("{name}.");
    let of_field = |fault: &&FieldError| fault.field == name || fault.field.starts_with(&below);
    props.faults.iter().find(of_field).map(|fault| AttrValue::from(fault.message.clone()))
}

pub(super) fn typing(props: &FieldsProps, name: &str) -> Callback<String> {
    let name = name.to_owned();
    props.onedit.reform(move |text: String| Edit::Set(name.clone(), text))
}

pub(super) fn field(props: &FieldsProps, name: &str, look: Look) -> Html {
    html! {
        <TextField name={name.to_owned()} label={look.label} value={props.texts.get(name).to_owned()} oninput={typing(props, name)}
            error={fault(props, name)} hint={look.hint.map(AttrValue::from)} unit={look.unit.map(AttrValue::from)} kind={look.kind}
            optional={look.optional} maxlength=300 />
    }
}

fn area(props: &FieldsProps, name: &str, look: Look) -> Html {
    html! {
        <TextArea name={name.to_owned()} label={look.label} value={props.texts.get(name).to_owned()} oninput={typing(props, name)}
            error={fault(props, name)} hint={look.hint.map(AttrValue::from)} optional={look.optional} rows=3 />
    }
}

pub(super) fn select(props: &FieldsProps, name: &str, label: &'static str, choices: Vec<Choice>) -> Html {
    html! {
        <Select name={name.to_owned()} {label} value={props.texts.get(name).to_owned()} {choices} onchange={typing(props, name)}
            error={fault(props, name)} />
    }
}

fn content_words(props: &FieldsProps) -> Html {
    let categories = Category::ALL.iter().map(|it| Choice::new(it.name(), it.title())).collect();
    let spans = GradeSpan::ALL.iter().map(|it| Choice::new(it.name(), it.title())).collect();
    html! {
        <>
            { field(props, "content.title", Look::of(words::TITLE)) }
            { field(props, "content.value_statement", Look::of(words::VALUE).hint(words::VALUE_HINT)) }
            <div class="fields-2">
                { select(props, "content.category", words::CATEGORY, categories) }
                { select(props, "content.span", words::SPAN, spans) }
            </div>
            { field(props, "content.subjects", Look::of(words::SUBJECTS).hint(words::SUBJECTS_HINT).optional()) }
            { area(props, "content.outcome", Look::of(words::OUTCOME)) }
            { area(props, "content.evidence", Look::of(words::EVIDENCE).hint(words::EVIDENCE_HINT)) }
            { area(props, "content.prerequisites", Look::of(words::PREREQUISITES).hint(words::PREREQUISITES_HINT)) }
            { field(props, "content.provider", Look::of(words::PROVIDER).hint(words::PROVIDER_HINT).optional()) }
        </>
    }
}

fn promise(props: &FieldsProps) -> Html {
    let days = |label| Look::of(label).kind(TextKind::Number).unit(words::SCHOOL_DAYS);
    html! {
        <div class="fields-2">
            { field(props, "content.level.reply_days", days(words::REPLY_DAYS)) }
            { field(props, "content.level.start_days", days(words::START_DAYS)) }
            { field(props, "content.terms.cancel_free_days", Look::of(words::CANCEL_FREE).kind(TextKind::Number).unit(words::DAYS_BEFORE)) }
            { field(props, "content.terms.late_cancel_fee", Look::of(words::LATE_FEE).kind(TextKind::Number).unit(words::PERCENT)) }
            { field(props, "content.terms.hand_back_until", Look::of(words::HAND_BACK).kind(TextKind::Date).optional()) }
        </div>
    }
}

fn posting(props: &FieldsProps) -> Html {
    let code = |label| Look::of(label).kind(TextKind::Number);
    html! {
        <div class="fields-2">
            { field(props, "content.object", code(words::OBJECT)) }
            { field(props, "content.function", code(words::FUNCTION)) }
            { field(props, "content.goal", code(words::ACCOUNT_GOAL)) }
        </div>
    }
}

fn tier(props: &FieldsProps, at: usize) -> Html {
    let base = format!("packages.{at}.content");
    let name = |part: &str| format!("{base}.{part}");
    let rungs = Tier::ALL.iter().map(|it| Choice::new(it.name(), it.title())).collect();
    let rung = Tier::parse(props.texts.get(&name("tier"))).map(Tier::title).unwrap_or_default();
    let remove = emit(props, Edit::Remove("packages".to_owned(), at));
    let actions = html! {
        <Button kind={ButtonKind::Quiet} compact=true icon={IconName::Trash2} label={words::remove_entry(at + 1)} onclick={remove} />
    };
    html! {
        <Card key={at} title={words::tier_number(at + 1, rung)} {actions}>
            <div class="form">
                <div class="fields-2">
                    { select(props, &name("tier"), words::TIER, rungs) }
                    { field(props, &name("name"), Look::of(words::TIER_NAME).optional()) }
                </div>
                { field(props, &name("for_whom"), Look::of(words::FOR_WHOM)) }
                { area(props, &name("adds"), Look::of(words::ADDS).hint(words::ADDS_HINT)) }
                { deliverables(props, &name("deliverables"), props.draft.packages.get(at).map(|package| &package.content)) }
                { price_fields(props, &name("price"), &MODELS) }
                if props.texts.get(&name("price.model")) == "included" {
                    { field(props, &name("extras.guaranteed"), Look::of(words::GUARANTEED_TIMES).kind(TextKind::Number).hint(words::GUARANTEED_HINT).optional()) }
                }
                { cost(props, &format!("packages.{at}"), props.draft.packages.get(at)) }
                { extras(props, &name("extras")) }
                <div class="fields-2">
                    { field(props, &name("capacity"), Look::of(words::CAPACITY).kind(TextKind::Number).optional()) }
                    { field(props, &name("starts"), Look::of(words::FIRST_START).kind(TextKind::Date).optional()) }
                </div>
            </div>
        </Card>
    }
}

pub(super) fn measures() -> Vec<Choice> {
    UnitOfMeasure::ALL.iter().map(|it| Choice::new(it.name(), it.title())).collect()
}

/// The lines of a list with a button on each to take it out, and one to add.
pub(super) fn entries(props: &FieldsProps, list: &str, add: &'static str, line: impl Fn(&str) -> Html) -> Html {
    let count = props.texts.count(list);
    html! {
        <>
            { for (0..count).map(|at| html! {
                <div class="editor-entry" key={at}>
                    { line(&format!("{list}.{at}")) }
                    <Button kind={ButtonKind::Quiet} compact=true icon={IconName::X} label={words::remove_entry(at + 1)}
                        onclick={emit(props, Edit::Remove(list.to_owned(), at))} />
                </div>
            }) }
            <div><Button compact=true icon={IconName::Plus} onclick={emit(props, Edit::Grow(list.to_owned()))}>{ add }</Button></div>
        </>
    }
}

fn deliverables(props: &FieldsProps, list: &str, content: Option<&PackageContent>) -> Html {
    let counted = content.filter(|content| matches!(content.price, PriceModel::QuantityBands { .. })).map(price::measure);
    let line = |at: &str| {
        html! {
            <div class="editor-three">
                { field(props, &format!("{at}.title"), Look::of(words::DELIVERABLE)) }
                { field(props, &format!("{at}.quantity"), Look::of(words::HOW_MANY).kind(TextKind::Number)) }
                { select(props, &format!("{at}.measure"), words::MEASURE, measures()) }
            </div>
        }
    };
    html! {
        <fieldset class="stack editor-group" id={list.to_owned()} tabindex="-1">
            <legend class="strong small">{ words::DELIVERABLES }</legend>
            if let Some(measure) = counted { <p class="tiny muted">{ words::for_each_ordered(measure) }</p> }
            { entries(props, list, words::ADD_DELIVERABLE, line) }
        </fieldset>
    }
}
