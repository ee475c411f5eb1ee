//! What is said beside a school's cart: by its people and its network's officer.

use shared::contract::Empty as NoQuery;
use shared::id::SchoolId;
use shared::identity::policy::Permission;
use shared::orders::api::{Comment, CommentCart, ListCartComments};
use shared::orders::support::CartComment;
use shared::words::orders::support as words;
use yew::prelude::*;

use crate::api::Call;
use crate::form::{use_form, use_sender};
use crate::load::use_load;
use crate::session::use_session;
use crate::ui::{Button, Card, ErrorSummary, SkeletonShape, TextArea, When};

#[derive(Properties, PartialEq)]
pub struct CartCommentsProps {
    pub school: SchoolId,
}

/// The words so far, and a field for the next.
#[component]
pub fn CartComments(props: &CartCommentsProps) -> Html {
    let school = props.school;
    let may_speak = use_session().may(Permission::CommentCart);
    let comments = use_load::<ListCartComments>(school, NoQuery {});
    let form = use_form(&[("text", "")]);
    let sender = {
        let (form, put) = (form.clone(), comments.put());
        use_sender::<CommentCart>(Callback::from(move |list| {
            form.reset(&[("text", "")]);
            put.emit(list);
        }))
    };
    let form = form.showing(sender.failure());
    let onsubmit = {
        let (form, sender) = (form.clone(), sender.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            sender.send(Call::to(school).body(Comment { text: form.text("text").to_string() }));
        })
    };
    html! {
        <Card title={words::COMMENTS}>
            <div class="stack">
                { comments.draw(SkeletonShape::Lines, |list| html! {
                    if list.is_empty() { <p class="small muted">{ words::NO_COMMENTS }</p> } else {
                        <ul class="stack">{ for list.iter().map(one) }</ul>
                    }
                }) }
                if may_speak {
                    <form class="stack-tight" {onsubmit} novalidate=true>
                        <ErrorSummary faults={form.faults()} request_id={form.request_id()} />
                        <TextArea name="text" label={words::COMMENT_LABEL} value={form.text("text")} oninput={form.typing("text")} error={form.error("text")} />
                        <div><Button submit=true compact=true busy={sender.busy()}>{ words::SAY_IT }</Button></div>
                    </form>
                }
            </div>
        </Card>
    }
}

fn one(comment: &CartComment) -> Html {
    html! {
        <li class="stack-tight">
            <span class="tiny muted"><b>{ &comment.by.name }</b>{ " · " }<When at={comment.at} /></span>
            <span class="small">{ &comment.text }</span>
        </li>
    }
}
