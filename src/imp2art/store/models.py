"""The tables. Nothing outside `store` imports this module: a contract says so.

What is rich and regulated (a review, a plan, a report) is kept whole as JSON beside the few columns
that are queried. State that matters is appended and attributed, never overwritten.
"""

from __future__ import annotations

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q

from imp2art.core.actor import Role


class Practice(models.Model):
    """A general practice of this site."""

    code = models.CharField(max_length=8, primary_key=True)
    name = models.CharField(max_length=200)
    nation = models.CharField(max_length=20)
    phone = models.CharField(max_length=30, blank=True)
    out_of_hours_phone = models.CharField(max_length=30, blank=True)


class User(AbstractBaseUser):
    """Someone who signs in. `practice` is empty for those who belong to none, such as the operator.

    There is no superuser, no group and no permission row: `role` is the only source of rights.
    """

    username = models.CharField(max_length=150, unique=True)
    name = models.CharField(max_length=200)
    email = models.EmailField(blank=True)
    role = models.CharField(
        max_length=20, choices=[(role.value, role.value) for role in Role if role is not Role.PATIENT]
    )
    practice = models.ForeignKey(Practice, null=True, blank=True, on_delete=models.PROTECT)
    is_active = models.BooleanField(default=True)

    objects = BaseUserManager()

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name", "role"]

    def __str__(self) -> str:
        return self.username

    def get_full_name(self) -> str:
        """The name as people say it; Django's word for it."""
        return self.name


class ExtractImport(models.Model):
    """One accepted extract. `digest` names its content: the same one twice is a no-op."""

    practice = models.ForeignKey(Practice, on_delete=models.PROTECT)
    digest = models.CharField(max_length=71)
    taken_on = models.DateField()
    manifest = models.JSONField()
    counts = models.JSONField()
    reason = models.TextField(blank=True)
    accepted_by = models.CharField(max_length=200)
    accepted_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["practice", "digest"], name="an_extract_is_accepted_once")
        ]


class PatientRow(models.Model):
    """A person of one practice. `public_id` is opaque and is the only identifier in an address."""

    practice = models.ForeignKey(Practice, on_delete=models.PROTECT)
    patient_id = models.CharField(max_length=36)
    public_id = models.CharField(max_length=32, unique=True)
    in_extract = models.BooleanField(default=True)
    nhs_number = models.CharField(max_length=10)
    born = models.DateField()
    sex = models.CharField(max_length=1)
    given_name = models.CharField(max_length=200)
    family_name = models.CharField(max_length=200)
    imd_decile = models.SmallIntegerField(null=True)
    ethnicity = models.CharField(max_length=2, null=True)
    language = models.CharField(max_length=35, null=True)
    died = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["practice", "patient_id"], name="a_patient_is_in_a_practice_once")
        ]


class RegistrationRow(models.Model):
    """A spell on the list."""

    patient = models.ForeignKey(PatientRow, on_delete=models.CASCADE)
    start = models.DateField()
    end = models.DateField(null=True)
    kind = models.CharField(max_length=10)


class EventRow(models.Model):
    """A coded entry from the practice's extract."""

    patient = models.ForeignKey(PatientRow, on_delete=models.CASCADE)
    first = models.DateField()
    last = models.DateField()
    system = models.CharField(max_length=10)
    code = models.CharField(max_length=18)
    value = models.CharField(max_length=20, blank=True)
    unit = models.CharField(max_length=10, blank=True)


class IssueRow(models.Model):
    """A medicine issue from the practice's extract."""

    patient = models.ForeignKey(PatientRow, on_delete=models.CASCADE)
    on = models.DateField()
    code = models.CharField(max_length=18)
    quantity = models.CharField(max_length=20, blank=True)
    unit = models.CharField(max_length=10)
    directions = models.CharField(max_length=300, blank=True)


class NeedRow(models.Model):
    """Why this person is on the register's page, worked out from the record as at a day."""

    patient = models.OneToOneField(PatientRow, on_delete=models.CASCADE)
    priority = models.IntegerField()
    last_review = models.DateField(null=True)
    plan_state = models.CharField(max_length=20)
    body = models.JSONField()
    as_at = models.DateField()


