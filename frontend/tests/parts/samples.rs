//! One sample per family of parts, with the figures of a made-up school.

use frontend::app::NotFoundPage;
use frontend::identity::{ForgotPage, SignInPage};
use frontend::route::Route;
use frontend::ui::*;
use shared::money::Cents;
use shared::time::{Date, Timestamp};
use yew::prelude::*;

pub fn page_head() -> Html {
    let tools = html! { <><Button icon={IconName::MessageSquare}>{ "Ask Rosa Delgado" }</Button><PrintButton /></> };
    html! {
        <PageHead title="Elementary mathematics coaching" lead={html! { <p>{ "Your teacher leaders learn to coach mathematics in every room." }</p> }}
            crumbs={vec![Crumb::to("Shelf", Route::Shelf), Crumb::here("Mathematics")]} {tools} />
    }
}

pub fn buttons() -> Html {
    html! {
        <Card title="Buttons" subtitle="One primary on a card">
            <div class="row wrap">
                <Button kind={ButtonKind::Primary} icon={IconName::Plus}>{ "Add to plan" }</Button>
                <Button>{ "Compare (2)" }</Button>
                <Button kind={ButtonKind::Quiet}>{ "Later" }</Button>
                <Button kind={ButtonKind::Danger} icon={IconName::Ban}>{ "Refuse" }</Button>
                <Button busy=true>{ "Sending" }</Button>
                <Button compact=true icon={IconName::Pencil}>{ "Edit" }</Button>
                <Button icon={IconName::Trash2} label="Remove the line" />
                <ButtonLink to={Route::Cart} icon={IconName::ShoppingCart}>{ "Cart" }</ButtonLink>
            </div>
            <Button kind={ButtonKind::Primary} refusal="Title I has $1,200.00 left; lower the quantity or add another fund.">{ "Submit" }</Button>
        </Card>
    }
}

pub fn chips() -> Html {
    html! {
        <Card title="Chips and notices">
            <div class="row-tight">
                <Chip tone={Tone::Board}>{ "Instructional services" }</Chip>
                <Chip>{ "Grades K–5" }</Chip>
                <Chip icon={IconName::Clock}>{ "Answers within 2 school days" }</Chip>
                <Chip tone={Tone::Good}>{ "Title I can pay" }</Chip>
                <Chip tone={Tone::Warn}>{ "18 coaching days left" }</Chip>
                <Chip tone={Tone::Bad}>{ "Declined" }</Chip>
                <Chip tone={Tone::Info}>{ "refund" }</Chip>
                <FilterChip label="Goal 2 · Mathematics" onremove={Callback::noop()} />
            </div>
            <Notice tone={Tone::Warn} title="Awaiting the council's review">{ "Title I needs a review date after 1 September." }</Notice>
            <Notice tone={Tone::Bad} title="The order was not sent">{ "Nothing was booked. Try again." }</Notice>
            <Notice tone={Tone::Good} title="Trail verified">{ "148,201 records, checkpoint of 18:00." }</Notice>
            <Notice tone={Tone::Info}>{ "Prices shown are for Lincoln." }</Notice>
        </Card>
    }
}

pub fn budget_lines() -> Html {
    let parts = BudgetParts {
        total: Cents::new(83_259_68),
        spent: Cents::new(25_840_00),
        held: Cents::new(2_110_00),
        encumbered: Cents::new(12_300_00),
        pre_encumbered: Cents::new(3_980_00),
        cart: Cents::new(13_537_50),
    };
    let over = BudgetParts {
        total: Cents::new(10_000_00),
        spent: Cents::new(9_000_00),
        encumbered: Cents::new(2_500_00),
        ..BudgetParts::default()
    };
    html! {
        <Card title="Budget line">
            <BudgetLine title="Lincoln, all funds" {parts} onpart={Callback::noop()} />
            <BudgetLine title="Title I" parts={over} />
            <BudgetLine title="Lincoln" {parts} size={BudgetLineSize::Small} />
        </Card>
    }
}

pub fn tables() -> Html {
    let columns = vec![
        Column::text("fund", "Fund").sortable(),
        Column::text("may", "May it pay?"),
        Column::amount("available", "Available").sortable(),
        Column::amount("order", "This order"),
    ];
    let row = |fund: &'static str, may: Html, available: i64, order: Option<i64>| {
        let sums = [Some(Cents::new(available)), order.map(Cents::new)].map(|cents| html! { <Money {cents} /> });
        let [available, order] = sums;
        Row::new(fund, vec![html! { fund }, may, available, order]).opens(Callback::noop())
    };
    let rows = vec![
        row("Title I, Part A", html! { <Chip tone={Tone::Good}>{ "Yes" }</Chip> }, 18_240_00, Some(10_200_00)),
        row("LCFF supplemental", html! { <Chip tone={Tone::Good}>{ "Yes" }</Chip> }, 3_337_50, Some(3_337_50)),
        row("Lottery materials", html! { <Chip tone={Tone::Bad}>{ "No" }</Chip> }, -6_050_00, None),
    ];
    let foot = vec![
        html! { "Total" },
        Html::default(),
        html! { <Money cents={Some(Cents::new(15_527_50))} /> },
        html! { <Money cents={Some(Cents::new(13_537_50))} /> },
    ];
    let sort = Some(Sort { column: "available".into(), direction: Direction::Down });
    html! {
        <>
            <Card title="How Lincoln can pay for Plus" subtitle="The most restricted money that may pay comes first." flush=true>
                <Table caption="Funds" {columns} {rows} {sort} foot={Some(foot)} />
            </Card>
            <Card title="No rows" flush=true><Table caption="Orders" columns={vec![Column::text("order", "Order")]} rows={Vec::new()} /></Card>
            <Pager shown=50 next={Some(AttrValue::from("c2"))} later=true onpage={Callback::noop()} />
        </>
    }
}

