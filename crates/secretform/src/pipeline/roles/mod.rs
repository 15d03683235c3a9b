//! Roles for CI systems: what the spec wants to stand for each, and what else can stand for it.

mod elsewhere;
mod exclusive;
mod meaning;
mod principal;
mod wanted;

pub(super) use elsewhere::stands_otherwise;
pub(super) use exclusive::taken_off;
pub(super) use meaning::settle;
pub(super) use wanted::wanted;
