//! The parts that pages are built of: typed props, no fetching, no domain decisions.
//!
//! | Part | Use |
//! |---|---|
//! | [`PageHead`] | `<PageHead title="Shelf" lead={html!{…}} crumbs={vec![Crumb::to("Shelf", Route::Shelf), Crumb::here("…")]} tools={html!{…}} />`: first on every page; title, h1, focus |
//! | [`Button`] | `<Button kind={ButtonKind::Primary} icon={IconName::Plus} {onclick} busy={form.busy()} refusal={why}>{ "Add" }</Button>`; `submit=true` in forms |
//! | [`ButtonLink`] | `<ButtonLink to={Route::Cart} kind={ButtonKind::Primary}>{ "Cart" }</ButtonLink>` |
//! | [`Chip`], [`FilterChip`] | `<Chip tone={Tone::Good}>{ "Yes" }</Chip>`, `<FilterChip label="Goal 2" {onremove} />` |
//! | [`Card`] | `<Card title="…" subtitle="…" actions={html!{…}} flush=true>…</Card>`; `flush` for tables and lists |
//! | [`Notice`], [`Empty`] | `<Notice tone={Tone::Warn} title="…">…</Notice>`, `<Empty title="…" text="…">button</Empty>` |
//! | [`BudgetLine`] | `<BudgetLine title="Title I" parts={BudgetParts { total, spent, ..Default::default() }} size={BudgetLineSize::Small} onpart={…} />` |
//! | [`Money`] | `<Money cents={sum} strong=true />`; [`money_text`], [`short_money`] for texts |
//! | [`Table`] | `<Table caption="…" columns={vec![Column::text("name", "Name").sortable(), Column::amount("sum", "Sum")]} rows={vec![Row::new(id, cells).opens(cb)]} {sort} {onsort} foot={…} tools={…} export={…} tall=true />` |
//! | [`TextField`], [`TextArea`] | `<TextField name="amount" label="…" value={form.text("amount")} oninput={form.typing("amount")} error={form.error("amount")} kind={TextKind::Money} />`; `options` gives a datalist, `unit` a suffix |
//! | [`Select`], [`Checkbox`], [`Segments`] | `<Select name label value choices={vec![Choice::new("id", "Words")]} {onchange} />` |
//! | [`Facet`] | `<Facet name title options={vec![FacetOption { value, label, count, checked }]} {onchange} />` inside `<div class="facets">` |
//! | [`Field`] | frame for a control of your own; [`described_by`] for its `aria-describedby` |
//! | [`ErrorSummary`] | `<ErrorSummary faults={form.faults()} request_id={form.request_id()} />` at the top of a form |
//! | [`DropZone`] | `<DropZone name={file_name} hint="…" {ontake} />`: one file, chosen or dropped |
//! | [`Dialog`] | `<Dialog open={*open} title="…" {onclose} actions={html!{…}} broad=true>…</Dialog>` |
//! | [`Why`], [`Disclosure`], [`Popover`] | `<Why label="15 days × $902.50">working</Why>` under every number |
//! | [`Tabs`] | `<Tabs label tabs={vec![Tab { id, label, count }]} selected {onselect}>panel</Tabs>` |
//! | [`use_toasts`] | `toasts.say("Saved.")`, `toasts.say_with_undo("Removed.", callback)` |
//! | [`Skeleton`], [`Progress`] | `<Skeleton shape={SkeletonShape::Lines} />`, `<Progress label done total />` |
//! | [`Pager`] | `<Pager shown next={cursor} later=true onpage={…} />` |
//! | [`Timeline`], [`Steps`] | `<Timeline label facts={vec![Fact { mark: Mark::Done, title, detail }]} />`, `<Steps label steps={vec![Step { mark, name, detail }]} />` |
//! | [`Rating`], [`RatingInput`] | `<Rating tenths={Some(43)} count=22 />`, `<RatingInput name label value {onchange} />` |
//! | [`When`], [`ExactTime`], [`Day`] | `<When at={timestamp} />` relative, exact on hover; `<Day date={date} />` |
//! | [`Stat`], [`Facts`], [`Avatar`] | `<div class="stats"><Stat label value={html!{…}} note={html!{…}} /></div>`, `<Facts facts={vec![("Owner".into(), html!{…})]} />` |
//! | [`SearchBox`] | `<SearchBox full=true value oninput={…} onsearch={…} />`; `/` focuses it |
//! | [`PrintButton`], [`CopyLink`], [`Download`] | in `PageHead` tools or a table's `export` |
//! | [`ColumnChart`], [`PartsChart`] | `<ColumnChart title along series={vec![Series { name, class: "chart-a" }]} points={vec![Point { label, values }]} as_table={…} />`, the table behind |
//! | [`Icon`] | `<Icon name={IconName::Clock} />` |
//!
//! Layout classes (styles/base.css): `stack`, `stack-wide`, `stack-tight`, `row`, `row-tight`, `between`, `two` (main + 360 px), `side` (250 px + main), `halves`,
//! `thirds`, `auto-grid`, `narrow`, `measure`, `muted`, `small`, `tiny`, `strong`, `num`, `visually-hidden`; blocks `form` + `actions`, `fields-2`, `stats`,
//! `work-list`, `link-card`, `price`, `line-item`, `with-icon` (styles/components.css). A slice's own styles go to styles/slices/.

mod budget_line;
mod button;
mod card;
mod chart;
mod chip;
mod choice;
mod dialog;
mod drop_zone;
mod error_summary;
mod field;
mod icon;
mod money;
mod page_head;
mod page_tools;
mod pager;
mod rating;
mod search_box;
mod stat;
mod table;
mod tabs;
mod text_field;
mod timeline;
mod toast;
mod tone;
mod waiting;
mod when;
mod why;

pub use budget_line::{BudgetLine, BudgetLineSize, BudgetPart, BudgetParts, BudgetPatterns};
pub use button::{Button, ButtonKind, ButtonLink};
pub use card::{Card, Empty, Notice};
pub use chart::{ColumnChart, PartsChart, Point, Series};
pub use chip::{Chip, FilterChip};
pub use choice::{Checkbox, Choice, Facet, FacetOption, Segments, Select};
pub use dialog::Dialog;
pub use drop_zone::DropZone;
pub use error_summary::{ErrorSummary, Fault};
pub use field::{Field, described_by};
pub use icon::{Icon, IconName};
pub use money::{Money, money_text, short_money};
pub use page_head::{Breadcrumb, Crumb, PageHead};
pub use page_tools::{CopyLink, Download, PrintButton};
pub use pager::Pager;
pub use rating::{Rating, RatingInput};
pub use search_box::SearchBox;
pub use stat::{Avatar, Facts, Stat};
pub use table::{Align, Column, Direction, Row, Sort, Table};
pub use tabs::{Tab, Tabs};
pub use text_field::{TextArea, TextField, TextKind};
pub use timeline::{Fact, Mark, Step, Steps, Timeline};
pub use toast::{ToastProvider, Toasts, use_toasts};
pub use tone::Tone;
pub use waiting::{Progress, Skeleton, SkeletonShape};
pub use when::{Day, ExactTime, When};
pub use why::{Disclosure, Popover, Why};
