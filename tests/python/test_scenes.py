"""Good packages verify, and say what is worth knowing about them."""

import pytest

from angen_verify.log import RULES as LOG_RULES
from angen_verify.verdict import RULES
from angen_write import scenes
from angen_write.bench import Bench

SCENES = {
    "small": [],
    "conflict": [],
    "withheld": ["B2", "M4"],
    "forked": ["O5"],
    "excerpt": ["O3", "S3"],
    "visit": ["O5", "B2"],
}


@pytest.mark.parametrize("name", SCENES)
def test_a_good_package_verifies_and_notes_what_it_should(name, judge, root):
    verdict = judge(getattr(scenes, name)(Bench()), root)
    assert (verdict.outcome, verdict.root) == ("verifies", "known")
    assert verdict.codes("noted") == SCENES[name]
    assert verdict.codes("not_checked") == list(LOG_RULES)


def test_every_rule_is_in_the_json(judge, small_package):
    verdict = judge(small_package).as_json()
    assert list(verdict["rules"]) == list(RULES)
    assert verdict["rules"]["K3"]["status"] == "not_checked"
    assert verdict["root"] == "unknown"


def test_a_fork_names_both_branches(judge):
    items = judge(scenes.forked(Bench())).items("O5")
    assert len(items) == 1 and items[0].count("answer.set/1 seq 1") == 2


def test_withheld_names_are_listed(judge):
    items = " ".join(judge(scenes.withheld(Bench())).items("B2"))
    for word in ("informant", "blob_key", "caption", "whole body"):
        assert word in items


def test_a_film_altered_in_its_second_frame_is_refused(judge):
    data = bytearray(scenes.visit(Bench()))
    at = data.rindex(b"\x84\x04")
    assert at > 1_048_576, "the last blob frame is that of the empty file, behind the film"
    data[at - 20] ^= 1
    assert judge(bytes(data)).codes("broken") == ["C3", "M1", "M2"]


def test_scenes_are_the_same_bytes_every_time(small_package):
    assert scenes.small(Bench()) == small_package
