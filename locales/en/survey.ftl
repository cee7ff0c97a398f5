# Questionnaires: the way in, items, a break, the result.

survey-help = 📋 Questionnaires: short, with buttons; you can stop and come back.

survey-head = <b>{ $title }</b>
survey-head-private = <b>{ $title }</b>
    🔒 only you see this
survey-progress = { $bar }  { $n } of { $total }
survey-third = A third is behind you. Take a breath: your answers are kept.
survey-two-thirds = Two thirds are behind you. Not much is left.

survey-yes = Yes
survey-no = No
survey-marked = { $mark } { $label }

survey-type-number = Write a number from { $min } to { $max }.
survey-type-text = Write in your own words, up to { $most ->
    [one] { $most } character
   *[other] { $most } characters
}.
survey-type-date = Write a day from { $earliest } to { $latest }, such as 15.09.2025.
survey-written = Written now: { $answer }
survey-tick = Tick as many as you like, then press Next.
survey-tick-up-to = Tick up to { $most ->
    [one] { $most } option
   *[other] { $most } options
}, then press Next.

survey-button-start = Start
survey-button-method = About the questions
survey-button-not-now = Not now
survey-button-agree = I consent
survey-button-forward = Next
survey-button-skip = Skip
survey-button-not-mine = Not about me
survey-button-pause = Stop…
survey-button-go-on = Continue
survey-button-later = Later
survey-button-erase = Erase all
survey-button-erase-yes = Yes, erase
survey-button-close = Yes, close
survey-button-whom = Who can help
survey-button-keep = Keep for myself
survey-button-keep-yes = Keep
survey-button-hide = Hide
survey-button-result = Show the result
survey-button-saved = What I kept
survey-button-forget = Forget what's kept

survey-paused = Your answers are kept { $until }. Then they erase themselves.
survey-until-time = until { $time }
survey-until-date = until { $date }
survey-until-weekday = { $day ->
    [1] until Monday
    [2] until Tuesday
    [3] until Wednesday
    [4] until Thursday
    [5] until Friday
    [6] until Saturday
   *[7] until Sunday
}
survey-ask-erase = { $count ->
    [0] There are no answers yet. Close the questionnaire?
    [one] Erase { $count } answer? It cannot be brought back.
   *[other] Erase { $count } answers? They cannot be brought back.
}
survey-erased-until = The questionnaire opens again { $month }.
survey-waits = Your answers will wait.
survey-quiet = Thank you. There is nothing more here.
survey-held = You can keep the result for yourself until tomorrow; then it is erased. Hide erases it at once.
survey-held-kept = The scores are kept for you. The words of this screen are erased tomorrow; Hide erases them at once.
survey-kept = 🔒 Kept, and only you see it. You find it in this same questionnaire on the home screen.
survey-forgotten = What you kept is erased.
survey-saved-month = <b>{ $month ->
    [1] January
    [2] February
    [3] March
    [4] April
    [5] May
    [6] June
    [7] July
    [8] August
    [9] September
    [10] October
    [11] November
   *[12] December
} { $year }</b>
survey-saved-line = { $name }: { $band }
survey-saved-blank = { $name }: too few answers
survey-saved-other = An earlier form of the questionnaire; it cannot be compared with the present one.
survey-since = from { $month ->
    [1] January
    [2] February
    [3] March
    [4] April
    [5] May
    [6] June
    [7] July
    [8] August
    [9] September
    [10] October
    [11] November
   *[12] December
} { $year }
survey-closed = You opened this questionnaire not long ago. You can take it again { $since }: before that the picture hardly changes.
survey-closed-kept = { $count ->
    [one] You keep { $count } result; only you see it.
   *[other] You keep { $count } results; only you see them.
}
survey-gone = This questionnaire is closed. Here is what there is now.
survey-unreadable = The answers you began could not be read, so they are erased. We are sorry. You can start again whenever you like.

survey-too-few = { $least ->
    [one] Tick at least { $least } option.
   *[other] Tick at least { $least } options.
}
survey-too-many = { $most ->
    [one] Only { $most } option can be ticked.
   *[other] Only { $most } options can be ticked.
}
survey-not-a-number = A number is needed here, such as 12.
survey-not-a-date = A day is needed here, such as 15.09.2025.
survey-out-of-range = That is outside the limits given below.
survey-too-long = That is a little long; there is room for { $most ->
    [one] { $most } character
   *[other] { $most } characters
}.
survey-required = This question needs an answer.
survey-unanswered = Choose an answer first.
survey-press-please = This is answered with a button below. What you wrote was not kept anywhere.

survey-home-private = 📋 { $title }: your answers are kept { $until }
survey-home-line = 📋 { $title }: { $left ->
    [one] { $left } question left
   *[other] { $left } questions left
}, { $until }
survey-home-go-on = Continue the questionnaire

private-moved = 🔒 This private screen has moved below.

consent-burnout-version = 1
consent-burnout =
    Consent to a questionnaire about how work feels

    Who answers for the data: { $operator } ({ $contacts }).
    Why: to show you what takes strength now and what you can lean on.
    What is kept: your answers, encrypted, while you answer, for 72 hours at most. After the last answer they are erased. The encrypted result is kept for a day so that you can save it for yourself; then it is erased too.
    What remains: this consent with its date, and the month in which the questionnaire was opened, so as not to offer it too often. Whether you got to the end is not remembered.
    No head, deputy head or methodist will learn whether you took part.

    It is voluntary. You can stop and erase your answers at any question, and withdraw the consent through the contacts above.
consent-deficits-version = 1
consent-deficits =
    Consent to self-diagnosis

    Who answers for the data: { $operator } ({ $contacts }).
    Why: to find topics, events and a mentor for you.
    What is kept: your answers. You see them; the methodist sees only common figures for groups of at least five people.
    How long: until the end of the next school year, or until you withdraw the consent through the contacts above.
consent-own-scores-version = 1
consent-own-scores =
    Keep the result for yourself

    🔒 Only the scores of this questionnaire are kept, encrypted. Only you see them, to compare in a few months.
    Who answers for the data: { $operator } ({ $contacts }).
    How long: until you press "Forget what's kept" in this same questionnaire. A note of this consent with its date remains.
