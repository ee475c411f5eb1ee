//! Typed actors: each caller is a value that signs in and calls endpoints by their types.

use std::sync::atomic::{AtomicU64, Ordering};

use shared::client::{Call, CallError, Client};
use shared::contract::{Empty, Endpoint, Kind};
use shared::error::{ApiError, ErrorCode};
use shared::id::{CommandId, Id, SchoolId, UnitId, bits_from_parts};
use shared::identity::api::{Credentials, SessionView, SignIn};

static COMMANDS: AtomicU64 = AtomicU64::new(1);

/// A command id that no other test of this process uses.
pub fn new_command() -> CommandId {
    let mut chance = [0u8; 8];
    getrandom::fill(&mut chance).expect("chance");
    let count = COMMANDS.fetch_add(1, Ordering::Relaxed);
    CommandId::from_bits(bits_from_parts(1_795_000_000_000, (u128::from(u64::from_le_bytes(chance)) << 16) ^ u128::from(count)))
}

/// Someone who calls the server; signed in or not.
#[derive(Clone, Debug)]
pub struct Actor {
    pub client: Client,
    pub session: Option<SessionView>,
}

impl Actor {
    /// Somebody without an account.
    pub fn anonymous(base: &str) -> Self {
        let http = reqwest::Client::builder().no_proxy().build().expect("an HTTP client");
        Self { client: Client::new(http, base), session: None }
    }

    /// Somebody with an account.
    pub async fn signed_in(base: &str, email: &str, password: &str) -> Self {
        let mut actor = Self::anonymous(base);
        let credentials = Credentials { email: email.to_owned(), password: password.to_owned() };
        let session = actor.client.call(Call::<SignIn>::to(()).body(credentials)).await;
        let session = session.unwrap_or_else(|error| panic!("{email} cannot sign in: {error:?}"));
        actor.client.csrf_token = Some(session.csrf_token.clone());
        actor.session = Some(session);
        actor
    }

    /// The same person at another replica.
    #[must_use]
    pub fn at(&self, base: &str) -> Self {
        Self { client: self.client.at(base), session: self.session.clone() }
    }

    pub fn school(&self) -> SchoolId {
        self.session.as_ref().and_then(|s| s.schools.first()).expect("a school").id
    }

    pub fn unit(&self) -> UnitId {
        self.session.as_ref().and_then(|s| s.units.first()).expect("a unit").id
    }

    pub fn name(&self) -> String {
        self.session.as_ref().map(|s| s.person.name.clone()).unwrap_or_default()
    }

    /// A call with a command id of its own where the endpoint is a command.
    pub async fn call<E: Endpoint>(&mut self, call: Call<E>) -> Result<E::Reply, CallError> {
        let call = if E::META.kind == Kind::Command && call.command.is_none() { call.command(new_command()) } else { call };
        self.client.call(call).await
    }

    /// Reads what must be readable.
    #[track_caller]
    pub fn get<E: Endpoint<Body = Empty>>(&mut self, path: E::Path) -> impl Future<Output = E::Reply> {
        let at = std::panic::Location::caller();
        async move { self.call(Call::<E>::to(path)).await.unwrap_or_else(|error| panic!("{} at {at}: {error:?}", E::META.name)) }
    }

    /// Does what must be possible.
    #[track_caller]
    pub fn does<E: Endpoint>(&mut self, path: E::Path, body: E::Body) -> impl Future<Output = E::Reply> {
        let at = std::panic::Location::caller();
        async move { self.call(Call::<E>::to(path).body(body)).await.unwrap_or_else(|error| panic!("{} at {at}: {error:?}", E::META.name)) }
    }

    /// Tries what must be refused, and returns the refusal.
    #[track_caller]
    pub fn is_refused<E: Endpoint>(&mut self, path: E::Path, body: E::Body) -> impl Future<Output = ApiError> {
        let at = std::panic::Location::caller();
        async move {
            match self.call(Call::<E>::to(path).body(body)).await {
                Err(CallError::Refused(status, error)) => {
                    assert_eq!(status, error.code.status(), "{} at {at}", E::META.name);
                    *error
                }
                Err(other) => panic!("{} at {at}: {other:?}", E::META.name),
                Ok(_) => panic!("{} at {at} was not refused", E::META.name),
            }
        }
    }
}

/// The refusal's code, where a call was refused.
pub fn code_of<T>(result: &Result<T, CallError>) -> Option<ErrorCode> {
    result.as_ref().err().and_then(CallError::code)
}
