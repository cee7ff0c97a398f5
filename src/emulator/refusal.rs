//! How the server says no: the code, Telegram's exact description, and what a good bot should never have asked.

/// A refused call.
#[derive(Clone, Debug)]
pub(super) struct Refusal {
    /// The HTTP status and `error_code`.
    pub(super) code: u16,
    /// The whole description with its prefix.
    pub(super) description: String,
    /// `parameters.retry_after` and the `Retry-After` header, in seconds.
    pub(super) retry_after: Option<u64>,
    /// What goes to `Emulator::violations`.
    pub(super) violation: Option<String>,
}

impl Refusal {
    /// A refusal with its full description.
    pub(super) fn new(code: u16, description: impl Into<String>) -> Self {
        Self { code, description: description.into(), retry_after: None, violation: None }
    }

    /// 400 with Telegram's prefix.
    pub(super) fn bad(text: impl AsRef<str>) -> Self {
        Self::new(400, format!("Bad Request: {}", text.as_ref()))
    }

    /// 403 with Telegram's prefix.
    pub(super) fn forbidden(text: impl AsRef<str>) -> Self {
        Self::new(403, format!("Forbidden: {}", text.as_ref()))
    }

    /// 409 with Telegram's prefix.
    pub(super) fn conflict(text: &str) -> Self {
        Self::new(409, format!("Conflict: {text}"))
    }

    /// 429 with the seconds to wait.
    pub(super) fn too_many(retry_after: u64) -> Self {
        let mut refusal = Self::new(429, format!("Too Many Requests: retry after {retry_after}"));
        refusal.retry_after = Some(retry_after);
        refusal
    }

    /// 400 for what the real server overlooks: marked as our own and kept as a violation.
    pub(super) fn strict(text: impl Into<String>) -> Self {
        let text = text.into();
        Self::bad(format!("[emulator] {text}")).noting(text)
    }

    /// The same refusal, kept as a violation too.
    pub(super) fn noting(mut self, violation: impl Into<String>) -> Self {
        self.violation = Some(violation.into());
        self
    }
}
