//! One call of an endpoint, decoded and checked: what a handler is given.

use std::sync::Arc;

use shared::contract::Endpoint;
use shared::error::ErrorCode;
use shared::id::{CommandId, RequestId};
use shared::time::Timestamp;

use crate::app::App;
use crate::error::AppError;
use crate::identity::{Actor, CommandContext};

/// What a handler returns.
pub type Answer<E> = Result<<E as Endpoint>::Reply, AppError>;

/// A decoded call whose session, permission and anti-forgery token are in order.
pub struct Call<E: Endpoint> {
    pub app: Arc<App>,
    pub path: E::Path,
    pub query: E::Query,
    pub body: E::Body,
    /// The raw bytes of [`shared::contract::Wire::Upload`]; empty elsewhere.
    pub upload: Vec<u8>,
    pub now: Timestamp,
    pub request_id: RequestId,
    pub caller: Caller,
    pub(crate) command: Option<CommandMark>,
}

/// Who calls, and from where.
#[derive(Clone, Debug, Default)]
pub struct Caller {
    pub actor: Option<Arc<Actor>>,
    /// The session's anti-forgery token.
    pub csrf_token: Option<String>,
    /// The secret of a browser that has signed in before.
    pub device: Option<String>,
    /// The caller's address, from the trusted proxy where one is configured.
    pub address: String,
    /// The browser's own words, shortened.
    pub browser: String,
}

/// The command id that the client chose, with the digest of its input.
#[derive(Clone, Debug)]
pub struct CommandMark {
    pub command_id: CommandId,
    pub input_hash: String,
}

/// A command whose person is known only to the use case, by a mailed link.
#[derive(Clone, Debug)]
pub struct Unsigned {
    /// The endpoint's name.
    pub name: &'static str,
    pub command_id: CommandId,
    pub input_hash: String,
    pub now: Timestamp,
    pub request_id: RequestId,
}

impl Unsigned {
    /// The command as done by `actor`.
    pub fn by(self, actor: Actor) -> CommandContext {
        let Self { name, command_id, input_hash, now, request_id } = self;
        CommandContext { actor: Arc::new(actor), name, command_id, input_hash, now, request_id }
    }
}

impl<E: Endpoint> Call<E> {
    /// The signed-in caller; present on everything that is not public.
    pub fn actor(&self) -> Result<Arc<Actor>, AppError> {
        self.caller.actor.clone().ok_or(AppError::refused(ErrorCode::SignInNeeded))
    }

    /// The command of a signed-in caller.
    pub fn command(&self) -> Result<CommandContext, AppError> {
        let Unsigned { name, command_id, input_hash, now, request_id } = self.unsigned()?;
        Ok(CommandContext { actor: self.actor()?, name, command_id, input_hash, now, request_id })
    }

    /// The command of a caller who is not signed in.
    pub fn unsigned(&self) -> Result<Unsigned, AppError> {
        let mark = self.command.clone().ok_or(AppError::refused(ErrorCode::CommandMissing))?;
        let (command_id, input_hash) = (mark.command_id, mark.input_hash);
        Ok(Unsigned { name: E::META.name, command_id, input_hash, now: self.now, request_id: self.request_id })
    }
}
