# What belongs to everybody: home, help, language, cancel, trouble.

home-title = <b>Staff room · { $place }</b>
home-hello = Hello, { $name }.

button-home = Home
button-back = ← Back
button-go-on = Continue
button-leave = Leave
button-language = Язык · Language
button-stale = That button is out of date; here is how things stand.

lost-in-step = I did not understand: the question below needs an answer.
lost-at-home = I did not understand. Here is what you can do.

help-title = <b>What the staff room can do</b>
help-menu = Everything is on one screen: /menu.
help-commands = Commands: /menu for home, /language for the language, /cancel to leave what you began.

language-title = Which language shall we use?
language-ru = Русский
language-en = English
language-set = Done.

cancel-title = <b>Leave what you began?</b>
cancel-about = What you have answered stays, and you can come back to it.
cancel-nothing = There is nothing to cancel.

command-menu = Home
command-help = What the bot can do
command-language = Язык · Language
command-cancel = Leave what you began

refused-not-registered = Let us get acquainted first: it takes two minutes.
failure = That did not work: something broke on our side, and it is in our log already. Please try again a little later. If it happens again, give the administrator the code <code>{ $reference }</code>.
group-only-private = I work in private chats: https://t.me/{ $bot }
