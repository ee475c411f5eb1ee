//! The guard: same site, session, permission, anti-forgery token, before anything of the body is read.

use std::sync::Arc;

use shared::contract::{Access, Kind, Meta, Wire};
use shared::error::ErrorCode;

use super::call::{Caller, CommandMark};
use super::head::Head;
use crate::app::App;
use crate::config::Config;
use crate::error::AppError;
use crate::identity::service;
use crate::reply::sha256_hex;

/// Lets the call pass and says who makes it.
///
/// # Errors
/// [`ErrorCode::CrossSite`], [`ErrorCode::WrongMediaType`], [`ErrorCode::SignInNeeded`], [`ErrorCode::NotAllowed`],
/// [`ErrorCode::CommandMissing`].
pub async fn admit(app: &Arc<App>, meta: &Meta, head: &Head) -> Result<Caller, AppError> {
    if !head.is_read {
        same_site(head, &app.config)?;
        media_type(head, meta.wire)?;
    }
    let mut caller =
        Caller { address: head.address.clone(), browser: head.browser.clone(), device: head.device_secret.clone(), ..Caller::default() };
    if let Some(secret) = &head.session_secret
        && let Some(session) = service::session_of(app, secret).await?
    {
        caller.csrf_token = Some(session.csrf_token);
        caller.actor = Some(Arc::new(session.actor));
    }
    authorize(meta, head, &caller)?;
    if meta.kind == Kind::Command {
        command_id(head)?;
    }
    Ok(caller)
}

fn authorize(meta: &Meta, head: &Head, caller: &Caller) -> Result<(), AppError> {
    let permission = match meta.access {
        Access::Public => return Ok(()),
        Access::SignedIn | Access::Inside => None,
        Access::May(permission) => Some(permission),
    };
    let Some(actor) = &caller.actor else { return Err(ErrorCode::SignInNeeded.into()) };
    let token_fits = head.csrf_token.as_deref().zip(caller.csrf_token.as_deref()).is_some_and(|(sent, own)| same(sent, own));
    if !head.is_read && !token_fits {
        return Err(ErrorCode::CrossSite.into());
    }
    if meta.access == Access::Inside && actor.is_outside() {
        return Err(AppError::not_allowed());
    }
    match permission {
        Some(permission) if !actor.holds(permission) => Err(AppError::not_allowed()),
        Some(_) | None => Ok(()),
    }
}

/// Comparison of secrets through their digests, so that its time tells nothing about where they differ.
fn same(a: &str, b: &str) -> bool {
    sha256_hex(&[a.as_bytes()]) == sha256_hex(&[b.as_bytes()])
}

/// Refuses what a page of another site sent. Programs that are no browsers name neither header.
fn same_site(head: &Head, config: &Config) -> Result<(), AppError> {
    let fetched_here = head.fetch_site.as_deref().is_none_or(|site| site == "same-origin");
    let own_origin = head.origin.as_deref().is_none_or(|origin| is_own(origin, &head.host, config));
    if fetched_here && own_origin { Ok(()) } else { Err(ErrorCode::CrossSite.into()) }
}

/// With a public address exactly that one; without, only the loopback address that the call itself went to.
fn is_own(origin: &str, host: &str, config: &Config) -> bool {
    match &config.public_url {
        Some(own) => origin == own,
        None => {
            let name = host.rsplit_once(':').map_or(host, |(name, _)| name);
            matches!(name, "localhost" | "127.0.0.1" | "[::1]") && origin == format!("http://{host}")
        }
    }
}

/// Forms of other sites can send text and form types without asking first; JSON and octets they cannot.
fn media_type(head: &Head, wire: Wire) -> Result<(), AppError> {
    let essence = head.content_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    let fits = match wire {
        Wire::Upload => matches!(essence.as_str(), "application/octet-stream" | "text/csv"),
        Wire::Json | Wire::Document | Wire::Csv | Wire::Calendar => essence == "application/json",
    };
    if fits { Ok(()) } else { Err(ErrorCode::WrongMediaType.into()) }
}

fn command_id(head: &Head) -> Result<shared::id::CommandId, AppError> {
    head.command.as_deref().and_then(|text| text.parse().ok()).ok_or(ErrorCode::CommandMissing.into())
}

/// The command's id and the digest of all that it says.
///
/// # Errors
/// [`ErrorCode::CommandMissing`].
pub fn command_mark(meta: &Meta, head: &Head, body: &[u8]) -> Result<Option<CommandMark>, AppError> {
    if meta.kind != Kind::Command {
        return Ok(None);
    }
    let command_id = command_id(head)?;
    let input_hash = sha256_hex(&[meta.name.as_bytes(), b"\n", head.path.as_bytes(), b"\n", head.query.as_bytes(), b"\n", body]);
    Ok(Some(CommandMark { command_id, input_hash }))
}
