# The show: what the console says and who these people are.

playground-open = The phones are on the table: { $address } (stop with Ctrl-C)
playground-operator = Methodical centre of Zarechny district (invented)
playground-operator-contacts = Zarechny, 1 School street
playground-help-contacts = the centre's psychologist Vera Ilyinichna, room 12; your region's helpline
playground-teacher = mathematics teacher
playground-mentor = mentor
playground-methodist = methodist
playground-young-specialist = young specialist
