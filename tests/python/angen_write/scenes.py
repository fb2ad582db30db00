"""Which packages are made? Each function returns the bytes of one."""

from .bench import Bench, Chain
from .keys import EDDSA, ES256, Person
from .seeds import seeded, seeded_id

DOSSIER = seeded_id("dossier")
CASE = seeded_id("case")
ANSWER = seeded_id("answer")
PHOTO = seeded_id("photo")
OPENING = {"area": "371102001", "type": "visit", "retention": "10y"}


class Cast:
    """The people of every scene, certified: root, admin, lan (P-256), wei (Ed25519)."""

    def __init__(self, bench: Bench):
        self.root, self.admin = Person("root", EDDSA), Person("admin", ES256)
        self.lan, self.wei = Person("lan", ES256), Person("wei", EDDSA)
        self.frames = bench.at("certificates", [
            bench.certify(self.root, self.root, "root", ["*:*"], (0, 30)),
            bench.certify(self.admin, self.root, "admin", ["*:3711"], (0, 20)),
            bench.certify(self.lan, self.admin, "writer", ["officer:371102"]),
            bench.certify(self.wei, self.admin, "writer", ["mentor:3711", "officer:371102"]),
        ])


def root_fingerprint() -> bytes:
    """The root of every scene that nobody changed."""
    return Cast(Bench()).root.hash


def small(bench: Bench) -> bytes:
    """Two writers, an assent with deps, a correction, one small photo: about 5 kB."""
    cast = Cast(bench)
    lan, wei = Chain(bench, cast.lan, DOSSIER), Chain(bench, cast.wei, DOSSIER)
    opened, opened_hash = lan.op("open", "dossier.open/1", DOSSIER, OPENING)
    answer, answer_hash = lan.op("answer", "answer.set/1", ANSWER, {"result": "符合", "note": "ok"})
    frames = [opened, answer, lan.seal("seal-lan")]
    dep = [cast.lan.writer, 1, answer_hash]
    assent, _ = wei.op("assent", "assent.give/1", ANSWER, {"result": "不符合"}, minute=3,
                       deps=[dep], over={"result": [answer_hash]})
    frames += [assent, wei.seal("seal-wei")]
    cipher, fields = bench.blob("photo", seeded("a small photo", 90))
    fields = bench.at("fields/photo", fields)
    photo, _ = lan.op("photo", "evidence.capture/1", PHOTO, fields, minute=5,
                      blobs=[[fields["blob"], len(cipher)]])
    frames += [photo, lan.seal("seal-photo"), *bench.blob_frames(cipher)]
    return bench.package(cast.lan, [[DOSSIER, 0]], [*cast.frames, *frames])


def withheld(bench: Bench) -> bytes:
    """A field and a whole body are withheld, and a photo is absent."""
    cast = Cast(bench)
    lan = Chain(bench, cast.lan, DOSSIER)
    opened, _ = lan.op("open", "dossier.open/1", DOSSIER, OPENING)
    tip, _ = lan.op("tip", "tip.note/1", seeded_id("tip"), {"informant": "某甲", "what": "堵塞"},
                    withhold=("informant",))
    advice, _ = lan.op("advice", "advice.give/1", seeded_id("advice"), {"text": "慢"}, withhold="all")
    cipher, fields = bench.blob("absent", seeded("absent", 40))
    photo, _ = lan.op("photo", "evidence.capture/1", PHOTO, fields,
                      blobs=[[fields["blob"], len(cipher)]], withhold=("blob_key", "caption"))
    return bench.package(cast.lan, [[DOSSIER, 0]],
                         [*cast.frames[:3], opened, tip, advice, photo, lan.seal("seal")])


def forked(bench: Bench) -> bytes:
    """A clone of wei's phone writes a second op with seq 1, and both branches are sealed."""
    cast = Cast(bench)
    lan, wei = Chain(bench, cast.lan, DOSSIER), Chain(bench, cast.wei, DOSSIER)
    opened, opened_hash = lan.op("open", "dossier.open/1", DOSSIER, OPENING)
    frames = [opened, lan.seal("seal-lan")]
    first, _ = wei.op("first", "answer.set/1", ANSWER, {"result": "未查"},
                      deps=[[cast.lan.writer, 0, opened_hash]])
    frames += [first, wei.seal("seal-first")]
    clone = wei.fork()
    for branch, result in ((wei, "符合"), (clone, "不符合")):
        op, _ = branch.op("branch-" + result, "answer.set/1", ANSWER, {"result": result})
        frames += [op, branch.seal("seal-" + result)]
    return bench.package(cast.wei, [[DOSSIER, 0]], [*cast.frames, *frames])


