"""Bank holidays of the United Kingdom by rule, in the shape that gov.uk publishes."""

from datetime import date, timedelta

SATURDAY = 5
DIVISIONS = ("england-and-wales", "scotland", "northern-ireland")


def easter(year):
    """Easter Sunday, by the anonymous Gregorian algorithm."""
    a, b, c = year % 19, year // 100, year % 100
    d = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    e = (32 + 2 * (b % 4) + 2 * (c // 4) - d - c % 4) % 7
    f = d + e - 7 * ((a + 11 * d + 22 * e) // 451) + 114
    return date(year, f // 31, f % 31 + 1)


def first_monday(year, month):
    first = date(year, month, 1)
    return first + timedelta(days=-first.weekday() % 7)


def last_monday(year, month):
    last = date(year, month, 31)
    return last - timedelta(days=last.weekday())


def fixed(year, division):
    """Days tied to a date: at a weekend, the next free weekday stands in for them."""
    scotland, ireland = division == "scotland", division == "northern-ireland"
    yield "New Year’s Day", date(year, 1, 1), True
    if scotland:
        yield "2nd January", date(year, 1, 2), True
        yield "St Andrew’s Day", date(year, 11, 30), True
    if ireland:
        yield "St Patrick’s Day", date(year, 3, 17), True
        yield "Battle of the Boyne (Orangemen’s Day)", date(year, 7, 12), False
    yield "Christmas Day", date(year, 12, 25), True
    yield "Boxing Day", date(year, 12, 26), True


def movable(year, division):
    sunday = easter(year)
    yield "Good Friday", sunday - timedelta(days=2), False
    if division != "scotland":
        yield "Easter Monday", sunday + timedelta(days=1), True
    yield "Early May bank holiday", first_monday(year, 5), True
    yield "Spring bank holiday", last_monday(year, 5), True
    summer = first_monday if division == "scotland" else last_monday
    yield "Summer bank holiday", summer(year, 8), True
    if division == "scotland" and year == 2026:
        # By royal proclamation, for the football World Cup.
        yield "World Cup bank holiday", date(2026, 6, 15), True


def events(years, division):
    found = {}
    for year in years:
        for title, day, bunting in movable(year, division):
            found[day] = (title, "", bunting)
        days = list(fixed(year, division))
        on_weekdays = [row for row in days if row[1].weekday() < SATURDAY]
        at_weekends = [row for row in days if row[1].weekday() >= SATURDAY]
        for title, day, bunting in on_weekdays:
            found[day] = (title, "", bunting)
        for title, day, bunting in at_weekends:
            while day.weekday() >= SATURDAY or day in found:
                day += timedelta(days=1)
            found[day] = (title, "Substitute day", bunting)
    return [
        {"title": title, "date": day.isoformat(), "notes": notes, "bunting": bunting}
        for day, (title, notes, bunting) in sorted(found.items())
    ]


def divisions(years):
    return {
        division: {"division": division, "events": events(years, division)}
        for division in DIVISIONS
    }
