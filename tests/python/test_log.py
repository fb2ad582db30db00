"""The log of a hub: this implementation says the same as the vectors, item by item."""

import io
import json

import pytest

from angen_verify.certificate import decode_certificate
from angen_verify.entry import decode_entry, decode_receipt, decode_refusal
from angen_verify.hashing import REFUSAL, named_hash
from angen_verify.note import decode_checkpoint, is_origin
from angen_verify.package import verify
from angen_verify.profile import NotInProfile
from angen_verify.shape import Misshapen
from angen_verify.tree import is_consistent, leaf_hash, root_by_inclusion, root_of_leaves
from test_rust_packages import FOLDER, cases, decoded


def hashes(texts: list) -> list[bytes]:
    return [bytes.fromhex(text) for text in texts]


@pytest.mark.parametrize("case", cases("receipts.json", "packages"))
def test_a_package_with_a_log_has_the_same_verdict(case):
    root = bytes.fromhex(case["root"]) if case["root"] else None
    verdict = verify(io.BytesIO(bytes.fromhex(case["hex"])), root)
    found = (verdict.outcome, set(verdict.codes("broken")), set(verdict.codes("noted")))
    assert found == (case["verdict"], set(case["broken"]), set(case["noted"])), {
        code: verdict.items(code) for code in verdict.codes("broken") + verdict.codes("noted")
    }


def test_every_op_has_an_interval():
    text = (FOLDER / "receipts.json").read_text(encoding="utf-8")
    [case] = [row for row in json.loads(text)["packages"]
              if row["name"] == "every seal and blob with a receipt"]
    verdict = verify(io.BytesIO(bytes.fromhex(case["hex"])))
    assert verdict.codes("noted") == []
    begin = 1_795_420_800_000
    old, new = begin + 2_000, begin + 5_000
    assert list(verdict.intervals.values()) == [(None, new)] * 4 + [(old, new)] * 2


def test_no_flipped_bit_of_a_package_with_a_log_passes():
    text = (FOLDER / "receipts.json").read_text(encoding="utf-8")
    package = bytes.fromhex(json.loads(text)["packages"][0]["hex"])
    for at in range(0, len(package), 17):
        flipped = bytearray(package)
        flipped[at] ^= 1 << at % 8
        assert verify(io.BytesIO(bytes(flipped))).outcome != "verifies", at


@pytest.mark.parametrize("case", cases("log.json", "hashes"))
def test_a_named_hash_of_the_log_is_the_same(case):
    data = bytes.fromhex(case["input_hex"])
    assert named_hash(case["name"].encode("ascii"), data).hex() == case["output_hex"]


@pytest.mark.parametrize("case", cases("log.json", "trees"))
def test_a_tree_has_the_same_root(case):
    text = (FOLDER / "log.json").read_text(encoding="utf-8")
    leaves = hashes(json.loads(text)["leaves"])
    assert root_of_leaves(leaves[: case["size"]]).hex() == case["root"]


@pytest.mark.parametrize("case", cases("log.json", "inclusions"))
def test_a_proof_of_inclusion_is_judged_alike(case):
    leaf = leaf_hash(bytes.fromhex(case["leaf"]))
    root = root_by_inclusion(leaf, case["index"], case["size"], hashes(case["proof"]))
    assert (root == bytes.fromhex(case["root"])) == case["valid"]


@pytest.mark.parametrize("case", cases("log.json", "consistencies"))
def test_a_proof_of_consistency_is_judged_alike(case):
    old_root, new_root = bytes.fromhex(case["old_root"]), bytes.fromhex(case["new_root"])
    proof = hashes(case["proof"])
    assert is_consistent(case["old"], old_root, case["new"], new_root, proof) == case["valid"]


@pytest.mark.parametrize("case", cases("log.json", "entries"))
def test_an_entry_is_kept_or_refused_alike(case):
    entry = decoded(decode_entry, case["hex"])
    assert (entry and entry.leaf_data.hex()) == case["leaf_data"]


@pytest.mark.parametrize("case", cases("log.json", "checkpoints"))
def test_a_checkpoint_is_kept_or_refused_alike(case):
    try:
        checkpoint = decode_checkpoint(case["note"])
        time_ms = checkpoint.time_by(bytes.fromhex(case["key"]))
    except Misshapen:
        time_ms = None
    said = time_ms and {
        "origin": checkpoint.origin, "size": checkpoint.size, "root": checkpoint.root.hex(),
        "time_ms": time_ms,
    }
    assert said == case["says"]
    assert case["valid"] == (said is not None)


@pytest.mark.parametrize("case", cases("log.json", "receipts"))
def test_a_receipt_is_judged_alike(case):
    items = [5, bytes.fromhex(case["entry"]), case["index"], case["size"], hashes(case["proof"])]
    try:
        root = decode_receipt(items, 0).root.hex()
    except (NotInProfile, Misshapen):
        root = None
    assert (root == case["root"]) == case["valid"]


@pytest.mark.parametrize("case", cases("log.json", "refusals"))
def test_a_refusal_is_judged_alike(case):
    hub = decode_certificate(bytes.fromhex(case["certificate_hex"]))
    refusal = decoded(decode_refusal, case["hex"])
    good = refusal is not None and refusal[0].kid == hub.hash
    assert (good and refusal[0].verifies(hub.key, hub.alg, REFUSAL)) == case["valid"]


def test_an_origin_names_a_hub_and_an_epoch():
    assert all(map(is_origin, ["a/1", "rizhao.example/donggang/1", "x/4294967295"]))
    bad = ["", "a", "/1", "a/", "a/0", "a/01", "a/+1", "a/1\n", "a b/1", "日照/1", "x/4294967296", 7]
    assert not any(map(is_origin, bad))
