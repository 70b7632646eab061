"""Run in a process of its own: issue a plan to the first person of a site, and make a link to it.

Prints the public id, the date of birth, the link's path and the plan's code.
"""

from __future__ import annotations

import os
from dataclasses import replace

import django
from django.conf import settings

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "imp2art.web.site.settings")
django.setup()

from imp2art.store.practices import practice_codes  # noqa: E402
from imp2art.store.scope import PracticeScope  # noqa: E402
from tests.integration.shared_plans import TOKEN, code_of, issue, link_to  # noqa: E402
from tests.spec.plans import TWO_INHALERS  # noqa: E402

practice = practice_codes()[0]
person = PracticeScope(practice).needs()[0].public_id
kept = PracticeScope(practice).record(person)
assert kept is not None
assert settings.HOME.name == "demo"
who = replace(
    TWO_INHALERS.person,
    name=kept.record.patient.name,
    born=kept.record.patient.born,
    nhs_number=kept.record.patient.nhs_number,
)
issue(person, 1, practice, person=who)
link_to(person, TOKEN, practice)
print(person, kept.record.patient.born, f"/plan/{TOKEN}/", code_of(1, practice))
