//! Identity's routes.

use shared::contract::Empty;
use shared::contract::Endpoint;
use shared::identity::api::{
    AcceptInvitation, AskPasswordReset, ChangePassword, ConfirmActing, ConfirmManager, ConfirmRole, EndAbsence, EndActing, GetAbsences, GetChiefs, GetInvitation, GetSession, InvitePerson,
    ListActing, ListPeople, ListSessions, NameChief, ProposeActing, ProposeManager, ProposeRole, ResetPassword, RevokeRole, SessionView, SetAbsence, SetPersonActive, SignIn, SignOut,
    SignOutEverywhere,
};

use super::service::{self, ByLink, Purpose, Visitor};
use crate::error::AppError;
use crate::http::{Answer, Call, Cookie, Routes, mount, mount_with_cookies};

pub fn configure(routes: &mut Routes) {
    mount::<GetSession, _>(routes, get_session);
    mount_with_cookies::<SignIn, _>(routes, sign_in);
    mount_with_cookies::<SignOut, _>(routes, sign_out);
    mount::<ListSessions, _>(routes, list_sessions);
    mount_with_cookies::<SignOutEverywhere, _>(routes, sign_out_everywhere);
    mount_with_cookies::<ChangePassword, _>(routes, change_password);
    mount::<AskPasswordReset, _>(routes, ask_password_reset);
    mount::<ResetPassword, _>(routes, reset_password);
    mount::<GetInvitation, _>(routes, get_invitation);
    mount::<AcceptInvitation, _>(routes, accept_invitation);
    mount::<ListPeople, _>(routes, list_people);
    mount::<InvitePerson, _>(routes, invite_person);
    mount::<SetPersonActive, _>(routes, set_person_active);
    mount::<ProposeRole, _>(routes, propose_role);
    mount::<ConfirmRole, _>(routes, confirm_role);
    mount::<RevokeRole, _>(routes, revoke_role);
    mount::<GetChiefs, _>(routes, |call| async move { service::chiefs(&call.app, call.now).await });
    mount::<NameChief, _>(routes, |call| async move { service::name_chief(&call.app, &call.command()?, call.body).await });
    mount::<ProposeManager, _>(routes, propose_manager);
    mount::<ConfirmManager, _>(routes, confirm_manager);
    mount::<ListActing, _>(routes, |call| async move { service::acting(&call.app, call.now).await });
    mount::<ProposeActing, _>(routes, |call| async move { service::propose_acting(&call.app, &call.command()?, call.body).await });
    mount::<ConfirmActing, _>(routes, |call| async move { service::confirm_acting(&call.app, &call.command()?, call.path).await });
    mount::<EndActing, _>(routes, |call| async move { service::end_acting(&call.app, &call.command()?, call.path).await });
    mount::<GetAbsences, _>(routes, |call| async move { service::absences(&call.app, &*call.actor()?, call.now).await });
    mount::<SetAbsence, _>(routes, |call| async move { service::set_absence(&call.app, &call.command()?, call.body).await });
    mount::<EndAbsence, _>(routes, |call| async move { service::end_absence(&call.app, &call.command()?, call.path).await });
}

type WithCookies<E> = Result<(<E as Endpoint>::Reply, Vec<Cookie>), AppError>;

async fn get_session(call: Call<GetSession>) -> Answer<GetSession> {
    let caller = call.caller.actor.as_deref().zip(call.caller.csrf_token.clone());
    service::session_reply(&call.app, caller).await
}

async fn sign_in(call: Call<SignIn>) -> Result<(SessionView, Vec<Cookie>), AppError> {
    let session = call.caller.actor.as_ref().and_then(|actor| actor.session);
    let visitor = Visitor { address: call.caller.address, browser: call.caller.browser, device: call.caller.device, session };
    let done = service::sign_in(&call.app, call.body, visitor).await?;
    // The session stands last: clients that keep one cookie keep that one.
    Ok((done.view, vec![Cookie::Device(done.device_secret), Cookie::Session(done.session_secret)]))
}

async fn sign_out(call: Call<SignOut>) -> WithCookies<SignOut> {
    service::sign_out(&call.app, &*call.actor()?).await?;
    Ok((Empty {}, vec![Cookie::NoSession]))
}

async fn list_sessions(call: Call<ListSessions>) -> Answer<ListSessions> {
    service::open_sessions(&call.app, &*call.actor()?).await
}

async fn sign_out_everywhere(call: Call<SignOutEverywhere>) -> WithCookies<SignOutEverywhere> {
    service::sign_out_everywhere(&call.app, &*call.actor()?).await?;
    Ok((Empty {}, vec![Cookie::NoSession]))
}

async fn change_password(call: Call<ChangePassword>) -> WithCookies<ChangePassword> {
    let secret = service::change_password(&call.app, &call.command()?, call.body).await?;
    Ok((Empty {}, vec![Cookie::Session(secret)]))
}

async fn ask_password_reset(call: Call<AskPasswordReset>) -> Answer<AskPasswordReset> {
    service::ask_reset(&call.app, call.body, &call.caller.address).await.map(|()| Empty {})
}

async fn reset_password(call: Call<ResetPassword>) -> Answer<ResetPassword> {
    let shown = (Purpose::Reset, call.body.token.clone(), call.body.new_password.clone());
    service::set_password_by_link(&call.app, by_link(&call, shown)?).await.map(|()| Empty {})
}

async fn get_invitation(call: Call<GetInvitation>) -> Answer<GetInvitation> {
    service::invitation(&call.app, &call.path, &call.caller.address).await
}

async fn accept_invitation(call: Call<AcceptInvitation>) -> Answer<AcceptInvitation> {
    let shown = (Purpose::Invitation, call.path.clone(), call.body.password.clone());
    service::set_password_by_link(&call.app, by_link(&call, shown)?).await.map(|()| Empty {})
}

fn by_link<E: Endpoint>(call: &Call<E>, shown: (Purpose, String, String)) -> Result<ByLink, AppError> {
    let (purpose, token, new_password) = shown;
    let (address, name, now, request_id) = (call.caller.address.clone(), E::META.name, call.now, call.request_id);
    let mark = call.unsigned()?;
    Ok(ByLink { purpose, token, new_password, address, name, command_id: mark.command_id, input_hash: mark.input_hash, request_id, now })
}

async fn list_people(call: Call<ListPeople>) -> Answer<ListPeople> {
    service::list_people(&call.app).await
}

async fn invite_person(call: Call<InvitePerson>) -> Answer<InvitePerson> {
    service::invite(&call.app, &call.command()?, call.body).await
}

async fn set_person_active(call: Call<SetPersonActive>) -> Answer<SetPersonActive> {
    service::set_active(&call.app, &call.command()?, call.path, call.body).await
}

async fn propose_role(call: Call<ProposeRole>) -> Answer<ProposeRole> {
    service::propose_role(&call.app, &call.command()?, call.path, call.body).await
}

async fn confirm_role(call: Call<ConfirmRole>) -> Answer<ConfirmRole> {
    service::confirm_role(&call.app, &call.command()?, call.path).await
}

async fn revoke_role(call: Call<RevokeRole>) -> Answer<RevokeRole> {
    service::revoke_role(&call.app, &call.command()?, call.path).await
}

async fn propose_manager(call: Call<ProposeManager>) -> Answer<ProposeManager> {
    service::propose_manager(&call.app, &call.command()?, call.path, call.body).await
}

async fn confirm_manager(call: Call<ConfirmManager>) -> Answer<ConfirmManager> {
    service::confirm_manager(&call.app, &call.command()?, call.path).await
}
