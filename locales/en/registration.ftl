# Getting acquainted: consent, name, workplace, post, subjects, experience; "My profile".

# The text of a consent is kept as it was shown. When you change the text, change the version too.
consent-account-version = 1
consent-account =
    <b>Consent to the processing of personal data</b>

    This is the Staff room, a bot for teachers. To get acquainted it needs your consent.

    <b>Who answers for the data:</b> { $operator } ({ $contacts }).
    <b>What for:</b> registration, events and associations, mentoring.
    <b>Which:</b> name, workplace, post, subjects, the year you began to teach and, if you tell it, the year of birth; taking part in events and mentoring; the number of your Telegram account.
    <b>What is done with it:</b> it is collected, kept, corrected, used and erased, also by a program. It is not given to outsiders.
    <b>How long:</b> until you withdraw the consent; in backups up to 30 days more.
    <b>How to withdraw:</b> while getting acquainted, by the button "Withdraw consent"; later, through the contacts above. The data is then erased.

    For surveys about growth and well-being you are always asked separately.
consent-agree = I consent
consent-not-now = Not now
consent-given = ✅ You have given your consent.
consent-withdraw = Withdraw consent
consent-changed = The text of the consent has changed since you opened it. This is the present one.

registration-declined-title = <b>Very well, not now</b>
registration-declined = Nothing about you was kept but the number of your account. When you are ready, press the button below or send /start.
registration-consider = Back to the consent
registration-no-place-title = <b>The bot is still being set up</b>
registration-no-place = You cannot register yet: there is not a single school here. Whom to ask: { $operator }, { $contacts }.
registration-retry = Look again

registration-link-school = The workplace of the link: { $school }.
registration-link-closed = This link is no longer valid. No harm done: you can choose the workplace yourself.
registration-already-title = <b>{ $name }, you are with us already</b>
registration-already = There is no need to get acquainted again. To change the workplace, open your profile: "Correct", then "Workplace".

registration-resumed = Let us go on where you stopped.
registration-left-title = <b>Put off for now</b>
registration-left = All you answered is kept. Come back any day: /start.
registration-over = Start over
registration-over-title = <b>Start over?</b>
registration-over-about = Your answers so far will be erased; the consent stays.

registration-where = <b>Getting acquainted</b> · { $n } of { $of }
registration-correcting = <b>Correcting</b>
registration-button = { CAPITAL($what) }
registration-chosen = ✅ { CAPITAL($what) }
registration-list = { $before }, { $next }
registration-ready = Done
registration-skip = Skip
registration-press-a-button = No need to write here: choose an answer with a button below.

registration-invited-to = Workplace: { $school }.
registration-is-it-you = Is your name { $name }?
registration-patronymic-hint = To add a patronymic or mend the name, press "No".
registration-right = Yes, right
registration-otherwise = No
registration-name-now = Now: { $name }.
registration-ask-name = What is your name? Write in one line the family name, the given name and the patronymic, if you have one.
registration-name-example = For example: Petrova Anna Sergeevna
registration-name-check = Let us check that it was read right.
registration-family-name = Family name: { $name }
registration-given-name = Given name: { $name }
registration-patronymic = Patronymic: { $name }
registration-swap = Swap them
registration-type-again = Write it again
registration-name-long = That is too long for a name. Only the family name, the given name and the patronymic are needed.
registration-name-odd = A name has only letters and hyphens. Please try again without digits and signs.
registration-name-missing = Both names are needed, so that colleagues know you. The family name first.
registration-name-initials = Initials are too little: please write the name in full.
registration-name-many = That is more words than a name has. Only the family name, the given name and the patronymic are needed.

registration-ask-municipality = Which municipality are you in?
registration-municipality-type = If yours is not here, write the beginning of its name.
registration-no-such-municipality = No municipality was found for "{ $typed }". Write only the beginning of its name.
registration-ask-school = Where do you work?
registration-school-type = Write the number or a part of the name: "4", "лицей".
registration-school-now = Now: { $school }.
registration-found = Choose below. If it is not here, write it in another way.
registration-found-more = These are the first ones. If yours is not here, write more exactly: the number or a word of the name.
registration-nothing-found = Nothing was found for "{ $typed }". Try the number alone or one word of the name.
registration-unlisted = Not in the list
registration-ask-unlisted = Write what your workplace is called.
registration-unlisted-about = A methodist will see this name and add it to the list.
registration-unlisted-odd = Write the name in letters, in one line, 120 characters at most.

