//! Attacks with keys and certificates: who signs what, for whom, within which bounds.

use angen_ledger::certificate::Duty;
use angen_ledger::cose::{Purpose, Signed};
use angen_ledger::testing::BEGIN_MS;
use angen_ledger::wire::Wire;

use crate::world::case::Case;
use crate::world::edit::{close, flipped, tamper, with_greater_s};
use crate::world::{Story, person, recertified};

const WRITER: &str = "the writer";
const ISSUER: &str = "the issuer";

pub(super) const ROWS: &[Case] = &[
    Case::refused("a run is sealed by another writer in the first one's name", &["P1"], || {
        let mut story = Story::new();
        let seal = angen_ledger::seal::SignedSeal::read(&story.runs[2].seal).expect("reads").seal;
        let second = &story.second;
        story.runs[2].seal = seal.sign(&second.key, second.certificate.hash).expect("signs");
        story.package()
    })
    .detected("another writer", "the sealing certificate is another writer's"),
    Case::refused("a run is sealed by another writer in their own name", &["S2", "S3"], || {
        let mut story = Story::new();
        let mut seal =
            angen_ledger::seal::SignedSeal::read(&story.runs[2].seal).expect("reads").seal;
        let second = &story.second;
        seal.writer = second.writer;
        story.runs[2].seal = seal.sign(&second.key, second.certificate.hash).expect("signs");
        story.package()
    })
    .detected("another writer", "the seal does not fit the writer in the headers"),
    Case::refused("a seal's signature is altered", &["S1"], || {
        let mut story = Story::new();
        story.runs[2].seal = flipped(&story.runs[2].seal, 7);
        story.package()
    })
    .detected("the exporter", "the signature"),
    Case::refused("a P-256 signature is exchanged for its other form", &["S1"], || {
        let mut story = Story::new();
        story.runs[1].seal = with_greater_s(&story.runs[1].seal);
        story.package()
    })
    .detected("the exporter", "a signature has one form: the greater s is refused"),
    Case::refused("the algorithm in a seal is swapped", &["S1"], || {
        let mut story = Story::new();
        let seal = &mut story.runs[2].seal;
        // −8 is 0x27 and −7 is 0x26; the protected header begins with {1: alg.
        let place = seal.windows(2).position(|pair| pair == [0x01, 0x27]).expect("names Ed25519");
        seal[place + 1] = 0x26;
        story.package()
    })
    .detected("the exporter", "the header is signed, and names the algorithm of the certificate's key"),
    Case::refused("a certificate's signature is altered", &["K1", "S1"], || {
        let mut story = Story::new();
        story.certificates[2] = flipped(&story.certificates[2], 7);
        story.package()
    })
    .detected("the exporter", "the signature"),
    Case::refused("an issuer is left out", &["C1", "C4", "K1", "S1"], || {
        let mut story = Story::new();
        story.certificates.remove(0);
        story.package()
    })
    .without_root()
    .detected("the exporter", "a certificate without its issuer counts as absent"),
    Case::refused("a seal is passed off as a certificate's signature", &["K1"], || {
        let mut story = Story::new();
        let wanted = &story.stranger.certificate.certificate;
        let root = &story.root;
        let cose =
            Signed::make(Purpose::Seal, &root.key, Some(root.certificate.hash), wanted.to_wire());
        story.certificates.push(cose.expect("memory signs"));
        story.package()
    })
    .detected("whoever can have seals made", "the purpose is part of what is signed"),
    Case::refused("a certificate is used as a seal", &["S1", "S2"], || {
        let mut story = Story::new();
        story.runs[2].seal = story.certificates[1].clone();
        story.package()
    })
    .detected("the exporter", "a seal has another shape and another purpose"),
    Case::refused("a certificate for another area", &["P1"], || {
        let mut story = Story::new();
        story.recertify_second(|own| {
            own.scopes = vec!["enforcer:371103".parse().expect("a scope")];
        });
        story.package()
    })
    .detected(WRITER, "the dossier's area"),
    Case::refused("a certificate with a wider area than its issuer's", &["K2", "S1"], || {
        let mut story = Story::new();
        story.recertify_second(|own| own.scopes = vec!["enforcer:37".parse().expect("a scope")]);
        story.package()
    })
    .detected(ISSUER, "scopes only narrow down the chain"),
    Case::refused("a certificate that is valid before its issuer's", &["K2", "S1"], || {
        let mut story = Story::new();
        story.recertify_second(|own| own.not_before_ms -= 1);
        story.package()
    })
    .detected(ISSUER, "times only narrow down the chain"),
    Case::verifies("a certificate that had ended when the op was written", || {
        let mut story = Story::new();
        story.recertify_second(|own| own.not_after_ms = Some(BEGIN_MS));
        story.package()
    })
    .noting(&["T1"])
    .detected(WRITER, "the claimed time lies outside the certificate's"),
    Case::refused("a certificate issued by one who may only write", &["K2"], || {
        let mut story = Story::new();
        let cose = recertified(&story.stranger, &story.second, |own| {
            own.scopes = vec!["enforcer:371102110".parse().expect("a scope")];
        });
        story.certificates.push(cose);
        story.package()
    })
    .detected(WRITER, "only a root or an admin issues"),
    Case::refused("a chain of five certificates", &["K2"], || {
        let mut story = Story::new();
        let admin = |seed, issuer| person(seed, Duty::Admin, "*:3711", Some(issuer));
        let second = admin(61, &story.root);
        let third = admin(62, &second);
        let fourth = admin(63, &third);
        let fifth = admin(64, &fourth);
        let chain = [&second, &third, &fourth, &fifth];
        story.certificates.extend(chain.map(|admin| admin.cose.clone()));
        story.package()
    })
    .detected(ISSUER, "a chain has at most four certificates"),
    Case::refused("a hub's certificate is used to write", &["P1"], || {
        let mut story = Story::new();
        story.recertify_second(|own| own.duty = Duty::Hub);
        story.package()
    })
    .detected("the hub", "only an admin or a writer writes"),
    Case::refused("another authority with the same names", &["K3"], || {
        Story::of_world(100).package()
    })
    .detected("a stranger", "the fingerprint of the root"),
    Case::verifies("another authority with the same names, no fingerprint asked for", || {
        Story::of_world(100).package()
    })
    .without_root()
    .not_prevented("a stranger", "the fingerprint, asked of the authority: without it the verdict says that the issuer is unknown"),
    Case::refused("the reader asks for another root", &["K3"], || {
        let story = Story::of_world(200);
        close(&story.frames(), &story.first)
    })
    .detected("a stranger", "the fingerprint of the root"),
    Case::refused("a certificate's frame is put in twice", &["C2", "C3"], || {
        tamper(&Story::new().package(), |frames| frames.insert(3, frames[2].clone()))
    })
    .detected("anyone", "each certificate stands once"),
];
