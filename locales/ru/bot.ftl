# Что принадлежит всем: дом, помощь, язык, отмена, ошибки.

home-title = <b>Учительская · { $place }</b>
home-hello = Здравствуйте, { $name }.

button-home = На главную
button-back = ← Назад
button-go-on = Продолжить
button-leave = Выйти
button-language = Язык · Language
button-stale = Эта кнопка уже устарела, показываю, как сейчас.

lost-in-step = Не понял Вас: здесь нужен ответ на вопрос ниже.
lost-at-home = Не понял Вас. Вот что можно сделать.

help-title = <b>Что умеет «Учительская»</b>
help-menu = Всё нужное собрано на одном экране: /menu.
help-commands = Команды: /menu — главная, /language — язык, /cancel — выйти из начатого.

language-title = На каком языке говорить?
language-ru = Русский
language-en = English
language-set = Готово.

cancel-title = <b>Выйти из начатого?</b>
cancel-about = То, что уже отвечено, останется, и к нему можно вернуться.
cancel-nothing = Сейчас отменять нечего.

command-menu = Главная
command-help = Что умеет бот
command-language = Язык · Language
command-cancel = Выйти из начатого

refused-not-registered = Сначала познакомимся: это пара минут.
failure = Не получилось: на нашей стороне что-то сломалось, и мы уже видим это в журнале. Попробуйте ещё раз чуть позже. Если повторится, назовите администратору код <code>{ $reference }</code>.
group-only-private = Я работаю в личной переписке: https://t.me/{ $bot }
