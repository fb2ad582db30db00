"""Do the certificates of a package lead to a root? (rules K1, K2, K3)"""

from dataclasses import dataclass

from .certificate import ISSUING_DUTIES, Certificate, decode_certificate
from .limits import CERTIFICATE_CHAIN_MAX, CERTIFICATES_MAX
from .profile import NotInProfile
from .shape import Misshapen
from .verdict import Verdict


@dataclass
class Standing:
    """A certificate that K1 and K2 let pass, with its place in its chain."""

    certificate: Certificate
    root: bytes
    depth: int


class People:
    """The certificates of one package, by hash; one that breaks K1 or K2 is as good as absent."""

    def __init__(self, verdict: Verdict):
        self._verdict = verdict
        self._standings: dict[bytes, Standing] = {}
        self._seen: set[bytes] = set()

    def get(self, hash_: bytes | None) -> Certificate | None:
        standing = self._standings.get(hash_)
        return standing.certificate if standing else None

    def all(self) -> list[Certificate]:
        """Those that K1 and K2 let pass, in the order of their frames."""
        return [standing.certificate for standing in self._standings.values()]

    def add(self, cose: bytes, frame: int) -> None:
        try:
            certificate = decode_certificate(cose)
        except (NotInProfile, Misshapen) as error:
            self._verdict.broken("K1", f"frame {frame}: {error}")
            return
        title = f"frame {frame}: certificate {certificate.hash.hex()[:16]}"
        if certificate.hash in self._seen:
            self._verdict.broken("C2", f"{title} is there twice")
            return
        if len(self._seen) >= CERTIFICATES_MAX:
            self._verdict.broken("C2", f"{title} is one above {CERTIFICATES_MAX}")
            return
        self._seen.add(certificate.hash)
        standing = self._place(certificate, title)
        if standing is None:
            return
        self._standings[certificate.hash] = standing
        asked = self._verdict.asked_root
        if asked is not None and standing.root != asked:
            self._verdict.broken("K3", f"{title}: another root")

    def _place(self, certificate: Certificate, title: str) -> Standing | None:
        if certificate.is_root:
            if certificate.signed_by(certificate):
                return Standing(certificate, certificate.hash, 1)
            self._verdict.broken("K1", f"{title}: a root that did not sign itself")
            return None
        issuer = self._standings.get(certificate.signed.kid)
        if issuer is None:
            self._verdict.broken("K1", f"{title}: no valid issuer comes before it")
            return None
        if not certificate.signed_by(issuer.certificate):
            self._verdict.broken("K1", f"{title}: not signed by its issuer")
            return None
        complaints = _complaints(issuer, certificate)
        for complaint in complaints:
            self._verdict.broken("K2", f"{title}: {complaint}")
        return None if complaints else Standing(certificate, issuer.root, issuer.depth + 1)


def _complaints(issuer: Standing, certificate: Certificate) -> list[str]:
    """Why the issuer was not entitled to issue this."""
    above, found = issuer.certificate, []
    if above.duty not in ISSUING_DUTIES:
        found.append(f"issued by a {above.duty}")
    for scope in certificate.scopes:
        if not above.covers_scope(scope):
            found.append(f"scope {scope} is not its issuer's to give")
    if not above.contains_time_of(certificate):
        found.append("its time is not within its issuer's")
    if issuer.depth + 1 > CERTIFICATE_CHAIN_MAX:
        found.append(f"a chain of over {CERTIFICATE_CHAIN_MAX}")
    return found
