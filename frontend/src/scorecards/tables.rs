//! The seller's tables: services and tiers, what was searched in vain, who would miss a service.

use shared::id::{PackageId, PersonId};
use shared::money::Cents;
use shared::scorecards::api::{NameUnsoldOwner, SellerTable, UnsoldOwner};
use shared::scorecards::seller::{HurtGoal, HurtSchool, SellerService, SellerTier, SellerView};
use shared::words::scorecards as words;
use yew::prelude::*;
use yew_router::prelude::*;

use super::charts::export;
use crate::api::Call;
use crate::form::use_sender;
use crate::route::Route;
use crate::ui::{Card, Chip, Column, Day, Money, Notice, Row, Table, Tone, use_toasts};

/// Each tier from looks to break-even, with who answers for what is not sold.
pub fn services(view: &SellerView, put: &Callback<SellerView>) -> Html {
    let columns = vec![
        Column::text("service", words::SERVICE),
        Column::amount("viewed", words::VIEWED),
        Column::amount("compared", words::COMPARED),
        Column::amount("drafted", words::DRAFTED),
        Column::amount("ordered", words::ORDERED),
        Column::amount("earned", words::EARNED),
        Column::amount("committed", words::COMMITTED),
        Column::amount("cost", words::COST),
        Column::text("break-even", words::BREAK_EVEN),
        Column::amount("unsold", words::UNSOLD),
        Column::text("owner", words::OWNER),
    ];
    let of = |service: &SellerService| service.tiers.iter().map(|tier| row(view, service, tier, put)).collect::<Vec<_>>();
    let rows: Vec<Row> = view.services.iter().flat_map(of).collect();
    html! {
        <Card title={words::SERVICES} flush=true>
            <Table caption={words::SERVICES} {columns} {rows} export={export(view, SellerTable::Tiers)} />
        </Card>
    }
}

fn row(view: &SellerView, service: &SellerService, tier: &SellerTier, put: &Callback<SellerView>) -> Row {
    let name = html! {
        <span class="stack-tight">
            <Link<Route> to={Route::Service { id: service.id.to_string() }}>{ &service.title }</Link<Route>>
            <span class="tiny muted">{ &tier.name }if !service.on_shelf { { " · " }{ words::OFF_SHELF } }</span>
        </span>
    };
    let cost =
        tier.cost.map_or_else(|| html! { <span class="tiny muted">{ words::NO_COST }</span> }, |cost| html! { <Money cents={cost} /> });
    let owner = if tier.unsold().is_none_or(|unsold| unsold == 0) {
        Html::default()
    } else if view.may_name {
        html! { <OwnerChoice package={tier.package} owner={tier.owner.id} view={view.clone()} put={put.clone()} /> }
    } else {
        html! { &tier.owner.name }
    };
    let cells = vec![
        name,
        html! { tier.viewed },
        html! { tier.compared },
        html! { tier.drafted },
        html! { tier.ordered },
        html! { <Money cents={tier.earned} /> },
        html! { <Money cents={tier.committed} /> },
        cost,
        html! { words::take_up(tier.break_even) },
        html! { tier.unsold().map_or_else(|| words::NOT_COUNTED.to_owned(), |unsold| unsold.to_string()) },
        owner,
    ];
    Row::new(tier.package.to_string(), cells)
}

#[derive(Properties, PartialEq)]
struct OwnerChoiceProps {
    package: PackageId,
    owner: PersonId,
    view: SellerView,
    put: Callback<SellerView>,
}

/// Names somebody of the unit; the choice is the command.
#[component]
fn OwnerChoice(props: &OwnerChoiceProps) -> Html {
    let toasts = use_toasts();
    let sender = {
        let put = props.put.clone();
        use_sender::<NameUnsoldOwner>(Callback::from(move |view| {
            toasts.say(words::OWNER_TOAST);
            put.emit(view);
        }))
    };
    let onchange = {
        let (sender, package) = (sender.clone(), props.package);
        Callback::from(move |event: Event| {
            let select: Option<web_sys::HtmlSelectElement> = event.target_dyn_into();
            if let Some(owner) = select.and_then(|select| select.value().parse().ok()) {
                sender.send(Call::to(package).body(UnsoldOwner { owner }));
            }
        })
    };
    html! {
        <>
            <select class="select compact" aria-label={words::OWNER} {onchange} disabled={sender.busy()}>
                { for props.view.people.iter().map(|person| html! {
                    <option value={person.id.to_string()} selected={person.id == props.owner}>{ &person.name }</option>
                }) }
            </select>
            if let Some(failure) = sender.failure() { <Notice tone={Tone::Bad}>{ failure.message().to_owned() }</Notice> }
        </>
    }
}

/// What was typed into the shelf's search and found nothing.
pub fn searches(view: &SellerView) -> Html {
    let columns = vec![Column::text("words", words::WORDS), Column::amount("times", words::TIMES), Column::text("last", words::LAST)];
    let row = |one: &shared::scorecards::seller::MissedSearch| {
        Row::new(one.words.clone(), vec![html! { &one.words }, html! { one.times }, html! { <Day date={one.last} /> }])
    };
    let rows: Vec<Row> = view.searches.iter().map(row).collect();
    html! {
        <Card title={words::SEARCHES} subtitle={words::SEARCHES_LEAD} flush=true>
            <Table caption={words::SEARCHES} {columns} {rows} empty={words::NO_SEARCHES} export={export(view, SellerTable::Searches)} />
        </Card>
    }
}

/// For each service who compared it in vain, and who would miss it.
pub fn hurt(view: &SellerView) -> Html {
    let columns = vec![
        Column::text("service", words::SERVICE),
        Column::amount("lost", words::COMPARED_NOT_BOUGHT),
        Column::text("schools", words::SCHOOLS),
        Column::text("goals", words::GOAL),
        Column::amount("dollars", words::DOLLARS),
    ];
    let line = |name: &str, dollars: Cents| html! { <li class="line-item"><span>{ name.to_owned() }</span><Money cents={dollars} /></li> };
    let row = |service: &SellerService| {
        let schools = service.hurt.schools.iter().map(|one: &HurtSchool| line(&one.school.name, one.dollars));
        let goals = service.hurt.goals.iter().map(|one: &HurtGoal| line(&one.title, one.dollars));
        let nobody = service.hurt.schools.is_empty();
        let cells = vec![
            html! { <span class="stack-tight">{ &service.title }if let Some(decision) = service.decision { <Chip>{ decision.title() }</Chip> }</span> },
            html! { service.compared_not_bought },
            html! { if nobody { <span class="muted small">{ words::NOBODY_HURT }</span> } else { <ul class="stack-tight small">{ for schools }</ul> } },
            html! { <ul class="stack-tight small">{ for goals }</ul> },
            html! { <Money cents={service.hurt.dollars} /> },
        ];
        Row::new(service.id.to_string(), cells)
    };
    let rows: Vec<Row> = view.services.iter().map(row).collect();
    html! {
        <Card title={words::HURT} subtitle={words::HURT_LEAD} flush=true>
            <Table caption={words::HURT} {columns} {rows} export={export(view, SellerTable::Hurt)} />
        </Card>
    }
}
