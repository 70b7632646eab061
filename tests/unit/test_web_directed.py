"""H-27 on a screen: a number inside another language keeps its order, an English sentence its language."""

from imp2art.documents.directions import in_another_language, isolate
from imp2art.web.design.directed import directed


def test_a_number_stands_in_an_element_that_reads_from_the_left() -> None:
    assert directed(isolate("اتصل 0131 496 0000", "ar")) == 'اتصل <bdi dir="ltr">0131 496 0000</bdi>'


def test_an_english_sentence_says_its_language() -> None:
    assert directed(in_another_language("Call 999.")) == '<bdi dir="ltr" lang="en">Call 999.</bdi>'


def test_what_a_person_typed_is_escaped_inside_and_outside() -> None:
    assert directed("<b>" + in_another_language("<i>")) == (
        '&lt;b&gt;<bdi dir="ltr" lang="en">&lt;i&gt;</bdi>'
    )
