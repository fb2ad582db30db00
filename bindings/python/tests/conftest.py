"""A phone in Python: keys of the `cryptography` package, the system's clock, a township in use."""

import shutil
import time
import uuid
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey

import angen


WORKBOOK = Path(__file__).parents[3] / "checklists" / "mw.xlsx"


class Clock(angen.Clock):
    """The system's clocks."""

    def __init__(self):
        self.boot = str(uuid.uuid4())

    def now(self):
        wall_ms, mono_ms = time.time_ns() // 1_000_000, time.monotonic_ns() // 1_000_000
        return angen.Moment(wall_ms=wall_ms, mono_ms=mono_ms, boot=self.boot)

    def source(self):
        return angen.ClockSource.NETWORK


class Keys(angen.Keys):
    """Keys in memory. One that is locked throws, as a phone's key store does."""

    def __init__(self):
        self.held = {}
        self.locked = False
        self.tamper = lambda signature: signature

    def create(self, writer):
        made = (Ed25519PrivateKey.generate(), X25519PrivateKey.generate())
        sign, seal_to = self.held.setdefault(writer, made)
        public = angen.PublicKey.ED25519(bytes=sign.public_key().public_bytes_raw())
        return angen.NewKeys(sign=public, seal_to=seal_to.public_key().public_bytes_raw())

    def public_key(self, writer):
        return angen.PublicKey.ED25519(bytes=self.open(writer)[0].public_key().public_bytes_raw())

    def sign(self, writer, message):
        return self.tamper(self.open(writer)[0].sign(message))

    def agree(self, writer, public):
        return self.open(writer)[1].exchange(X25519PublicKey.from_public_bytes(public))

    def destroy(self, writer):
        self.held.pop(writer, None)

    def open(self, writer):
        if self.locked:
            raise angen.HostError.Locked()
        return self.held[writer]


class Disk(angen.Disk):
    """The disk below the data folder."""

    def free_bytes(self, place):
        return shutil.disk_usage(Path(place).parent).free


class Phone:
    """An established database with one officer and a visit."""

    def __init__(self, folder: Path):
        self.keys = Keys()
        self.inspector = angen.Inspector.open(str(folder), Clock(), self.keys, Disk())
        self.place = self.inspector.establish(angen.Establish(
            area="371102110", township="涛雒镇", organisation="涛雒镇人民政府",
            administrator="周明华"))
        self.officer = self.inspector.enrol_officer(self.place.administrator, angen.EnrolOfficer(
            name="李文静", role=angen.Role.ENFORCER, organisation="涛雒镇应急管理办公室",
            certificate_no="15110000001", certificate_valid_until="2028-06-30"))
        self.visit = self.inspector.plan_assistance(self.officer.writer, angen.PlanAssistance(
            round=1, profile="rizhao-2021", mentors=[])).dossier

    def note(self, text: str):
        """Notes something in the visit."""
        request = angen.WriteNote(dossier=self.visit, text=text)
        return self.inspector.write_note(self.officer.writer, request)

    def finding(self):
        """Raises a finding in a check of an enterprise; the dossier of the check and the finding."""
        enterprise = self.inspector.register_enterprise(self.officer.writer, angen.RegisterEnterprise(
            name="日照样例机械加工有限公司", credit_code="91371102MAHK00014X", no_code_reason=None,
            address="涛雒镇样例路一号", representative=None, industry="C33")).enterprise
        checklist = self.inspector.import_checklist(self.place.administrator, str(WORKBOOK))
        check = self.inspector.plan_check(self.officer.writer, angen.PlanCheck(
            enterprise=enterprise, checklists=[checklist.checklist], basis="plan", assistance=self.visit)).dossier
        finding = self.inspector.raise_finding(self.officer.writer, angen.RaiseFinding(
            dossier=check, title="=皮带传动部位无防护罩", authority="EM", elements=[],
            legal_basis="安全生产法（2021）第三十六条", consequence=angen.Consequence.ORDER))
        return check, finding

    def export(self, path: Path, dossier: str | None = None):
        """Exports the visit, or another dossier, as a package."""
        request = angen.ExportPackage(
            dossiers=[dossier or self.visit], withhold=[], software="pytest", handing=angen.Handing())
        return self.inspector.export_package(self.officer.writer, request, str(path), None)


@pytest.fixture
def phone(tmp_path) -> Phone:
    return Phone(tmp_path / "phone")