class ReviewDraft(models.Model):
    """A review being written; never shown to a patient, never sent anywhere (H-18)."""

    patient = models.OneToOneField(PatientRow, on_delete=models.CASCADE)
    key = models.CharField(max_length=32)  # becomes the review's id: finishing twice is one review
    version = models.IntegerField()
    body = models.JSONField()
    saved_by = models.CharField(max_length=200)
    saved_at = models.DateTimeField()


class ReviewRow(models.Model):
    """A finished review. Its id is the draft's key."""

    id = models.CharField(max_length=32, primary_key=True)
    patient = models.ForeignKey(PatientRow, on_delete=models.PROTECT)
    done_on = models.DateField()
    body = models.JSONField()
    done_by = models.CharField(max_length=200)
    done_at = models.DateTimeField()
    kind = models.CharField(max_length=10, null=True)


class ActionPlanRow(models.Model):
    """An issued plan, its page and the page's digest. Only `replaced_at` ever changes."""

    patient = models.ForeignKey(PatientRow, on_delete=models.PROTECT)
    review = models.OneToOneField(ReviewRow, on_delete=models.PROTECT)
    version = models.IntegerField()
    body = models.JSONField()
    pdf = models.BinaryField()
    pdf_digest = models.CharField(max_length=71)
    issued_by = models.CharField(max_length=200)
    issued_at = models.DateTimeField()
    replaced_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["patient", "version"], name="a_plan_version_exists_once"),
            models.UniqueConstraint(
                fields=["patient"], condition=Q(replaced_at__isnull=True), name="one_current_plan"
            ),
        ]


class PlanCodeRow(models.Model):
    """The code on every copy of a plan, beside the plan that it was drawn for. Only added."""

    plan = models.OneToOneField(ActionPlanRow, on_delete=models.PROTECT)
    code = models.CharField(max_length=12, unique=True)


class PlanLinkRow(models.Model):
    """A way to a person's plan without an account. The token itself is not kept. Only added."""

    plan = models.ForeignKey(ActionPlanRow, on_delete=models.PROTECT)
    token_digest = models.CharField(max_length=71, unique=True)
    made_by = models.CharField(max_length=200)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()


class PlanLinkStepRow(models.Model):
    """What happened to a link: opened, a wrong date, withdrawn; read, used or not used. Only added."""

    link = models.ForeignKey(PlanLinkRow, on_delete=models.PROTECT)
    step = models.CharField(max_length=12)
    version = models.IntegerField()
    by = models.CharField(max_length=200)
    at = models.DateTimeField()


class CodedEntryRow(models.Model):
    """A code that a review wrote; part of the record from then on."""

    review = models.ForeignKey(ReviewRow, on_delete=models.PROTECT)
    patient = models.ForeignKey(PatientRow, on_delete=models.PROTECT)
    on = models.DateField()
    system = models.CharField(max_length=10)
    code = models.CharField(max_length=18)
    term = models.CharField(max_length=300)
    value = models.CharField(max_length=20, blank=True)
    unit = models.CharField(max_length=10, blank=True)


class OutboxEntry(models.Model):
    """Something that must leave the site: kept with its cause, sent later by the worker.

    It is about a patient, or about a practice as a whole: one of the two is given.
    """

    key = models.CharField(max_length=80, unique=True)
    patient = models.ForeignKey(PatientRow, null=True, on_delete=models.PROTECT)
    practice = models.ForeignKey(Practice, null=True, on_delete=models.PROTECT)
    kind = models.CharField(max_length=20)
    body = models.JSONField()
    state = models.CharField(max_length=10, default="waiting")
    due_at = models.DateTimeField()  # not before this; also the end of a worker's lease
    attempts = models.IntegerField(default=0)  # the number of the lease: an older worker's word is refused
    created_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    last_error = models.TextField(blank=True)

    class Meta:
        indexes = [models.Index(fields=["state", "due_at"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(patient__isnull=True, practice__isnull=False)
                | Q(patient__isnull=False, practice__isnull=True),
                name="about_a_patient_or_a_practice",
            )
        ]


class ReportRow(models.Model):
    """A kept month's report: pages show it, they never work it out again. Only added."""

    practice = models.ForeignKey(Practice, on_delete=models.PROTECT)
    month_end = models.DateField()
    body = models.JSONField()
    manifest = models.JSONField()
    made_by = models.CharField(max_length=200)
    made_at = models.DateTimeField()


class ReportStepRow(models.Model):
    """One step of a month's report clock: due, received, accepted, run, checked, released, or delayed.

    Only ever added. A delay names its cause and its owner.
    """

    practice = models.ForeignKey(Practice, on_delete=models.PROTECT)
    month_end = models.DateField()
    step = models.CharField(max_length=12)
    report = models.ForeignKey(ReportRow, null=True, on_delete=models.PROTECT)
    cause = models.CharField(max_length=40, blank=True)
    owner = models.CharField(max_length=200, blank=True)
    detail = models.JSONField(default=dict)
    by = models.CharField(max_length=200)
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["practice", "month_end"])]


