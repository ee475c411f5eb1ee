//! The way in, tried over real HTTP: sessions, forgery, throttles, links, roles, commands.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use reqwest::header::{HeaderMap, HeaderValue};
use shared::client::{Call, CallError, Client};
use shared::contract::{ENDPOINTS, Empty, Endpoint};
use shared::error::ErrorCode;
use shared::id::{CommandId, Id as _, PersonId};
use shared::identity::api::{
    AcceptInvitation, Activity, AskPasswordReset, ChangePassword, ConfirmRole, Credentials, GetSession, InvitePerson, ListPeople,
    NewPassword, NewPerson, PasswordChange, PasswordReset, PersonView, ProposeRole, ResetMail, ResetPassword, RoleProposal,
    SetPersonActive, SignIn, SignOutEverywhere,
};
use shared::identity::{Role, Scope};
use shared::time::Timestamp;

use crate::adapters::files::MailFolder;
use crate::adapters::system::SystemIds;
use crate::app::{App, World};
use crate::config::{Config, PasswordCost};
use crate::db::Query;
use crate::error::AppError;
use crate::http::matrix::access_matrix;
use crate::identity::service::{self, Founder};
use crate::ports::clock::Clock;
use crate::server::{self, Running};
use crate::values;

const PASSWORD: &str = "seven copper kettles";

/// A clock that stands until it is turned.
struct Stopped(AtomicI64);

impl Clock for Stopped {
    fn now(&self) -> Timestamp {
        Timestamp::from_micros(self.0.load(Ordering::SeqCst))
    }
}

struct Rig {
    app: Arc<App>,
    running: Running,
    clock: Arc<Stopped>,
    base: String,
    folder: tempfile::TempDir,
}

impl Rig {
    async fn start() -> Result<Self, AppError> {
        let folder = tempfile::tempdir().map_err(AppError::internal)?;
        let mut config = Config::local(folder.path());
        config.bind.set_port(0);
        config.password_cost = PasswordCost { memory_kib: 64, passes: 1 };
        config.drain = std::time::Duration::ZERO;
        config.district_name = "Riverbend Unified".to_owned();
        let clock = Arc::new(Stopped(AtomicI64::new(1_790_000_000_000_000)));
        let mailer = Arc::new(MailFolder::new(folder.path().join("mail"), &config.mail_from).map_err(AppError::internal)?);
        let world = World { clock: clock.clone(), ids: Arc::new(SystemIds::default()), mailer };
        let app = App::build(config, world).await?;
        let running = server::start(Arc::clone(&app)).await?;
        let base = format!("http://{}", running.address);
        Ok(Self { app, running, clock, base, folder })
    }

    async fn person(&self, name: &str, role: Role) -> Result<(), AppError> {
        let email = format!("{name}@riverbend.example");
        let founder = Founder { name: name.to_owned(), email, role, password: Some(PASSWORD.to_owned()) };
        service::found(&self.app, founder).await.map(|_| ())
    }

    async fn signed_in(&self, name: &str) -> Result<Client, CallError> {
        let mut client = Client::new(reqwest::Client::new(), self.base.clone());
        let view = client.call(Call::<SignIn>::to(()).body(credentials(name, PASSWORD))).await?;
        client.csrf_token = Some(view.csrf_token);
        Ok(client)
    }

    fn turn(&self, seconds: i64) {
        self.clock.0.fetch_add(seconds * 1_000_000, Ordering::SeqCst);
    }