pub fn forms() -> Html {
    let faults = vec![
        Fault { field: Some("amount".into()), text: "Write the amount as 1,234.56".into() },
        Fault { field: None, text: "The period is closed".into() },
    ];
    html! {
        <Card title="Form">
            <ErrorSummary {faults} request_id="req_01jd" />
            <div class="form">
                <div class="fields-2">
                    <TextField name="amount" label="Amount" value="12,34" oninput={Callback::noop()} kind={TextKind::Money} hint="From this fund"
                        error={Some(AttrValue::from("Write the amount as 1,234.56"))} />
                    <TextField name="days" label="Quantity" value="15" oninput={Callback::noop()} kind={TextKind::Number} unit={Some(AttrValue::from("days"))} />
                    <TextField name="start" label="Start" value="2026-01-12" oninput={Callback::noop()} kind={TextKind::Date} optional=true />
                    <TextField name="vendor" label="Vendor" value="" oninput={Callback::noop()} options={vec!["Harbor School Supply".into()]} />
                </div>
                <TextArea name="reason" label="Reason" value="" oninput={Callback::noop()} hint={Some(AttrValue::from("The unit reads this."))} />
            </div>
        </Card>
    }
}

pub fn choices() -> Html {
    let option =
        |value: &'static str, label: &'static str, count, checked| FacetOption { value: value.into(), label: label.into(), count, checked };
    let tiers = vec![Choice::new("essential", "Essential"), Choice::new("plus", "Plus")];
    html! {
        <div class="side">
            <div class="facets">
                <Facet name="goal" title="Goal of my plan" onchange={Callback::noop()}
                    options={vec![option("2", "2 · Mathematics 3–5", 14, true), option("1", "1 · Early reading", 21, false)]} />
                <Facet name="fund" title="Who can pay" onchange={Callback::noop()} options={vec![option("title", "Title I", 38, false)]} />
            </div>
            <Card title="Choices">
                <Select name="tier" label="Tier" value="" choices={tiers.clone()} onchange={Callback::noop()} />
                <Segments name="view" label="Tier" value="plus" choices={tiers} onchange={Callback::noop()} />
                <Checkbox name="agree" label="I have the council's review" hint="Its date goes on file." checked=true onchange={Callback::noop()} />
                <RatingInput name="stars" label="Did it help your goal?" value={Some(4)} onchange={Callback::noop()} />
                <SearchBox full=true />
            </Card>
        </div>
    }
}

pub fn timelines() -> Html {
    let step = |mark, name: &'static str, detail: &'static str| Step { mark, name: name.into(), detail: html! { detail } };
    let at = Timestamp::from_micros(1_763_740_000_000_000);
    let event = |mark, title: &'static str| Fact {
        mark,
        title: html! { <b>{ title }</b> },
        detail: html! { <>{ "Priya Nair · " }<When {at} /></> },
    };
    html! {
        <div class="halves">
            <Card title="Steps">
                <Steps label="New card" steps={vec![step(Mark::Done, "Asked", "Ana, 3 Nov"), step(Mark::Done, "Training", "passed 4 Nov"),
                    step(Mark::Now, "Issue", "Leo Park · due today"), step(Mark::Open, "Activate", "Marcus")]} />
            </Card>
            <Card title="Timeline">
                <Timeline label="What happened" facts={vec![event(Mark::Done, "Submitted"), event(Mark::Bad, "Returned"), event(Mark::Now, "With the unit")]} />
            </Card>
        </div>
    }
}

pub fn numbers() -> Html {
    let day = Date::new(2026, 1, 12).map(|date| html! { <Day {date} /> }).unwrap_or_default();
    html! {
        <Card title="What buyers say" actions={html! { <Rating tenths={Some(43)} count=22 /> }}>
            <div class="stats">
                <Stat label="Started on time" value={html! { "20 of 22" }} />
                <Stat label="Price for Lincoln" value={html! { "$13,537.50" }} note={html! { <Why label="15 days × $902.50">{ "11–20 days cost $902.50 each." }</Why> }} />
                <Stat label="Next start" value={day} />
            </div>
            <Facts facts={vec![("Owner".into(), html! { "Rosa Delgado" }), ("Rating".into(), html! { <Rating tenths={None} count=0 /> })]} />
            <Disclosure label="Terms">{ "Cancel free until 14 days before the start." }</Disclosure>
            <Tabs label="Orders" tabs={vec![Tab { id: "open".into(), label: "Open".into(), count: Some(3) }, Tab { id: "done".into(), label: "Done".into(), count: None }]}
                selected="open" onselect={Callback::noop()}>{ "Three orders wait." }</Tabs>
        </Card>
    }
}

pub fn waiting() -> Html {
    html! {
        <div class="halves">
            <Card title="Empty"><Empty title="No orders yet" text="Find what your plan needs on the shelf.">
                <ButtonLink to={Route::Shelf} kind={ButtonKind::Primary}>{ "Go to the shelf" }</ButtonLink></Empty></Card>
            <Card title="Waiting"><Skeleton shape={SkeletonShape::Lines} /><Progress label="Reading rows" done=12_000 total={Some(40_000)} /></Card>
        </div>
    }
}

pub fn sign_in() -> Html {
    html! { <SignInPage /> }
}

pub fn forgot() -> Html {
    html! { <ForgotPage /> }
}

pub fn not_found() -> Html {
    html! { <NotFoundPage /> }
}