class ReportVersionRow(models.Model):
    """Which version of the report a practice gets from `at` on; its trial arm decides. Only added."""

    practice = models.ForeignKey(Practice, on_delete=models.PROTECT)
    version = models.CharField(max_length=10)
    by = models.CharField(max_length=200)
    at = models.DateTimeField()


class ReleasedFiguresRow(models.Model):
    """A month's figures as they left the practice, protected. Written once, never again."""

    practice = models.ForeignKey(Practice, on_delete=models.PROTECT)
    month_end = models.DateField()
    body = models.JSONField()
    digest = models.CharField(max_length=71)
    released_by = models.CharField(max_length=200)
    released_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["practice", "month_end"], name="a_month_is_released_once")
        ]


class PeerFiguresRow(models.Model):
    """A month's protected figures of many practices, to compare one's own with. The newest counts."""

    month_end = models.DateField()
    body = models.JSONField()
    digest = models.CharField(max_length=71)
    by = models.CharField(max_length=200)
    at = models.DateTimeField()


class ListMarkRow(models.Model):
    """What the practice did about one person on one indicator's list. The newest row counts; only added."""

    practice = models.ForeignKey(Practice, on_delete=models.PROTECT)
    patient = models.ForeignKey(PatientRow, on_delete=models.PROTECT)
    slug = models.CharField(max_length=40)
    mark = models.CharField(max_length=20)
    reason = models.CharField(max_length=300, blank=True)
    assignee = models.ForeignKey(User, null=True, on_delete=models.PROTECT)
    by = models.CharField(max_length=200)
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["practice", "slug"])]


class ReportReadingRow(models.Model):
    """Someone opened a report, one indicator of it, or a list behind it. Only added."""

    practice = models.ForeignKey(Practice, on_delete=models.PROTECT)
    month_end = models.DateField()
    slug = models.CharField(max_length=40, blank=True)
    what = models.CharField(max_length=20)
    role = models.CharField(max_length=20)
    reader = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["practice", "month_end"])]


class FacilitatedPractice(models.Model):
    """Which facilitator supports which practice."""

    practice = models.ForeignKey(Practice, on_delete=models.PROTECT)
    facilitator = models.ForeignKey(User, on_delete=models.PROTECT)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["practice", "facilitator"], name="supported_by_one_person_once")
        ]


class TableSetStepRow(models.Model):
    """One step of a set of tables on its way to a researcher: asked for, checked twice, released.

    Only ever added. The first row of a set says what is in it and its digest.
    """

    table_set = models.CharField(max_length=32)
    action = models.CharField(max_length=20)
    body = models.JSONField(default=dict)
    actor_id = models.CharField(max_length=64)
    role = models.CharField(max_length=20)
    by = models.CharField(max_length=200)
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["table_set"])]


class AuditEvent(models.Model):
    """Who did what to whom, when. Rows are only ever added; a trigger refuses the rest."""

    at = models.DateTimeField()
    actor_id = models.CharField(max_length=64)
    actor_name = models.CharField(max_length=200)
    role = models.CharField(max_length=20)
    practice_code = models.CharField(max_length=8, blank=True)
    verb = models.CharField(max_length=40)
    subject = models.CharField(max_length=64, blank=True)
    detail = models.JSONField(default=dict)

    class Meta:
        indexes = [models.Index(fields=["practice_code", "subject"])]
