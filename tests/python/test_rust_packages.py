"""This implementation and the vectors of the ledger say the same about every package and item."""

import hashlib
import io
import json
from pathlib import Path

import pytest

from angen_verify.blob import Decryptor
from angen_verify.body import decode_body
from angen_verify.certificate import decode_certificate
from angen_verify.hashing import CERTIFICATE, SEAL, named_hash
from angen_verify.op import decode_header
from angen_verify.package import verify
from angen_verify.profile import NotInProfile
from angen_verify.seal import decode_seal
from angen_verify.shape import Misshapen

FOLDER = Path(__file__).resolve().parents[2] / "core" / "ledger" / "tests" / "vectors"


def cases(file: str, key: str) -> list:
    """The vectors of one list, or one skipped case that says which file is not there."""
    path = FOLDER / file
    if not path.exists():
        reason = f"core/ledger/tests/vectors/{file} is not there"
        return [pytest.param(None, marks=pytest.mark.skip(reason=reason), id="absent")]
    found = json.loads(path.read_text(encoding="utf-8")).get(key, [])
    assert found, f"{file} has no {key}"
    return [pytest.param(case, id=f"{at} {case.get('name', case.get('why', ''))}")
            for at, case in enumerate(found)]


def decoded(decode, hexadecimal: str):
    """The decoded item, or None where it is refused."""
    try:
        return decode(bytes.fromhex(hexadecimal))
    except (NotInProfile, Misshapen):
        return None


@pytest.mark.parametrize("case", cases("packages.json", "packages"))
def test_a_package_has_the_same_verdict(case):
    root = bytes.fromhex(case["root"]) if case["root"] else None
    verdict = verify(io.BytesIO(bytes.fromhex(case["hex"])), root)
    found = (verdict.outcome, set(verdict.codes("broken")), set(verdict.codes("noted")))
    assert found == (case["verdict"], set(case["broken"]), set(case["noted"])), {
        code: verdict.items(code) for code in verdict.codes("broken") + verdict.codes("noted")
    }


@pytest.mark.parametrize("case", cases("ops.json", "hashes"))
def test_a_named_hash_is_the_same(case):
    data = bytes.fromhex(case["input_hex"])
    assert named_hash(case["name"].encode("ascii"), data).hex() == case["output_hex"]


@pytest.mark.parametrize("case", cases("ops.json", "headers"))
def test_a_header_is_kept_or_refused_alike(case):
    op = decoded(decode_header, case["hex"])
    assert (op is not None) == case["valid"], case.get("why")
    if op:
        assert op.hash.hex() == case["op_hash"]


@pytest.mark.parametrize("case", cases("ops.json", "bodies"))
def test_a_body_is_kept_or_refused_alike(case):
    body = decoded(decode_body, case["hex"])
    assert (body is not None) == case["valid"], case.get("why")
    if body:
        assert body.commitment.hex() == case["commitment"]


@pytest.mark.parametrize("case", cases("ops.json", "certificates"))
def test_a_certificate_is_kept_or_refused_alike(case):
    certificate = decoded(decode_certificate, case["hex"])
    # Only a root can be verified without another certificate.
    valid = certificate is not None and (
        not certificate.is_root or certificate.signed_by(certificate)
    )
    assert valid == case["valid"], case.get("why")
    if case["hash"] is not None:
        assert named_hash(CERTIFICATE, bytes.fromhex(case["hex"])).hex() == case["hash"]


@pytest.mark.parametrize("case", cases("ops.json", "seals"))
def test_a_seal_is_kept_or_refused_alike(case):
    seal = decoded(decode_seal, case["hex"])
    certificate = decode_certificate(bytes.fromhex(case["certificate_hex"]))
    valid = seal is not None and seal.signed.kid == certificate.hash and seal.signed_by(certificate)
    assert valid == case["valid"], case.get("why")
    if case["hash"] is not None:
        assert named_hash(SEAL, bytes.fromhex(case["hex"])).hex() == case["hash"]


@pytest.mark.parametrize("case", cases("ops.json", "blobs"))
def test_a_blob_has_the_same_original(case):
    cipher = bytes.fromhex(case["cipher_hex"])
    assert hashlib.sha256(cipher).hexdigest() == case["address_hex"]
    decryptor = Decryptor(bytes.fromhex(case["key_hex"]))
    decryptor.update(cipher)
    assert decryptor.finish()
    plain = bytes.fromhex(case["plain_hex"])
    length, sha256, sm3 = decryptor.digests()
    assert (length, sha256.hex(), sm3.hex()) == (len(plain), case["sha256_hex"], case["sm3_hex"])
    assert hashlib.sha256(plain).digest() == sha256
