"""How hard a text is to read: the Flesch–Kincaid grade, with a small counter of syllables.

Grade = 0.39 · words/sentences + 11.8 · syllables/words − 15.59 (Kincaid 1975). Numbers count as one
word of one syllable, as most tools do.
"""

import re

_SENTENCE_END = re.compile(r"[.!?]+(?=\s|$)|\n")
_WORD = re.compile(r"[A-Za-z’'-]+|\d[\d ]*")


def grade(text: str) -> float:
    words = _WORD.findall(text)
    spoken = sum(syllables(word) for word in words)
    return 0.39 * len(words) / len(sentences(text)) + 11.8 * spoken / len(words) - 15.59


def longest_sentence(text: str) -> int:
    return max(len(_WORD.findall(sentence)) for sentence in sentences(text))


def sentences(text: str) -> list[str]:
    return [part for part in _SENTENCE_END.split(text) if _WORD.search(part)]


def syllables(word: str) -> int:
    """Groups of vowels, without a silent e at the end; at least one."""
    word = word.lower()
    groups = len(re.findall(r"[aeiouy]+", word))
    silent = re.search(r"[^aeiouyl]e[sd]?$", word) and not re.search(r"(?:[td]ed|[sxz]es|ches|shes)$", word)
    return max(1, groups - bool(silent))
