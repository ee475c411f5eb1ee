//! The seal: how far the trail is sealed, and each record's way to the signed root, walked in the reader's own browser.

use shared::audit::api::{GetTrail, GetTrailProof, Inclusion, TrailProof, TrailView};
use shared::audit::tree::{Hash, leaf_hash, proves_inclusion};
use shared::contract::Empty;
use shared::id::AuditRecordId;
use shared::money::whole;
use shared::words::audit as words;
use yew::prelude::*;

use crate::load::use_load;
use crate::ui::{Button, Card, Disclosure, IconName, Notice, SkeletonShape, Stat, Tone, When};

/// What the trail is as a whole.
#[component]
pub fn SealCard() -> Html {
    let trail = use_load::<GetTrail>((), Empty {});
    html! { <Card title={words::SEAL}>{ trail.draw(SkeletonShape::Lines, |trail| seal(trail)) }</Card> }
}

fn seal(trail: &TrailView) -> Html {
    let signed = match &trail.checkpoint {
        Some(checkpoint) => html! { <>{ words::signed(checkpoint.size) }{ " " }<When at={checkpoint.at} /></> },
        None => html! { words::NOT_SIGNED },
    };
    html! {
        <div class="stack">
            <div class="stats">
                <Stat label={words::SEALED_RECORDS} value={html! { <span class="num">{ whole(trail.sealed) }</span> }} />
                <Stat label={words::WAITING_RECORDS} value={html! { <span class="num">{ whole(trail.waiting) }</span> }} />
            </div>
            <p class="small">{ signed }</p>
            <Disclosure label={words::SEAL_WHY}>
                <p class="small">{ words::SEAL_EXPLAINED }</p>
                <p class="small">{ words::ROOT }<br /><code class="digest">{ &trail.root }</code></p>
                if let Some(key) = &trail.public_key { <p class="small">{ words::PUBLIC_KEY }<br /><code class="digest">{ key }</code></p> }
                if let Some(checkpoint) = &trail.checkpoint { <p class="small">{ words::NOTE }</p><pre class="digest">{ &checkpoint.note }</pre> }
            </Disclosure>
        </div>
    }
}

#[derive(Properties, PartialEq)]
pub struct ProofProps {
    pub record: AuditRecordId,
}

/// Fetched and checked when asked for.
#[component]
pub fn ProofButton(props: &ProofProps) -> Html {
    let asked = use_state(|| false);
    let onclick = {
        let asked = asked.clone();
        Callback::from(move |_: MouseEvent| asked.set(true))
    };
    if *asked {
        return html! { <Proof record={props.record} /> };
    }
    html! { <Button compact=true icon={IconName::ShieldCheck} {onclick}>{ words::CHECK_SEAL }</Button> }
}

#[component]
fn Proof(props: &ProofProps) -> Html {
    let proof = use_load::<GetTrailProof>(props.record, Empty {});
    proof.draw(SkeletonShape::Lines, |proof| {
        let (tone, text) = verdict(proof);
        html! { <Notice {tone}>{ text }</Notice> }
    })
}

/// Walks from the record's bytes to the root.
fn verdict(proof: &TrailProof) -> (Tone, String) {
    let Some(inclusion) = &proof.inclusion else { return (Tone::Info, words::NOT_SEALED_YET.to_owned()) };
    match (leads_to_root(&proof.canonical, inclusion), inclusion.signed) {
        (true, true) => (Tone::Good, words::proved(inclusion.place, inclusion.size, inclusion.steps.len())),
        (true, false) => (Tone::Info, words::proved_unsigned(inclusion.place, inclusion.size, inclusion.steps.len())),
        (false, _) => (Tone::Bad, words::NOT_PROVED.to_owned()),
    }
}

fn leads_to_root(canonical: &str, inclusion: &Inclusion) -> bool {
    let steps: Result<Vec<Hash>, _> = inclusion.steps.iter().map(|step| step.parse()).collect();
    let (Ok(steps), Ok(root)) = (steps, inclusion.root.parse()) else { return false };
    proves_inclusion(leaf_hash(canonical.as_bytes()), (inclusion.place, inclusion.size), &steps, root)
}

#[cfg(test)]
mod tests {
    use shared::audit::tree::node_hash;

    use super::*;

    fn proof(canonical: &str, signed: bool) -> TrailProof {
        let (one, two) = (leaf_hash(b"one"), leaf_hash(b"two"));
        let inclusion = Inclusion { place: 1, size: 2, root: node_hash(one, two).to_string(), steps: vec![one.to_string()], signed };
        TrailProof { canonical: canonical.to_owned(), inclusion: Some(inclusion) }
    }

    #[test]
    fn only_what_leads_to_a_signed_root_is_called_sealed() {
        assert_eq!(verdict(&proof("two", true)).0, Tone::Good);
        assert_eq!(verdict(&proof("two", false)).0, Tone::Info);
        assert_eq!(verdict(&proof("two, changed", true)).0, Tone::Bad);
        assert_eq!(verdict(&TrailProof { canonical: "two".to_owned(), inclusion: None }).0, Tone::Info);
    }
}
