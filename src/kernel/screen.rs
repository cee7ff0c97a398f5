//! What the bot shows: screens, and notices that arrive as messages of their own.
//!
//! Handlers return these; they never send. `outbox` renders them in the recipient's language.

use super::text::Text;

/// One line of a screen.
#[derive(Clone, Debug, PartialEq)]
pub enum Line {
    /// A sentence of the catalogue; it may hold the catalogue's own HTML.
    Text(Text),
    /// Words from elsewhere (a questionnaire's item, a consent's text): escaped, shown as they are.
    Words(String),
    /// The same in bold.
    Strong(String),
    /// An empty line.
    Gap,
}

impl From<Text> for Line {
    fn from(t: Text) -> Line {
        Line::Text(t)
    }
}

/// What a button says.
#[derive(Clone, Debug, PartialEq)]
pub enum Label {
    /// A sentence of the catalogue, shown without HTML.
    Text(Text),
    /// Words from elsewhere (a school's name, an option of a questionnaire).
    Words(String),
}

impl From<Text> for Label {
    fn from(t: Text) -> Label {
        Label::Text(t)
    }
}
impl From<&str> for Label {
    fn from(s: &str) -> Label {
        Label::Words(s.to_owned())
    }
}
impl From<String> for Label {
    fn from(s: String) -> Label {
        Label::Words(s)
    }
}

/// What a button does.
#[derive(Clone, Debug, PartialEq)]
pub enum Action {
    /// Comes back to us as a press with this payload (see `kernel::button`).
    Press(String),
    /// Opens an address.
    Url(String),
}

/// A button under a screen.
#[derive(Clone, Debug, PartialEq)]
pub struct Button {
    /// 1-3 words.
    pub label: Label,
    /// What happens.
    pub action: Action,
}

impl Button {
    /// A button that comes back as `payload`.
    pub fn press(label: impl Into<Label>, payload: impl super::button::Payload) -> Button {
        Button { label: label.into(), action: Action::Press(payload.encode()) }
    }
}

/// A text with rows of buttons: the live message of a chat.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Screen {
    /// Top to bottom.
    pub lines: Vec<Line>,
    /// Rows of at most three buttons.
    pub rows: Vec<Vec<Button>>,
    /// Only this person may ever see it: sealed while it waits, erased when shown.
    pub is_private: bool,
}

impl Screen {
    /// An empty screen to build on.
    pub fn new() -> Screen {
        Screen::default()
    }

    /// Adds a line.
    pub fn line(mut self, line: impl Into<Line>) -> Screen {
        self.lines.push(line.into());
        self
    }

    /// Adds a line when there is one.
    pub fn line_if(self, condition: bool, line: impl Into<Line>) -> Screen {
        if condition { self.line(line) } else { self }
    }

    /// Adds an empty line.
    pub fn gap(self) -> Screen {
        self.line(Line::Gap)
    }

    /// Adds a row of buttons; an empty row is left out.
    pub fn row(mut self, buttons: impl IntoIterator<Item = Button>) -> Screen {
        let row: Vec<_> = buttons.into_iter().collect();
        if !row.is_empty() {
            self.rows.push(row);
        }
        self
    }

    /// Marks the screen as somebody's own secret.
    pub fn private(mut self) -> Screen {
        self.is_private = true;
        self
    }
}
