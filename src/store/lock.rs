//! The lock beside a SQLite file: a second process ends with one sentence instead of fighting for the file.

use std::fs::{File, TryLockError};
use std::path::Path;

use super::{Error, Result};

/// Takes the lock `<file>.lock`; it is released when the handle is dropped or the process ends, however it ends.
///
/// # Errors
/// Another process holds it, or the folder cannot be written.
pub fn take(path: &Path) -> Result<File> {
    if let Some(folder) = path.parent().filter(|f| !f.as_os_str().is_empty()) {
        std::fs::create_dir_all(folder).map_err(|e| {
            Error::Place(format!("The folder {} cannot be made ({e}). Make it, or set DATABASE_URL.", folder.display()))
        })?;
    }
    let mut name = path.as_os_str().to_owned();
    name.push(".lock");
    let file = File::options().create(true).truncate(false).write(true).open(&name).map_err(|e| {
        Error::Place(format!("The folder of {} cannot be written ({e}). Give the bot the right to it.", path.display()))
    })?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => Err(Error::Place(format!(
            "Another copy of the bot already works with {}. Stop it first, or give this one its own DATABASE_URL.",
            path.display()
        ))),
        Err(TryLockError::Error(e)) => {
            Err(Error::Place(format!("The lock beside {} cannot be taken ({e}).", path.display())))
        }
    }
}
