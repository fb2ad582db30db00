"""Bundles: this implementation opens what the vectors say opens, and nothing else."""

import hashlib

import pytest

from angen_verify.bundle import open_bundle
from angen_verify.profile import NotInProfile
from angen_verify.shape import Misshapen
from test_rust_packages import cases


@pytest.mark.parametrize("case", cases("bundle.json", "bundles"))
def test_a_bundle_opens_for_the_same_reader(case):
    reader = case["reader"]
    certificate, secret = bytes.fromhex(reader["certificate"]), bytes.fromhex(reader["secret"])
    try:
        inside = open_bundle(bytes.fromhex(case["hex"]), certificate, secret)
    except (NotInProfile, Misshapen):
        inside = None
    if inside is None:
        assert case["opens"] is None
    else:
        found = {"sha256": hashlib.sha256(inside).hexdigest(), "length": len(inside)}
        assert found == case["opens"]


def test_no_flipped_bit_of_a_short_bundle_opens():
    case = cases("bundle.json", "bundles")[0].values[0]
    data, reader = bytes.fromhex(case["hex"]), case["reader"]
    certificate, secret = bytes.fromhex(reader["certificate"]), bytes.fromhex(reader["secret"])
    for at in range(len(data)):
        flipped = bytearray(data)
        flipped[at] ^= 1 << at % 8
        try:
            assert open_bundle(bytes(flipped), certificate, secret) is None, at
        except (NotInProfile, Misshapen):
            pass
