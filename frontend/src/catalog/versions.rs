//! The published versions of a service and what is written now, any two side by side. The address holds the two.

use serde::{Deserialize, Serialize};
use shared::catalog::api::{EditionQuery, GetMenu, ListServiceVersions, MenuService, ServiceDraft, ServiceVersion};
use shared::contract::Empty as NoQuery;
use shared::id::ServiceId;
use shared::words::catalog as words;
use yew::prelude::*;

use super::side_by_side::comparison;
use crate::address::use_query;
use crate::load::use_load_if;
use crate::route::Route;
use crate::session::use_session;
use crate::ui::{Card, Checkbox, Choice, Crumb, Empty, ExactTime, IconName, PageHead, PrintButton, Select, SkeletonShape};

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
struct VersionsQuery {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    edition: Option<String>,
    /// Version numbers; without one what is written now.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    earlier: Option<u32>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    later: Option<u32>,
    /// `all` where unchanged fields stay.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    fields: Option<String>,
}

#[derive(Properties, PartialEq)]
pub struct VersionsPageProps {
    pub id: AttrValue,
}

#[component]
pub fn MenuVersionsPage(props: &VersionsPageProps) -> Html {
    let session = use_session();
    let (query, change) = use_query::<VersionsQuery>();
    let service: Option<ServiceId> = props.id.parse().ok();
    let edition = EditionQuery { menu: query.edition.as_deref().and_then(|id| id.parse().ok()) };
    let menu = use_load_if::<GetMenu>(session.unit().map(|unit| (unit.id, edition)));
    let versions = use_load_if::<ListServiceVersions>(service.map(|service| (service, NoQuery {})));
    let here = menu.data().and_then(|menu| menu.services.iter().find(|known| Some(known.id) == service).cloned());
    let title = here.as_ref().map_or(words::VERSIONS_TITLE.to_owned(), |service| service.draft.content.title.clone());
    let crumbs = vec![Crumb::to(words::MENU_TITLE, Route::Menu), Crumb::here(words::VERSIONS_TITLE)];
    versions.draw(SkeletonShape::Page, |versions| {
        let tools = html! { <PrintButton /> };
        html! { <><PageHead {title} {crumbs} {tools} />{ body(versions, here.as_ref(), (&query, &change)) }</> }
    })
}

fn body(versions: &[ServiceVersion], here: Option<&MenuService>, (query, change): (&VersionsQuery, &Callback<VersionsQuery>)) -> Html {
    let first = versions.first().map(|version| version.version);
    let copied = here.and_then(|service| service.before.as_ref()).filter(|_| versions.is_empty());
    if first.is_none() && copied.is_none() {
        return html! { <Empty title={words::VERSIONS} text={words::NO_VERSIONS} icon={IconName::History} /> };
    }
    let draft_of = |number: Option<u32>| -> Option<&ServiceDraft> {
        match number {
            Some(number) => versions.iter().find(|version| version.version == number).map(|version| &version.draft),
            None => here.map(|service| &service.draft),
        }
    };
    let earlier = query.earlier.or(first);
    let only = query.fields.is_none();
    let set = |how: fn(VersionsQuery, Option<u32>) -> VersionsQuery| {
        let (query, change) = (query.clone(), change.clone());
        Callback::from(move |text: String| change.emit(how(query.clone(), text.parse().ok())))
    };
    let toggle = {
        let (query, change) = (query.clone(), change.clone());
        Callback::from(move |on: bool| change.emit(VersionsQuery { fields: (!on).then(|| "all".to_owned()), ..query.clone() }))
    };
    let choices = |with_now: bool| {
        let now = with_now.then(|| Choice::new("", words::AS_WRITTEN));
        let published = versions.iter().map(|version| {
            let number = version.version;
            Choice::new(number.to_string(), words::version(number))
        });
        now.into_iter().chain(published).collect::<Vec<_>>()
    };
    let text = |number: Option<u32>| number.map(|number| number.to_string()).unwrap_or_default();
    let before = draft_of(earlier).filter(|_| earlier.is_some()).or(copied);
    html! {
        <Card flush=true>
            <div class="row wrap pad">
                if !versions.is_empty() {
                    <Select name="earlier" label={words::EARLIER} value={text(earlier)} choices={choices(false)} onchange={set(|query, earlier| VersionsQuery { earlier, ..query })} />
                    <Select name="later" label={words::LATER} value={text(query.later)} choices={choices(true)} onchange={set(|query, later| VersionsQuery { later, ..query })} />
                }
                <Checkbox name="only-changes" label={words::ONLY_CHANGES} checked={only} onchange={toggle} />
            </div>
            <p class="small muted pad">{ for versions.iter().filter(|version| Some(version.version) == earlier || Some(version.version) == query.later).map(|version| html! {
                <span class="version-day">{ words::version(version.version) }{ ": " }<ExactTime at={version.published} />{ " " }</span>
            }) }</p>
            { comparison(words::VERSIONS_TITLE.to_owned(), before, draft_of(query.later), only) }
        </Card>
    }
}
