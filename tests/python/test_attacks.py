"""Every attack of the table breaks exactly the rules that it should, and no other."""

from pathlib import Path

import pytest

from angen_verify.log import RULES as LOG_RULES
from angen_verify.verdict import RULES
from angen_write.__main__ import SHARED, made_by_python
from angen_write.attacks import ATTACKS

# Findings that are worth knowing and never damage.
NEVER_BROKEN = {"O5", "B2", "M4", "T1"}
# The rules of a hub's log are tested with packages of the other implementation (test_log.py).
OWN_RULES = set(RULES) - set(LOG_RULES)


@pytest.mark.parametrize("attack", ATTACKS, ids=lambda attack: attack.name)
def test_an_attack_is_found_under_its_rules(attack, judge):
    verdict = judge(attack.bytes(), attack.root)
    found = (verdict.outcome, verdict.codes("broken"), verdict.codes("noted"))
    assert found == (attack.expected_verdict, attack.broken.split(), attack.noted.split()), {
        code: verdict.items(code) for code in found[1] + found[2]
    }


def test_names_of_attacks_are_unique():
    assert len({attack.name for attack in ATTACKS}) == len(ATTACKS)


def test_every_rule_is_broken_or_noted_at_least_once():
    broken = {code for attack in ATTACKS for code in attack.broken.split()}
    noted = {code for attack in ATTACKS for code in attack.noted.split()}
    assert broken == OWN_RULES - NEVER_BROKEN
    assert NEVER_BROKEN <= noted


def test_every_rule_is_in_the_shared_file():
    shared = [attack for attack in ATTACKS if attack.name in SHARED]
    codes = {code for attack in shared for code in (attack.broken + " " + attack.noted).split()}
    assert codes == OWN_RULES


def test_the_shared_file_is_what_this_code_makes():
    path = Path(__file__).parent / "made_by_python.json"
    assert path.read_text(encoding="utf-8") == made_by_python(), (
        "run `python -m angen_write made_by_python.json` in tests/python"
    )
    assert path.stat().st_size < 300_000
