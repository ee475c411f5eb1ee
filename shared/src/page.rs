//! Lists travel in pages by an opaque cursor, never by offset.

use serde::{Deserialize, Serialize};

/// The most items one page may hold.
pub const PAGE_LIMIT: u32 = 200;

/// Part of a list, and where to go on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Page<T> {
    pub items: Vec<T>,
    /// Pass as `after` for the next page; absent at the end.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next: Option<String>,
}

impl<T> Default for Page<T> {
    fn default() -> Self {
        Self { items: Vec::new(), next: None }
    }
}

/// Written by hand, since the derived one does not name what the page is of.
#[cfg(feature = "schema")]
mod schema {
    use utoipa::openapi::schema::{ArrayBuilder, ObjectBuilder, Schema, Type};
    use utoipa::openapi::{Ref, RefOr};
    use utoipa::{PartialSchema, ToSchema};

    use super::Page;

    impl<T: ToSchema> PartialSchema for Page<T> {
        fn schema() -> RefOr<Schema> {
            let items = ArrayBuilder::new().items(Ref::from_schema_name(T::name()));
            let next =
                ObjectBuilder::new().schema_type(Type::String).description(Some("Pass as `after` for the next page; absent at the end."));
            ObjectBuilder::new().property("items", items).required("items").property("next", next).into()
        }
    }

    impl<T: ToSchema> ToSchema for Page<T> {
        fn schemas(schemas: &mut Vec<(String, RefOr<Schema>)>) {
            schemas.push((T::name().into_owned(), T::schema()));
            T::schemas(schemas);
        }
    }
}
