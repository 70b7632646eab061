"""The one way in which the project says no."""


class Refusal(Exception):  # noqa: N818 - it is what a person hears, not an error
    """Something asked for cannot be done.

    The text is a whole sentence for the person who asked: what is wrong, where (file, line or
    field) and what to do. It never repeats a value that could identify a patient.
    """


class NotHere(Refusal):
    """Nothing of that name in the asker's practice.

    Raised alike for what does not exist and for what belongs to another practice, so that the
    answer tells neither apart.
    """