def conflict(bench: Bench) -> bytes:
    """Two writers correct one answer without having seen each other; both values stay."""
    cast = Cast(bench)
    lan, wei = Chain(bench, cast.lan, DOSSIER), Chain(bench, cast.wei, DOSSIER)
    opened, _ = lan.op("open", "dossier.open/1", DOSSIER, OPENING)
    answer, answer_hash = lan.op("answer", "answer.set/1", ANSWER, {"result": "未查"})
    frames = [opened, answer, lan.seal("seal-lan")]
    one, _ = lan.op("one", "answer.set/1", ANSWER, {"result": "符合"}, over={"result": [answer_hash]})
    other, _ = wei.op("other", "answer.set/1", ANSWER, {"result": "不符合"}, minute=2,
                      deps=[[cast.lan.writer, 1, answer_hash]], over={"result": [answer_hash]})
    # The ops of two chains may stand between each other, where the past asks for no more.
    frames += [one, lan.seal("seal-one"), other, wei.seal("seal-other")]
    return bench.package(cast.lan, [[DOSSIER, 0]], [*cast.frames, *frames])


def excerpt(bench: Bench) -> bytes:
    """One run of a visit with its opening, and a case that refers to it: a linked set."""
    cast = Cast(bench)
    lan, wei = Chain(bench, cast.lan, DOSSIER), Chain(bench, cast.wei, DOSSIER)
    opened, opened_hash = lan.op("open", "dossier.open/1", DOSSIER, OPENING)
    frames = [opened, lan.seal("seal-open")]
    _, middle_hash = lan.op("middle", "answer.set/1", ANSWER, {"result": "未查"})
    lan.seal("seal-middle")  # This run, and wei's first one, are not handed out.
    _, wei_hash = wei.op("wei", "assent.give/1", ANSWER, {"meaning": "同意"},
                         deps=[[cast.lan.writer, 1, middle_hash]])
    wei.seal("seal-wei")
    end, end_hash = lan.op("end", "answer.set/1", ANSWER, {"result": "不符合"},
                           deps=[[cast.wei.writer, 0, wei_hash]], over={"result": [middle_hash]})
    frames += [end, lan.seal("seal-end")]
    case = Chain(bench, cast.lan, CASE, seals=lan)
    filed, _ = case.op("case", "dossier.open/1", CASE, OPENING, minute=9,
                       refs=[["finding", DOSSIER, end_hash], ["visit", DOSSIER, opened_hash]])
    frames += [filed, case.seal("seal-case")]
    return bench.package(cast.lan, [[DOSSIER, 1], [CASE, 0]], [*cast.frames[:3], *frames])


def visit(bench: Bench) -> bytes:
    """Everything at once, with a photo of three chunks and a film of more than one frame."""
    cast = Cast(bench)
    lan, wei = Chain(bench, cast.lan, DOSSIER), Chain(bench, cast.wei, DOSSIER)
    opened, opened_hash = lan.op("open", "dossier.open/1", DOSSIER, OPENING)
    answer, answer_hash = lan.op("answer", "answer.set/1", ANSWER, {"result": "符合"})
    tip, tip_hash = lan.op("tip", "tip.note/1", seeded_id("tip"), {"informant": "某甲", "what": "堵塞"},
                    withhold=("informant",))
    frames = [opened, answer, tip, lan.seal("seal-lan")]
    assent, _ = wei.op("assent", "assent.give/1", ANSWER, {"result": "不符合"}, minute=3,
                       deps=[[cast.lan.writer, 2, tip_hash]], over={"result": [answer_hash]})
    rival, _ = lan.op("rival", "answer.set/1", ANSWER, {"result": "不涉及"}, over={"result": [answer_hash]})
    advice, _ = lan.op("advice", "advice.give/1", seeded_id("advice"), {"text": "慢"}, withhold="all")
    # Lan's run is open while wei's is sealed: chains interleave as their pasts allow.
    frames += [rival, assent, wei.seal("seal-wei"), advice]
    blobs = []
    for label, length in (("photo", 2 * 65_536 + 100), ("film", 1_100_000), ("empty", 0)):
        cipher, fields = bench.blob(label, seeded(label, length))
        op, _ = lan.op(label, "evidence.capture/1", seeded_id(label), fields,
                       blobs=[[fields["blob"], len(cipher)]])
        frames.append(op)
        blobs += bench.blob_frames(cipher)
    frames.append(lan.seal("seal-media"))
    clone = wei.fork()
    for branch, text in ((wei, "a"), (clone, "b")):
        op, _ = branch.op("note-" + text, "note.add/1", seeded_id("note"), {"text": text}, minute=6)
        frames += [op, branch.seal("seal-note-" + text)]
    return bench.package(cast.lan, [[DOSSIER, 0]], [*cast.frames, *frames, *blobs])