    /// The secret of the last link that was mailed; waits until all mail has left.
    async fn mailed_token(&self) -> Result<String, Box<dyn std::error::Error>> {
        while self.count("SELECT CAST(count(*) AS BIGINT) AS n FROM effect WHERE state = 'waiting'").await? > 0 {
            tokio::task::yield_now().await;
        }
        let mut mails =
            std::fs::read_dir(self.folder.path().join("mail"))?.map(|entry| Ok(entry?.path())).collect::<std::io::Result<Vec<_>>>()?;
        mails.sort();
        // Quoted-printable breaks long lines with `=` at their end.
        let text = std::fs::read_to_string(mails.last().ok_or("no mail")?)?.replace("=\r\n", "");
        let link = ["/invitation/", "/reset/"].iter().find_map(|path| text.split_once(path));
        Ok(link.map(|(_, rest)| rest.chars().take_while(char::is_ascii_hexdigit).collect()).unwrap_or_default())
    }

    async fn count(&self, sql: &str) -> Result<i64, AppError> {
        Ok(self.app.db.reader().one(sql, values![]).await?.ok_or(AppError::not_found())?.get("n")?)
    }

    async fn audited(&self) -> Result<i64, AppError> {
        self.count("SELECT CAST(count(*) AS BIGINT) AS n FROM audit_record").await
    }

    async fn stop(self) -> Result<(), AppError> {
        self.running.stop().await
    }
}

fn credentials(name: &str, password: &str) -> Credentials {
    Credentials { email: format!("{name}@riverbend.example"), password: password.to_owned() }
}

fn code<T>(done: Result<T, CallError>) -> Option<ErrorCode> {
    done.err().and_then(|error| error.code())
}

fn new_command<E: Endpoint>(path: E::Path, body: E::Body) -> Call<E> {
    Call::to(path).body(body).command(CommandId::from_bits(crate::ports::ids::Ids::chance(&SystemIds::default())))
}

type Outcome = Result<(), Box<dyn std::error::Error>>;

fn told(error: CallError) -> Box<dyn std::error::Error> {
    format!("{error:?}").into()
}

#[test]
fn every_endpoint_is_mounted_once_and_nothing_else() {
    let mut mounted: Vec<&str> = super::routes().mounted().iter().map(|meta| meta.name).collect();
    let mut listed: Vec<&str> = ENDPOINTS.iter().flat_map(|slice| slice.iter()).map(|meta| meta.name).collect();
    mounted.sort_unstable();
    listed.sort_unstable();
    assert_eq!(mounted, listed);
}

