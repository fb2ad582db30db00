"""Does the core do for Python what it does for a phone: write, refuse, tell, hand over?"""

import queue

import pytest

import angen


class Listener(angen.Changes):
    """Keeps what it hears, and throws each time: nobody is harmed by that."""

    def __init__(self):
        self.heard = queue.Queue()

    def changed(self, changed):
        self.heard.put(changed)
        raise RuntimeError("no view to draw on")


def test_what_is_noted_here_is_verified_as_a_package(phone, tmp_path):
    phone.note("现场通道被占用")
    done = phone.export(tmp_path / "visit.angen")
    verdict = angen.verify_package(str(tmp_path / "visit.angen"), phone.place.root)
    assert (verdict.outcome, verdict.root) == (
        angen.VerdictOutcome.VERIFIES, angen.RootAnswer.KNOWN)
    assert verdict.ops == done.ops and verdict.exporter == "李文静"
    assert not verdict.standing.is_limited


def test_a_locked_key_and_a_wrong_signature_write_nothing(phone):
    before = phone.inspector.sync_state().counts.records
    phone.keys.locked = True
    with pytest.raises(angen.ApiError.Locked):
        phone.note("一")
    phone.keys.locked = False
    phone.keys.tamper = lambda signature: bytes(64)
    with pytest.raises(angen.ApiError.Internal) as error:
        phone.note("二")
    assert "does not verify" in error.value.en
    phone.keys.tamper = lambda signature: signature[:63]
    with pytest.raises(angen.ApiError.Internal):
        phone.note("三")
    assert phone.inspector.sync_state().counts.records == before


def test_a_listener_that_throws_is_told_of_every_verb(phone):
    listener = Listener()
    handle = phone.inspector.watch(listener)
    for text in ["一", "二"]:
        phone.note(text)
        assert listener.heard.get(timeout=60).dossiers == [phone.visit]
    handle.stop()
    phone.note("三")
    with pytest.raises(queue.Empty):
        listener.heard.get(timeout=0.3)


def test_a_bundle_opens_for_its_reader_alone(phone, tmp_path):
    phone.note("带回去的")
    readers = {reader.name: reader for reader in phone.inspector.readers(0).rows}
    bundle = angen.ExportBundle(
        dossiers=[phone.visit], readers=[readers["周明华"].certificate], certificates=[],
        blobs=angen.BundleBlobs.ALL, software="pytest", handing=angen.Handing())
    path = str(tmp_path / "stick.bundle")
    done = phone.inspector.export_bundle(phone.officer.writer, bundle, path, None)
    assert done.readers == ["周明华"]
    with pytest.raises(angen.ApiError.Invalid) as error:
        phone.inspector.import_file(phone.officer.writer, path)
    assert "周明华" in error.value.zh
    came = phone.inspector.import_file(phone.place.administrator, path)
    assert came.new_ops == 0 and came.known_ops > 0


def test_a_paused_database_says_so_and_goes_on(phone):
    phone.inspector.pause()
    with pytest.raises(angen.ApiError.Paused):
        phone.note("一")
    phone.inspector.resume()
    assert phone.note("二").text == "二"
