"""The parts do what published standards and the page say."""

import hashlib
import io

import cbor2
import pytest

from angen_verify import profile
from angen_verify.blob import SEALED_CHUNK_BYTES, Decryptor
from angen_verify.cose import EDDSA, ES256, cose_key
from angen_verify.frames import EndOfFrames, FrameReader
from angen_verify.hashing import Sm3, named_hash
from angen_verify.people import People
from angen_verify.verdict import Verdict
from angen_write.bench import Bench
from angen_write.seeds import seeded

# GB/T 32905-2016, example 1.
SM3_OF_ABC = "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"
PRIME = 2**255 - 19
SQRT_OF_MINUS_1 = pow(2, (PRIME - 1) // 4, PRIME)


def test_sm3_is_that_of_the_standard():
    assert Sm3(b"abc").digest().hex() == SM3_OF_ABC


def test_a_hash_is_taken_under_its_name():
    assert named_hash(b"angen/op/1", b"x") == hashlib.sha256(b"angen/op/1\x00x").digest()


@pytest.mark.parametrize("hexadecimal, why", [
    ("1801", "a longer head than needed"),
    ("9f01ff", "an array without length"),
    ("5f4101ff", "a byte string in pieces"),
    ("bf616101ff", "a map without length"),
    ("a2616201616101", "map keys that are not sorted"),
    ("a2616101616102", "a key twice"),
    ("a10102", "a key that is not text"),
    ("f7", "undefined"),
    ("e0", "a simple value"),
    ("f93c00", "a float"),
    ("c101", "a tag"),
    ("c249010000000000000000", "a big number"),
    ("1b8000000000000000", "over the greatest integer"),
    ("3b8000000000000000", "under the least integer"),
    ("62c328", "text that is not UTF-8"),
    ("63eda080", "a lone surrogate"),
    ("0101", "two items"),
    ("", "nothing"),
    ("8201", "an item missing"),
    ("ff", "a stray end"),
    ("1c", "a reserved head"),
    ("81" * 5000 + "01", "nested without end"),
    ("9bffffffffffffffff", "an array longer than any memory"),
    ("5bffffffffffffffff", "a byte string longer than any memory"),
    ("d81c8100", "a shared value"),
])
def test_bytes_outside_of_the_profile_are_refused(hexadecimal, why):
    with pytest.raises(profile.NotInProfile):
        profile.decode(bytes.fromhex(hexadecimal))


@pytest.mark.parametrize("hexadecimal", [
    "1b7fffffffffffffff", "3b7fffffffffffffff", "a2616101626161f6", "f4", "40",
])
def test_bytes_at_the_edge_of_the_profile_are_kept(hexadecimal):
    data = bytes.fromhex(hexadecimal)
    assert profile.encode(profile.decode(data)) == data


def test_a_value_nests_eight_deep_at_most():
    value = []
    for _ in range(7):
        value = [value]
    profile.check_nesting(value)
    with pytest.raises(profile.NotInProfile):
        profile.check_nesting([value])


def small_order_points():
    """The eight, by their encodings: y = 1, -1, 0, and the two y of order 8, with both signs."""
    d = -121665 * pow(121666, -1, PRIME) % PRIME
    # Twice a point of order 8 has y = 0, so x^2 = -y^2, and the curve gives -d y^4 - 2 y^2 + 1 = 0.
    root = square_root((1 + d) % PRIME)
    ys = {1, PRIME - 1, 0}
    for sign in (root, -root):
        y2 = (-1 + sign) * pow(d, -1, PRIME) % PRIME
        if pow(y2, (PRIME - 1) // 2, PRIME) == 1:
            ys |= {square_root(y2), PRIME - square_root(y2)}
    return sorted(ys)


def square_root(value: int) -> int:
    found = pow(value, (PRIME + 3) // 8, PRIME)
    return found if found * found % PRIME == value else found * SQRT_OF_MINUS_1 % PRIME


def test_keys_of_small_order_are_refused():
    points = small_order_points()
    assert len(points) == 5
    for y in points:
        for sign in (0, 1 << 255):
            assert cose_key(EDDSA, (y | sign).to_bytes(32, "little")) is None


def test_a_key_that_is_no_point_is_refused():
    assert cose_key(ES256, b"\x02" + b"\xff" * 32) is None
    assert cose_key(ES256, b"\x05" + bytes(31) + b"\x01") is None
    refused = sum(cose_key(EDDSA, seeded(str(at))) is None for at in range(64))
    assert 0 < refused < 64, "about half of all bytes are no point"


@pytest.mark.parametrize("length", [0, 1, 65_535, 65_536, 65_537, 131_072, 200_000])
def test_a_blob_decrypts_however_it_is_cut(length):
    plain = seeded("plain", length)
    cipher, fields = Bench().blob("x", plain)
    assert len(cipher) == length + 16 * max(1, -(-length // 65_536))
    for step in (1 + len(cipher) // 7, SEALED_CHUNK_BYTES, len(cipher)):
        decryptor = Decryptor(fields["blob_key"])
        for at in range(0, len(cipher), step):
            decryptor.update(cipher[at : at + step])
        assert decryptor.finish()
        assert decryptor.digests() == (length, fields["sha256"], fields["sm3"])


@pytest.mark.parametrize("change", [
    lambda c: c[: SEALED_CHUNK_BYTES],
    lambda c: c[SEALED_CHUNK_BYTES:],
    lambda c: c[SEALED_CHUNK_BYTES : 2 * SEALED_CHUNK_BYTES] + c[:SEALED_CHUNK_BYTES],
    lambda c: c + bytes(16),
    lambda c: c[:-1],
    lambda c: b"",
])
def test_a_blob_with_chunks_dropped_or_moved_does_not_decrypt(change):
    cipher, fields = Bench().blob("x", seeded("plain", 131_072))
    decryptor = Decryptor(fields["blob_key"])
    decryptor.update(change(cipher))
    assert not decryptor.finish()


def test_an_empty_final_chunk_is_for_empty_files_only():
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    key = seeded("key")
    cipher = AESGCM(key).encrypt(bytes(12), seeded("plain", 65_536), None)
    cipher += AESGCM(key).encrypt(bytes(10) + b"\x01\x01", b"", None)
    decryptor = Decryptor(key)
    decryptor.update(cipher)
    assert not decryptor.finish()


@pytest.mark.parametrize("own, other, covers", [
    ("*:*", "a:*", True), ("*:37", "a:*", False), ("*:37", "a:3711", True),
    ("a:3711", "a:37", False), ("a:*", "*:*", False), ("a:3711", "b:3711", False),
    ("*:3711", "*:371102", True),
])
def test_a_scope_covers_what_the_page_says(own, other, covers):
    from angen_verify.certificate import _scope_covers

    assert _scope_covers(own, other) is covers


def test_a_frame_over_its_limit_is_not_read_into_memory():
    class Endless(io.RawIOBase):
        """A byte string of 2^60 bytes; refuses to give more than a few megabytes of them."""

        given = 0

        def readable(self):
            return True

        def readinto(self, buffer):
            data = b"\x82\x09\x5b\x10".ljust(len(buffer), b"\x00")[: len(buffer)]
            buffer[: len(data)] = data if self.given == 0 else bytes(len(buffer))
            self.given += len(data)
            assert self.given < 4_000_000
            return len(data)

    with pytest.raises(EndOfFrames, match="1179648"):
        FrameReader(Endless()).next()


def test_the_closing_frame_has_a_limit_of_its_own():
    data = cbor2.dumps([32, bytes(2_000_000)])
    assert len(FrameReader(io.BytesIO(data)).next().items[1]) == 2_000_000


def test_certificates_over_their_limit_are_refused(monkeypatch):
    monkeypatch.setattr("angen_verify.people.CERTIFICATES_MAX", 1)
    verdict, bench = Verdict(None), Bench()
    people = People(verdict)
    from angen_write.scenes import Cast

    for at, frame in enumerate(Cast(bench).frames):
        people.add(frame[1], at)
    assert len(verdict.items("C2")) == 3