#[test]
fn the_access_matrix_is_the_reviewed_one() {
    insta::assert_snapshot!(access_matrix());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_session_lives_by_its_rules() -> Outcome {
    let rig = Rig::start().await?;
    rig.person("sam", Role::SystemAdministrator).await?;
    let mut sam = rig.signed_in("sam").await.map_err(told)?;
    let own = sam.call(Call::<GetSession>::to(())).await.map_err(told)?;
    let own = own.session.ok_or("nobody is signed in")?;
    assert_eq!((own.person.name.as_str(), own.district.name.as_str()), ("sam", "Riverbend Unified"));
    rig.turn(29 * 60);
    sam.call(Call::<ListPeople>::to(())).await.map_err(told)?;
    let mut second = rig.signed_in("sam").await.map_err(told)?;
    sam.call(Call::<SignOutEverywhere>::to(())).await.map_err(told)?;
    assert_eq!(code(second.call(Call::<ListPeople>::to(())).await), Some(ErrorCode::SignInNeeded));
    let mut third = rig.signed_in("sam").await.map_err(told)?;
    rig.turn(31 * 60);
    assert_eq!(code(third.call(Call::<ListPeople>::to(())).await), Some(ErrorCode::SignInNeeded));
    Ok(rig.stop().await?)
}

#[tokio::test(flavor = "multi_thread")]
async fn what_another_site_sends_is_refused() -> Outcome {
    let rig = Rig::start().await?;
    rig.person("sam", Role::SystemAdministrator).await?;
    let sam = rig.signed_in("sam").await.map_err(told)?;
    let address = format!("{}/api/sessions", rig.base);
    let cookie = sam.cookie.clone().unwrap_or_default();
    let token = sam.csrf_token.clone().unwrap_or_default();
    let own = format!("http://{}", rig.running.address);
    let tries: [(&str, &[(&str, &str)], u16); 7] = [
        ("no token", &[("content-type", "application/json")], 403),
        ("a wrong token", &[("content-type", "application/json"), ("csrf-token", "0")], 403),
        ("a foreign origin", &[("content-type", "application/json"), ("csrf-token", &token), ("origin", "https://evil.example")], 403),
        ("a foreign page", &[("content-type", "application/json"), ("csrf-token", &token), ("sec-fetch-site", "cross-site")], 403),
        ("a form", &[("content-type", "application/x-www-form-urlencoded"), ("csrf-token", &token)], 415),
        ("plain text", &[("content-type", "text/plain"), ("csrf-token", &token)], 415),
        (
            "our own page",
            &[("content-type", "application/json"), ("csrf-token", &token), ("origin", &own), ("sec-fetch-site", "same-origin")],
            200,
        ),
    ];
    for (what, headers, status) in tries {
        let mut all = HeaderMap::new();
        for (name, value) in headers {
            all.insert(reqwest::header::HeaderName::from_bytes(name.as_bytes())?, HeaderValue::from_str(value)?);
        }
        let response = reqwest::Client::new().delete(&address).header("cookie", &cookie).headers(all).body("{}").send().await?;
        assert_eq!(response.status().as_u16(), status, "{what}");
    }
    Ok(rig.stop().await?)
}

#[tokio::test(flavor = "multi_thread")]
async fn every_response_carries_the_security_headers() -> Outcome {
    let rig = Rig::start().await?;
    for path in ["/api/session", "/api/nothing", "/healthz", "/shelf"] {
        let response = reqwest::get(format!("{}{path}", rig.base)).await?;
        let headers = response.headers().clone();
        let policy = headers.get("content-security-policy").ok_or("no policy")?.to_str()?;
        assert!(policy.contains("default-src 'none'") && !policy.contains("unsafe-inline"), "{path}: {policy}");
        assert_eq!(headers.get("x-content-type-options").ok_or("no nosniff")?, "nosniff");
        assert!(headers.contains_key("request-id"), "{path}");
        assert!(!headers.contains_key("strict-transport-security"), "{path}: only over https");
    }
    let document = format!("{}/api/openapi.json", rig.base);
    let first = reqwest::get(&document).await?;
    let tag = first.headers().get("etag").ok_or("no tag")?.clone();
    let second = reqwest::Client::new().get(&document).header("if-none-match", tag).send().await?;
    assert_eq!((first.status().as_u16(), second.status().as_u16()), (200, 304));
    Ok(rig.stop().await?)
}

#[tokio::test(flavor = "multi_thread")]
async fn guessing_is_slowed_but_never_locks_the_owner_out() -> Outcome {
    let rig = Rig::start().await?;
    rig.person("ana", Role::BudgetOfficer).await?;
    let sign_in = format!("{}/api/session", rig.base);
    let owner = reqwest::Client::new().post(&sign_in).json(&credentials("ana", PASSWORD)).send().await?;
    let cookies: Vec<String> = owner.headers().get_all("set-cookie").iter().filter_map(|v| v.to_str().ok()).map(str::to_owned).collect();
    assert!(cookies.iter().all(|c| c.starts_with("__Host-") && c.contains("Secure; HttpOnly; SameSite=Lax")), "{cookies:?}");
    let device = cookies.iter().find(|c| c.starts_with("__Host-chalkline-device=")).and_then(|c| c.split(';').next()).ok_or("no device")?;
    let mut guesser = Client::new(reqwest::Client::new(), rig.base.clone());
    for name in ["ana", "nobody"] {
        for _ in 0..10 {
            let guess = guesser.call(Call::<SignIn>::to(()).body(credentials(name, "wrong wrong wrong"))).await;
            assert_eq!(code(guess), Some(ErrorCode::SignInFailed), "an unknown account answers like a known one");
        }
        let guess = guesser.call(Call::<SignIn>::to(()).body(credentials(name, PASSWORD))).await;
        assert_eq!(code(guess), Some(ErrorCode::SignInThrottled));
    }
    let known = reqwest::Client::new().post(&sign_in).header("cookie", device).json(&credentials("ana", PASSWORD)).send().await?;
    assert_eq!(known.status().as_u16(), 200, "the owner's browser has tries of its own");
    rig.turn(360);
    guesser.call(Call::<SignIn>::to(()).body(credentials("ana", PASSWORD))).await.map_err(told)?;
    Ok(rig.stop().await?)
}

#[tokio::test(flavor = "multi_thread")]
async fn an_invited_person_chooses_a_password_once_and_gets_power_from_two() -> Outcome {
    let rig = Rig::start().await?;
    rig.person("sam", Role::SystemAdministrator).await?;
    rig.person("eve", Role::Executive).await?;
    let (mut sam, mut eve) = (rig.signed_in("sam").await.map_err(told)?, rig.signed_in("eve").await.map_err(told)?);
    let proposal = RoleProposal { role: Role::BudgetOfficer, scope: Scope::District };
    let new = || NewPerson { name: "Bo Lind".to_owned(), email: "Bo@Riverbend.example".to_owned(), role: Some(proposal) };
    let command = CommandId::from_bits(77);
    let invited = sam.call(Call::<InvitePerson>::to(()).body(new()).command(command)).await.map_err(told)?;
    let again = sam.call(Call::<InvitePerson>::to(()).body(new()).command(command)).await.map_err(told)?;
    assert_eq!(invited, again, "the same command has one effect");
    let other = NewPerson { name: "Cy".to_owned(), ..new() };
    assert_eq!(code(sam.call(Call::<InvitePerson>::to(()).body(other).command(command)).await), Some(ErrorCode::CommandReused));
    assert_eq!(rig.audited().await?, 3);

    let token = rig.mailed_token().await?;
    let mut bo = Client::new(reqwest::Client::new(), rig.base.clone());
    let weak = new_command::<AcceptInvitation>(token.clone(), NewPassword { password: "riverbend riverbend".to_owned() });
    assert_eq!(code(bo.call(weak).await), Some(ErrorCode::BadInput));
    bo.call(new_command::<AcceptInvitation>(token.clone(), NewPassword { password: PASSWORD.to_owned() })).await.map_err(told)?;
    let spent = new_command::<AcceptInvitation>(token, NewPassword { password: PASSWORD.to_owned() });
    assert_eq!(code(bo.call(spent).await), Some(ErrorCode::LinkExpired));

    let mut bo = rig.signed_in("bo").await.map_err(told)?;
    assert_eq!(code(bo.call(Call::<ListPeople>::to(())).await), Some(ErrorCode::NotAllowed), "a proposed role gives nothing");
    let role = invited.roles.first().ok_or("no role")?.id;
    assert_eq!(code(sam.call(new_command::<ConfirmRole>(role, Empty {})).await), Some(ErrorCode::NotAllowed));
    let confirmed: PersonView = eve.call(new_command::<ConfirmRole>(role, Empty {})).await.map_err(told)?;
    assert!(confirmed.roles.iter().all(|role| role.confirmed));
    assert_eq!(code(eve.call(new_command::<ConfirmRole>(role, Empty {})).await), Some(ErrorCode::NotInThisState));
    bo.call(Call::<ListPeople>::to(())).await.map_err(told)?;

    let auditor = RoleProposal { role: Role::Auditor, scope: Scope::District };
    assert_eq!(code(sam.call(new_command::<ProposeRole>(invited.id, auditor)).await), Some(ErrorCode::BadInput));
    let own = sam.call(Call::<GetSession>::to(())).await.map_err(told)?.session.ok_or("nobody")?.person.id;
    assert_eq!(code(sam.call(new_command::<ProposeRole>(own, proposal)).await), Some(ErrorCode::NotYourOwn));
    sam.call(new_command::<SetPersonActive>(invited.id, Activity { active: false })).await.map_err(told)?;
    assert_eq!(code(bo.call(Call::<ListPeople>::to(())).await), Some(ErrorCode::SignInNeeded), "a closed account's sessions are dead");
    assert_eq!(code(rig.signed_in("bo").await), Some(ErrorCode::SignInFailed));
    let nobody = new_command::<SetPersonActive>(PersonId::from_bits(5), Activity { active: false });
    assert_eq!(code(sam.call(nobody).await), Some(ErrorCode::NotFound));
    Ok(rig.stop().await?)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_new_password_ends_the_other_sessions() -> Outcome {
    let rig = Rig::start().await?;
    rig.person("ana", Role::BudgetOfficer).await?;
    let (mut here, mut there) = (rig.signed_in("ana").await.map_err(told)?, rig.signed_in("ana").await.map_err(told)?);
    let old_cookie = here.cookie.clone();
    let change = |old: &str| PasswordChange { old_password: old.to_owned(), new_password: "nine velvet anchors".to_owned() };
    assert_eq!(code(here.call(new_command::<ChangePassword>((), change("not it at all"))).await), Some(ErrorCode::BadInput));
    here.call(new_command::<ChangePassword>((), change(PASSWORD))).await.map_err(told)?;
    assert_ne!(here.cookie, old_cookie, "the session has a new secret");
    here.call(Call::<ListPeople>::to(())).await.map_err(told)?;
    assert_eq!(code(there.call(Call::<ListPeople>::to(())).await), Some(ErrorCode::SignInNeeded));

    let mut stranger = Client::new(reqwest::Client::new(), rig.base.clone());
    for name in ["nobody", "ana"] {
        let asked = ResetMail { email: format!("{name}@riverbend.example") };
        stranger.call(Call::<AskPasswordReset>::to(()).body(asked)).await.map_err(told)?;
    }
    let token = rig.mailed_token().await?;
    let reset = || PasswordReset { token: token.clone(), new_password: "three marble otters".to_owned() };
    rig.turn(3_601);
    assert_eq!(code(stranger.call(new_command::<ResetPassword>((), reset())).await), Some(ErrorCode::LinkExpired));
    stranger.call(Call::<AskPasswordReset>::to(()).body(ResetMail { email: "ana@riverbend.example".to_owned() })).await.map_err(told)?;
    let token = rig.mailed_token().await?;
    let reset = PasswordReset { token, new_password: "three marble otters".to_owned() };
    stranger.call(new_command::<ResetPassword>((), reset)).await.map_err(told)?;
    let fresh = stranger.call(Call::<SignIn>::to(()).body(credentials("ana", "three marble otters"))).await;
    assert!(fresh.is_ok());
    Ok(rig.stop().await?)
}

#[tokio::test(flavor = "multi_thread")]
async fn unreadable_and_oversized_bodies_are_refused() -> Outcome {
    let rig = Rig::start().await?;
    let post = |body: String| {
        reqwest::Client::new().post(format!("{}/api/session", rig.base)).header("content-type", "application/json").body(body).send()
    };
    assert_eq!(post("{".to_owned()).await?.status().as_u16(), 400);
    assert_eq!(post("{\"email\":3}".to_owned()).await?.status().as_u16(), 400);
    assert_eq!(post(format!("{{\"email\":\"{}\"}}", "x".repeat(300_000))).await?.status().as_u16(), 413);
    let without = reqwest::Client::new().post(format!("{}/api/password/reset", rig.base)).header("content-type", "application/json");
    assert_eq!(without.body("{}").send().await?.status().as_u16(), 400, "a command needs its id");
    Ok(rig.stop().await?)
}
