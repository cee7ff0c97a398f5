//! `getFile`.

use super::super::params::Kind::Text;
use super::super::params::{Param, Params, req};
use super::super::refusal::Refusal;
use super::super::world::World;

/// The published parameters.
pub(super) const PARAMS: &[Param] = &[req("file_id", Text, "file_id not specified")];

/// Where a file can be downloaded.
pub(super) fn get(world: &mut World, params: &Params) -> Result<String, Refusal> {
    let wrong = || Refusal::bad("wrong file_id or the file is temporarily unavailable");
    let file = params.text("file_id").and_then(|id| world.files.find(id)).ok_or_else(wrong)?;
    if file.media.bytes.len() > world.settings.limits.download_bytes {
        return Err(Refusal::bad("file is too big"));
    }
    Ok(file.json().to_string())
}
