//! The routes of budget.

use shared::budget::api::*;
use shared::error::ErrorCode;
use shared::identity::policy::Permission;

use std::sync::Arc;

use super::import::{self, Importer, NewFile, TakeUnits};
use super::service;
use crate::error::AppError;
use crate::http::{Answer, Call, Routes, mount};
use crate::identity::Target;

/// Adds the routes. `take_units` is the catalog's way to take units in.
pub fn configure(routes: &mut Routes, take_units: TakeUnits) {
    mount::<ListSchools, _>(routes, |call| async move { service::see_schools(&call.app).await });
    mount::<ListPlaces, _>(routes, |call| async move { service::places(&call.app).await });
    mount::<GetSchool, _>(routes, |call| async move { service::see_school(&call.app, call.path).await });
    mount::<GetSchoolBudget, _>(routes, |call| async move {
        service::see_school_budget(&call.app, &*call.actor()?, call.path, call.query.year).await
    });
    mount::<GetBudgetLine, _>(routes, |call| async move { service::see_line(&call.app, &*call.actor()?, call.path).await });
    mount::<GetPlan, _>(routes, |call| async move { service::see_plan(&call.app, &*call.actor()?, call.path, call.query.year).await });
    mount::<ListFunds, _>(routes, |call| async move { service::list_funds(&call.app).await });
    mount::<DecideFundRule, _>(routes, |call| async move {
        let command = call.command()?;
        service::decide_fund_rule(&call.app, &command, call.path, call.body).await
    });
    mount::<GetDistrictBudget, _>(
        routes,
        |call| async move { service::district_budget(&call.app, &*call.actor()?, call.query.year).await },
    );
    mount::<ListExceptions, _>(routes, |call| async move { service::exceptions(&call.app, &*call.actor()?, call.query.year).await });
    mount::<ListImports, _>(routes, list_imports);
    mount::<StartImport, _>(routes, start_import);
    mount::<GetImport, _>(routes, get_import);
    mount::<ListImportProblems, _>(routes, list_problems);
    mount::<PublishImport, _>(routes, move |call| publish_import(call, take_units));
    mount::<DiscardImport, _>(routes, discard_import);
}

async fn list_imports(call: Call<ListImports>) -> Answer<ListImports> {
    call.actor()?.demand(Permission::ViewDistrictBudget, &Target::District)?;
    import::list(&call.app).await
}

async fn start_import(call: Call<StartImport>) -> Answer<StartImport> {
    let command = call.command()?;
    command.actor.demand(Permission::ImportDistrict, &Target::District)?;
    let kind = call.query.kind.ok_or(AppError::refused(ErrorCode::Unreadable))?;
    let file = NewFile { kind, name: call.query.file_name, bytes: Arc::new(call.upload) };
    let id = import::start(&call.app, &Importer::of(&command), file).await?;
    import::get(&call.app, id).await
}

async fn get_import(call: Call<GetImport>) -> Answer<GetImport> {
    call.actor()?.demand(Permission::ViewDistrictBudget, &Target::District)?;
    import::get(&call.app, call.path).await
}

async fn list_problems(call: Call<ListImportProblems>) -> Answer<ListImportProblems> {
    call.actor()?.demand(Permission::ViewDistrictBudget, &Target::District)?;
    import::problems(&call.app, call.path, call.query.after).await
}

async fn publish_import(call: Call<PublishImport>, take_units: TakeUnits) -> Answer<PublishImport> {
    let command = call.command()?;
    command.actor.demand(Permission::ImportDistrict, &Target::District)?;
    import::publish(&call.app, &Importer::of(&command), call.path, take_units).await
}

async fn discard_import(call: Call<DiscardImport>) -> Answer<DiscardImport> {
    let command = call.command()?;
    command.actor.demand(Permission::ImportDistrict, &Target::District)?;
    import::discard(&call.app, &Importer::of(&command), call.path).await
}
