"""Does Python say of a package what the core says?"""

import pytest
from angen_write.bench import Bench
from angen_write.scenes import root_fingerprint, small

import angen


@pytest.fixture
def package(tmp_path):
    """A package that the second implementation wrote, from the protocol alone."""
    path = tmp_path / "small.angen"
    path.write_bytes(small(Bench()))
    return path


def test_a_package_of_the_second_implementation_verifies(package):
    root = root_fingerprint().hex()
    verdict = angen.verify_package(str(package), root)
    assert (verdict.outcome, verdict.root) == (
        angen.VerdictOutcome.VERIFIES, angen.RootAnswer.KNOWN)
    assert verdict.roots == [root]
    assert "验证通过" in verdict.headline.zh and "VERIFIES" in verdict.headline.en
    assert "没有证明" in verdict.proved[1].zh
    assert verdict.ops == 4 and verdict.blobs_held == 1
    assert all(rule.status != angen.RuleStatus.BROKEN for rule in verdict.rules)


def test_without_a_root_the_issuer_is_unknown(package):
    assert angen.verify_package(str(package), None).root == angen.RootAnswer.UNKNOWN


def test_another_root_is_told(package):
    verdict = angen.verify_package(str(package), "00" * 32)
    assert verdict.root == angen.RootAnswer.OTHER


@pytest.mark.parametrize("at", [0.3, 0.6, 0.9])
def test_a_byte_that_was_changed_is_named(package, at):
    whole = bytearray(package.read_bytes())
    whole[int(len(whole) * at)] ^= 1
    package.write_bytes(whole)
    verdict = angen.verify_package(str(package), None)
    assert verdict.outcome == angen.VerdictOutcome.REFUSED
    broken = [rule for rule in verdict.rules if rule.status == angen.RuleStatus.BROKEN]
    assert broken and all(rule.items[0].zh and rule.items[0].en for rule in broken)
    assert list(angen.findings(str(package))) == []


def test_what_is_no_package_is_said_to_be_none(tmp_path):
    path = tmp_path / "photo.jpg"
    path.write_bytes(b"\xff\xd8\xff\xe0 not a package")
    assert angen.verify_package(str(path), None).outcome == angen.VerdictOutcome.UNREADABLE


def test_a_file_that_is_not_there_is_an_error_in_both_languages(tmp_path):
    with pytest.raises(angen.ApiError.NotFound) as error:
        angen.verify_package(str(tmp_path / "gone.angen"), None)
    assert "gone.angen" in error.value.zh and "gone.angen" in error.value.en


def test_text_that_is_no_fingerprint_is_an_error(package):
    with pytest.raises(angen.ApiError.Invalid):
        angen.verify_package(str(package), "no fingerprint")
