"""Recomputes numbers of the prose of lessons from the models printed beside them, and from nothing else.

    python3 Tests/Independent/page_numbers.py

`pages/NN-name.txt` holds every number that a page showed when it was read (`PageValueTests` compares them with the
code). A function below takes the models of a page, `given` in the same file, and knows the formula alone: no line of
it is the library's. Exit status 1 where a number differs, or a function has no number. Standard library only.
"""

import sys

import numbers_00_to_02
import numbers_03_to_04
import numbers_06_to_13
from pages_of_lessons import Page

NUMBERS = {**numbers_00_to_02.NUMBERS, **numbers_03_to_04.NUMBERS, **numbers_06_to_13.NUMBERS}


def main():
    pages, wrong = {}, 0
    for (lesson, name), function in NUMBERS.items():
        page = pages.setdefault(lesson, Page(lesson))
        kept = page.get("number " + name)
        try:
            found = function(page)
        except (KeyError, ValueError, ZeroDivisionError) as error:
            found = f"{type(error).__name__} {error}"
        if kept is None or isinstance(found, str) or abs(found - kept[0]) > 1e-7 * max(1, abs(found)):
            wrong += 1
            print(f"{lesson}/{name}: {found} where the page has {kept}")
    print(f"{len(NUMBERS)} numbers recomputed, {wrong} wrong")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
