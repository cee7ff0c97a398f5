# Показ: что говорит консоль и кто эти люди.

playground-open = Телефоны на столе: { $address } (остановить: Ctrl-C)
playground-operator = Методический центр Заречного района (выдуманный)
playground-operator-contacts = Заречный, ул. Школьная, 1
playground-help-contacts = психолог методического центра Вера Ильинична, кабинет 12; телефон доверия Вашего региона
playground-teacher = учитель математики
playground-mentor = наставник
playground-methodist = методист
playground-young-specialist = молодой специалист
