"""Do the certificates of a package lead to a root? (rules K1, K2, K3)"""

from dataclasses import dataclass

from .certificate import ISSUING_DUTIES, Certificate, decode_certificate
from .limits import CERTIFICATE_CHAIN_MAX, CERTIFICATES_MAX
from .profile import NotInProfile
from .shape import Misshapen
from .verdict import Verdict


@dataclass
class Standing:
    """A certificate with its place in the chain; `root` is None when no root was reached."""

    certificate: Certificate
    root: bytes | None
    depth: int


class People:
    """The certificates of one package, by hash."""

    def __init__(self, verdict: Verdict):
        self._verdict = verdict
        self._standings: dict[bytes, Standing] = {}

    def get(self, hash_: bytes | None) -> Certificate | None:
        standing = self._standings.get(hash_)
        return standing.certificate if standing else None

    def add(self, cose: bytes, frame: int) -> None:
        try:
            certificate = decode_certificate(cose)
        except (NotInProfile, Misshapen) as error:
            self._verdict.broken("K1", f"frame {frame}: {error}")
            return
        title = f"frame {frame}: certificate {certificate.hash.hex()[:16]}"
        if certificate.hash in self._standings:
            self._verdict.broken("C2", f"{title} is there twice")
            return
        if len(self._standings) >= CERTIFICATES_MAX:
            self._verdict.broken("C2", f"{title} is one above {CERTIFICATES_MAX}")
            return
        self._standings[certificate.hash] = self._place(certificate, title)

    def _place(self, certificate: Certificate, title: str) -> Standing:
        if certificate.is_root:
            if not certificate.signed_by(certificate):
                self._verdict.broken("K1", f"{title}: a root that did not sign itself")
            standing = Standing(certificate, certificate.hash, 1)
        else:
            issuer = self._standings.get(certificate.signed.kid)
            if issuer is None:
                self._verdict.broken("K1", f"{title}: its issuer is not before it")
                standing = Standing(certificate, None, 1)
            else:
                self._check_issuer(issuer, certificate, title)
                standing = Standing(certificate, issuer.root, issuer.depth + 1)
        asked = self._verdict.asked_root
        if asked is not None and standing.root != asked:
            self._verdict.broken("K3", f"{title}: another root, or none")
        return standing

    def _check_issuer(self, issuer: Standing, certificate: Certificate, title: str) -> None:
        above = issuer.certificate
        if not certificate.signed_by(above):
            self._verdict.broken("K1", f"{title}: not signed by its issuer")
        if above.duty not in ISSUING_DUTIES:
            self._verdict.broken("K2", f"{title}: issued by a {above.duty}")
        for scope in certificate.scopes:
            if not above.covers_scope(scope):
                self._verdict.broken("K2", f"{title}: scope {scope} is not its issuer's to give")
        if not above.contains_time_of(certificate):
            self._verdict.broken("K2", f"{title}: its time is not within its issuer's")
        if issuer.depth + 1 > CERTIFICATE_CHAIN_MAX:
            self._verdict.broken("K2", f"{title}: a chain of over {CERTIFICATE_CHAIN_MAX}")
