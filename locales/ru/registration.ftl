# Знакомство: согласие, имя, место работы, должность, предметы, стаж; «Мой профиль».

# Текст согласия хранится так, как он был показан. Меняете текст — меняйте и номер версии.
consent-account-version = 1
consent-account =
    <b>Согласие на обработку персональных данных</b>

    Это «Учительская», бот для педагогов. Чтобы познакомиться, нужно Ваше согласие.

    <b>Кто отвечает за данные:</b> { $operator } ({ $contacts }).
    <b>Зачем они:</b> регистрация, мероприятия и объединения, наставничество.
    <b>Какие:</b> имя, место работы, должность, предметы, год начала работы и, если назовёте, год рождения; участие в мероприятиях и наставничестве; номер Вашей учётной записи в Telegram.
    <b>Что с ними делают:</b> собирают, хранят, уточняют, используют и удаляют, в том числе программой. Посторонним не передают.
    <b>Как долго:</b> пока Вы не отзовёте согласие; в резервных копиях — ещё до 30 дней.
    <b>Как отозвать:</b> во время знакомства — кнопкой «Отозвать согласие», позже — по контактам выше. Данные сотрут.

    На опросы о темах роста и о самочувствии согласие всегда спрашивают отдельно.
consent-agree = Даю согласие
consent-not-now = Не сейчас
consent-given = ✅ Согласие дано.
consent-withdraw = Отозвать согласие
consent-changed = Текст согласия изменился с тех пор, как Вы его открыли. Вот он сейчас.

registration-declined-title = <b>Хорошо, не сейчас</b>
registration-declined = О Вас ничего не сохранено, кроме номера учётной записи. Когда будете готовы, нажмите кнопку ниже или напишите /start.
registration-consider = Вернуться к согласию
registration-no-place-title = <b>Бот ещё настраивают</b>
registration-no-place = Зарегистрироваться пока нельзя: здесь ещё нет ни одной школы. Вопросы можно задать так: { $operator }, { $contacts }.
registration-retry = Проверить ещё раз

registration-link-school = Место работы из ссылки: { $school }.
registration-link-closed = Эта ссылка больше не действует. Ничего страшного: место работы можно выбрать самим.
registration-already-title = <b>{ $name }, Вы уже с нами</b>
registration-already = Ещё раз знакомиться не нужно. Сменить место работы можно в профиле: «Исправить», затем «Место работы».

registration-resumed = Продолжим с того места, где Вы остановились.
registration-left-title = <b>Знакомство отложено</b>
registration-left = Всё, что Вы ответили, сохранено. Вернуться можно в любой день: /start.
registration-over = Начать сначала
registration-over-title = <b>Начать сначала?</b>
registration-over-about = Прежние ответы сотрутся, согласие останется.

registration-where = <b>Знакомство</b> · { $n } из { $of }
registration-correcting = <b>Исправляем</b>
registration-button = { CAPITAL($what) }
registration-chosen = ✅ { CAPITAL($what) }
registration-list = { $before }, { $next }
registration-ready = Готово
registration-skip = Пропустить
registration-press-a-button = Здесь не нужно писать: выберите ответ кнопкой ниже.

registration-invited-to = Место работы: { $school }.
registration-is-it-you = Вас зовут { $name }?
registration-patronymic-hint = Добавить отчество или исправить имя можно через «Иначе».
registration-right = Да, верно
registration-otherwise = Иначе
registration-name-now = Сейчас: { $name }.
registration-ask-name = Как Вас зовут? Напишите одной строкой фамилию, имя и отчество, если оно есть.
registration-name-example = Например: Петрова Анна Сергеевна
registration-name-check = Проверим, так ли это прочиталось.
registration-family-name = Фамилия: { $name }
registration-given-name = Имя: { $name }
registration-patronymic = Отчество: { $name }
registration-swap = Поменять местами
registration-type-again = Написать иначе
registration-name-long = Для имени это слишком длинно. Нужны только фамилия, имя и отчество.
registration-name-odd = В имени могут быть только буквы и дефис. Попробуйте ещё раз, без цифр и значков.
registration-name-missing = Нужны и фамилия, и имя: по ним Вас узнают коллеги. Сначала фамилия.
registration-name-initials = Инициалов мало: напишите имя полностью.
registration-name-many = Слов больше, чем в имени. Нужны только фамилия, имя и отчество.

