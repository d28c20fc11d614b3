"""The names of the months, in English."""

from bitext.text.words import entries, forms

#: Each name of a month in small letters, short or whole, and the month's number.
MONTHS = {
    form.lower(): number
    for number, entry in enumerate(entries("dates/months"), 1)
    for form in forms(entry)
}
#: The whole names of the months, January first.
MONTH_NAMES = tuple(max(forms(entry), key=len) for entry in entries("dates/months"))
