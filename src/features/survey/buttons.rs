//! The survey's buttons. Those that change a run name it and its revision: a button of another revision changes nothing.

use crate::buttons;
use crate::kernel::ids::{RunId, VersionId};

buttons! {
    /// Buttons of questionnaires.
    pub enum Survey as "sv" {
        /// Opens a questionnaire: goes on, begins, or tells when.
        Open "o" { version: VersionId },
        /// What stands behind the questions.
        Method "w" { version: VersionId },
        /// Begins.
        Start "b" { version: VersionId },
        /// Gives the consent it needs, and begins.
        Agree "y" { version: VersionId },
        /// Answers the item on the screen.
        Answer "a" { run: RunId, rev: i64, option: u8 },
        /// Ticks or unticks an option.
        Tick "t" { run: RunId, rev: i64, option: u8 },
        /// All is ticked; or keeps the answer given before.
        Forward "f" { run: RunId, rev: i64 },
        /// The item before.
        Back "k" { run: RunId, rev: i64 },
        /// Passes the item over.
        Skip "s" { run: RunId, rev: i64 },
        /// Does not apply to me.
        NotMine "n" { run: RunId, rev: i64 },
        /// Asks whether to go later or erase.
        Pause "p" { run: RunId },
        /// Goes on with the run.
        GoOn "g" { run: RunId },
        /// Leaves; the answers wait.
        Later "l" {},
        /// Asks before erasing.
        AskErase "q" { run: RunId },
        /// Erases.
        Erase "e" { run: RunId },
        /// Whom to turn to.
        Whom "c" { version: VersionId },
        /// The result again.
        Result "r" { version: VersionId },
        /// Asks before keeping the scores.
        Keep "v" { version: VersionId },
        /// Keeps them.
        KeepYes "x" { version: VersionId },
        /// Hides the result.
        Hide "h" { version: VersionId },
        /// What was kept.
        Saved "m" { version: VersionId },
        /// Forgets what was kept.
        Forget "z" { version: VersionId },
    }
}