registration-ask-municipality = В каком Вы муниципалитете?
registration-municipality-type = Если нужного нет, напишите начало названия.
registration-no-such-municipality = По словам «{ $typed }» муниципалитета не нашлось. Напишите только начало его названия.
registration-ask-school = Где Вы работаете?
registration-school-type = Напишите номер или часть названия: «4», «садик 12», «лицей».
registration-school-now = Сейчас: { $school }.
registration-found = Выберите ниже. Если это не то, напишите иначе.
registration-found-more = Показаны первые. Если нужного нет, напишите точнее: номер или слово из названия.
registration-nothing-found = По словам «{ $typed }» ничего не нашлось. Попробуйте только номер или одно слово из названия.
registration-unlisted = Нет в списке
registration-ask-unlisted = Напишите, как называется место Вашей работы.
registration-unlisted-about = Методист увидит это название и добавит его в список.
registration-unlisted-odd = Напишите название буквами, одной строкой, не длиннее 120 знаков.

registration-ask-post = Кем Вы работаете?
registration-ask-subject = Какой предмет Вы ведёте?
registration-subject-more = Если предметов несколько, начните с основного: остальные можно добавить сразу после него.
registration-ask-subjects = Отметьте все предметы, которые ведёте.
registration-no-subjects = Не веду предметов
registration-no-subject-yet = Отметьте хотя бы один предмет.
registration-more-subjects = Веду ещё предмет
registration-subjects-so-far = Вы ведёте: { $subjects }.

registration-ask-began = С какого года идёт Ваш педагогический стаж?
registration-began-type = Год можно и написать.
registration-ask-born = В каком году Вы родились? Напишите год или пропустите.
registration-born-why = Год нужен только для общих чисел по возрасту; коллеги его не видят.
registration-year-unread = Напишите год четырьмя цифрами, например 2009.
registration-year-ahead = Этот год ещё не наступил. Проверьте, пожалуйста.
registration-year-ancient = Похоже на опечатку: это было слишком давно. Проверьте год.
registration-year-young = «Учительская» — для взрослых, которые работают. Если это опечатка, напишите год ещё раз.
registration-year-childhood = Получается, что стаж начался ещё в детстве. Проверьте год: здесь и год начала работы.

registration-summary-title = <b>Проверьте, всё ли верно</b>
registration-about-name = { $name }
registration-about-school = { $school }
registration-about-unlisted = { $school } (нет в списке, методист проверит)
registration-about-no-school = Место работы не указано
registration-about-place = { $place }
registration-about-post = { CAPITAL($post) }
registration-about-post-subjects = { CAPITAL($post) }: { $subjects }
registration-about-began = Педагогический стаж с { $year } года
registration-about-born = Год рождения: { $year }
registration-about-unborn = Год рождения не указан
registration-about-associations = { $n ->
    [1] Объединение: { $names }
   *[other] Объединения: { $names }
}
registration-about-choice = Объединения не выбраны: отметить свои можно через «Исправить».
registration-beginner = Вы работаете первые три года, поэтому Вам открыты наставники и «Школа молодого педагога».
registration-confirm = Всё верно
registration-correct = Исправить

registration-mend-title = <b>Что исправить?</b>
registration-mend-name = Имя
registration-mend-school = Место работы
registration-mend-municipality = Муниципалитет
registration-mend-post = Должность
registration-mend-subjects = Предметы
registration-mend-began = Стаж
registration-mend-born = Год рождения
registration-mend-associations = Объединения
registration-ask-associations = В каких объединениях Вы состоите?
registration-associations-why = Подобрано по должности и предметам. Отсюда придут приглашения на заседания; лишнее можно снять.
registration-no-associations = Для Вашей должности объединений пока нет.

registration-done-title = <b>Готово, { $name }</b>
registration-done = Вы зарегистрированы. Скоро коллеги подтвердят, что Вы работаете здесь, и откроется остальное.
registration-done-unlisted = Место работы методист добавит в список сам.

registration-profile = Мой профиль
registration-profile-title = <b>Мой профиль</b>
registration-saved = ✅ Сохранено.
registration-awaiting = ⏳ Скоро коллеги подтвердят, что Вы работаете здесь. До этого открыты общие мероприятия и самодиагностика.
registration-command-profile = Мой профиль
registration-help = Ваши имя, место работы и предметы: /profile.

post-teacher = учитель
post-primary = учитель начальных классов
post-kindergarten = воспитатель
post-psychologist = психолог
post-speech = логопед
post-social = соцпедагог
post-music = музыкальный руководитель
post-physical = инструктор по физкультуре
post-additional = педагог доп. образования
post-librarian = библиотекарь
post-deputy = завуч
post-director = директор
post-methodist = методист
post-other = другая должность

subject-russian = русский язык и литература
subject-maths = математика
subject-foreign = иностранный язык
subject-history = история и обществознание
subject-geography = география
subject-biology = биология
subject-chemistry = химия
subject-physics = физика
subject-computing = информатика
subject-art = музыка, ИЗО, МХК
subject-technology = труд (технология)
subject-pe = физкультура
subject-safety = ОБЗР
subject-religions = ОРКСЭ
subject-other = другой предмет