registration-ask-post = What is your post?
registration-ask-subject = Which subject do you teach?
registration-subject-more = If there are several, begin with the main one: the others can be added right after it.
registration-ask-subjects = Tick all the subjects you teach.
registration-no-subjects = I teach no subjects
registration-no-subject-yet = Tick at least one subject.
registration-more-subjects = I teach another one
registration-subjects-so-far = You teach: { $subjects }.

registration-ask-began = Since which year have you been teaching?
registration-began-type = You can also write the year.
registration-ask-born = Which year were you born in? Write the year or skip it.
registration-born-why = It is needed only for overall figures by age; colleagues do not see it.
registration-year-unread = Write the year in four digits, for example 2009.
registration-year-ahead = That year has not come yet. Please check it.
registration-year-ancient = That looks like a slip: it was too long ago. Please check the year.
registration-year-young = The Staff room is for adults who work. If it was a slip, write the year again.
registration-year-childhood = That would mean teaching since childhood. Please check this year and the year you began.

registration-summary-title = <b>Please check that all is right</b>
registration-about-name = { $name }
registration-about-school = { $school }
registration-about-unlisted = { $school } (not in the list, a methodist will check)
registration-about-no-school = No workplace given
registration-about-place = { $place }
registration-about-post = { CAPITAL($post) }
registration-about-post-subjects = { CAPITAL($post) }: { $subjects }
registration-about-began = Teaching since { $year }
registration-about-born = Year of birth: { $year }
registration-about-unborn = Year of birth not given
registration-about-associations = { $n ->
    [1] Association: { $names }
   *[other] Associations: { $names }
}
registration-about-choice = No association chosen: tick yours through "Correct".
registration-beginner = These are your first three years of work, so mentors and the "School of the young teacher" are open to you.
registration-confirm = All is right
registration-correct = Correct

registration-mend-title = <b>What shall we correct?</b>
registration-mend-name = Name
registration-mend-school = Workplace
registration-mend-municipality = Municipality
registration-mend-post = Post
registration-mend-subjects = Subjects
registration-mend-began = Experience
registration-mend-born = Year of birth
registration-mend-associations = Associations
registration-ask-associations = Which associations are you in?
registration-associations-why = Chosen by post and subjects. Invitations to meetings come from them; untick what is not yours.
registration-no-associations = There are no associations for your post yet.

registration-done-title = <b>Done, { $name }</b>
registration-done = You are registered. Colleagues will soon confirm that you work here, and the rest will open.
registration-done-unlisted = A methodist will add your workplace to the list.

registration-profile = My profile
registration-profile-title = <b>My profile</b>
registration-saved = ✅ Saved.
registration-awaiting = ⏳ Colleagues will soon confirm that you work here. Until then, public events and self-checks are open.
registration-command-profile = My profile
registration-help = Your name, workplace and subjects: /profile.

post-teacher = teacher
post-primary = primary school teacher
post-kindergarten = kindergarten teacher
post-psychologist = psychologist
post-speech = speech therapist
post-social = social pedagogue
post-music = music director
post-physical = physical instructor
post-additional = additional education teacher
post-librarian = librarian
post-deputy = deputy head
post-director = director
post-methodist = methodist
post-other = another post

subject-russian = Russian and literature
subject-maths = mathematics
subject-foreign = foreign language
subject-history = history, social studies
subject-geography = geography
subject-biology = biology
subject-chemistry = chemistry
subject-physics = physics
subject-computing = computer science
subject-art = music, art
subject-technology = technology
subject-pe = physical education
subject-safety = safety (ОБЗР)
subject-religions = religions (ОРКСЭ)
subject-other = another subject
