//! Rules about the site as a whole, and about what a change does to it.

pub mod backdated_post;
pub mod changed_url;
pub mod deleted_target;
