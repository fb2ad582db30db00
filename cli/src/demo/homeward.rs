//! The way home: the network breaks off in the middle, a stick goes on, and in the end every device
//! holds the same.

use std::path::Path;

use angen_core::action::{
    BundleBlobs, ExportBundle, Handing, Imported, Receiver, WriteNote, export_bundle,
    import_bundle_at, write_note,
};
use angen_core::domain::Source as _;
use angen_core::store;

use crate::demo::Story;
use crate::demo::devices::{Device, Devices};
use crate::demo::story::PINS;
use crate::demo::weak_network::WeakNetwork;
use crate::host::SystemDisk;
use crate::out::Failure;
use crate::session::{Outcome, Session};
use crate::verbs::{SOFTWARE, exchange_with, imported_answer};

/// What the network at the roadside carries before it is gone: records, and few of the six million
/// bytes of photos.
const CARRIED_BYTES: i64 = 200_000;

impl Story {
    /// In step before leaving, both phones.
    pub(super) fn leave(&self) -> Outcome<()> {
        let Devices { duty, .. } = self.devices()?;
        let (first, pin) = (self.people().officers[0], PINS[1]);
        self.meet_hub(first, pin, "出发前同步", "in step before leaving")?;
        let (zh, en) = ("值班手机同步", "the phone at the station");
        self.exchange_of(&duty.session, duty.writer, duty.pin, zh, en).map(drop)
    }

    /// From the last site to where every device holds the same.
    pub(super) fn go_home(&mut self) -> Outcome<()> {
        self.heading("七、回程：网断在半路", "7. On the way back the network breaks off");
        self.meet_weakly()?;
        self.heading("八、没有网：U 盘请人捎回", "8. No network: a stick, by whoever drives");
        let stick = self.folder.join("stick.angenb");
        self.hand_stick(&stick)?;
        self.bring_receipts(&stick)?;
        self.heading("九、回到有网处", "9. Where there is a network");
        self.meet_again()
    }

    fn meet_weakly(&self) -> Outcome<()> {
        let hub = self.hub_url()?;
        let address = hub.trim_start_matches("http://").parse();
        let address = address.map_err(|_| Failure::new("hub", hub.clone()))?;
        let weak = WeakNetwork::before(address, CARRIED_BYTES);
        let weak = weak.map_err(|why| Failure::new("demo", why.to_string()))?;
        let desk = self.session.sign_in(self.people().officers[0], PINS[1])?;
        let before = self.without_receipt()?;
        let met = exchange_with(&self.session, &desk, &weak.url());
        let after = self.without_receipt()?;
        let Err(why) = met.map(drop) else {
            return Err(Failure::new("demo", "the network did not break off".to_owned()));
        };
        self.must(weak.is_gone() && after.0 < before.0 && after.1 > 0, &why.text)?;
        self.tell(&format!("  {}", why.text), &format!("  {}", why.text));
        self.tell(
            &format!(
                "  断网之前已有回执：印签 {} 个；仍在手机上等回执：印签 {} 个，附件 {} 个",
                before.0 - after.0,
                after.0,
                after.1
            ),
            &format!(
                "  receipted before it broke: {} seals; still waiting on the phone: {} seals, {} blobs",
                before.0 - after.0,
                after.0,
                after.1
            ),
        );
        Ok(())
    }

    fn hand_stick(&self, stick: &Path) -> Outcome<()> {
        let Devices { duty, courier } = self.devices()?;
        let request = ExportBundle {
            dossiers: Vec::new(),
            readers: vec![duty.certificate, self.known_hub()?.certificate],
            certificates: Vec::new(),
            blobs: BundleBlobs::Waiting,
            software: SOFTWARE.to_owned(),
            handing: Handing { recipient: None, purpose: Some("无网，请人捎回".to_owned()) },
        };
        let desk = self.session.sign_in(self.people().officers[0], PINS[1])?;
        let made = self.session.say(export_bundle(&desk, &request, stick, &mut |_, _| {}))?;
        let (ops, blobs, readers) = (made.ops, made.blobs, made.readers.join("、"));
        self.tell(
            &format!("  U 盘：{ops} 条记录，{blobs} 个附件；只有 {readers} 能打开"),
            &format!("  the stick: {ops} ops, {blobs} blobs; only {readers} can open it"),
        );
        let Err(refused) = self.import_at(courier, stick) else {
            return Err(Failure::new("demo", "the courier has read the stick".to_owned()));
        };
        self.say_of("捎信人的手机", "the courier's phone", &refused.text);
        let taken = self.import_at(duty, stick)?;
        self.say_of(
            "值班手机",
            "the phone at the station",
            &imported_answer(&taken, self.lang).text,
        );
        Ok(())
    }

    fn bring_receipts(&mut self, stick: &Path) -> Outcome<()> {
        let (first, pin) = (self.people().officers[0], PINS[1]);
        let back = self.folder.join("back.angenb");
        // It takes a stick between two times of listening: one process has the folder.
        self.stop_hub()?;
        let (taken, returned) = self.stick_at_hub(stick, first, &back)?;
        self.say_of("平台", "the hub", &imported_answer(&taken, self.lang).text);
        self.tell(
            &format!("  同一个 U 盘捎回 {} 份回执", returned.receipts),
            &format!("  the same stick brings {} receipts back", returned.receipts),
        );
        let desk = self.session.sign_in(first, pin)?;
        let kept =
            self.session.say(import_bundle_at(&desk, &self.receiver(&self.session)?, &back))?;
        self.say_of(
            "出任务的手机",
            "the phone of the visit",
            &imported_answer(&kept, self.lang).text,
        );
        let (seals, blobs) = self.without_receipt()?;
        self.must(seals + blobs == 0, &format!("{seals} seals, {blobs} blobs"))?;
        self.tell(
            &format!("  尚无回执：印签 {seals} 个，附件 {blobs} 个"),
            &format!("  without a receipt: {seals} seals, {blobs} blobs"),
        );
        self.listen()
    }

    fn meet_again(&self) -> Outcome<()> {
        let Devices { duty, .. } = self.devices()?;
        let desk = duty.session.sign_in(duty.writer, duty.pin)?;
        let text = "已收到 U 盘，请回站后补交培训签到表原件".to_owned();
        let note = WriteNote { dossier: self.assistance(), text, about: None };
        duty.session.say(write_note(&desk, &note))?;
        let (first, pin) = (self.people().officers[0], PINS[1]);
        let meet_duty = |zh, en| self.exchange_of(&duty.session, duty.writer, duty.pin, zh, en);
        meet_duty("值班手机写了一条记事，同步", "the phone at the station adds a note")?;
        self.meet_hub(first, pin, "出任务的手机同步", "the phone of the visit")?;
        meet_duty("值班手机再同步", "the phone at the station again")?;
        let digest = |phone: &Session| phone.say(phone.store.read(store::digest));
        let (here, there) = (digest(&self.session)?, digest(&duty.session)?);
        self.must(here == there, &format!("{here} {there}"))?;
        self.tell(
            &format!("  两部手机内容一致：{}", here.short()),
            &format!("  both phones hold the same: {}", here.short()),
        );
        Ok(())
    }

    fn import_at(&self, device: &Device, file: &Path) -> Outcome<Imported> {
        let desk = device.session.sign_in(device.writer, device.pin)?;
        let receiver = self.receiver(&device.session)?;
        device.session.say(import_bundle_at(&desk, &receiver, file))
    }

    fn receiver<'s>(&self, phone: &'s Session) -> Outcome<Receiver<'s>> {
        let roots = vec![phone.place()?.root];
        Ok(Receiver { store: &phone.store, disk: &SystemDisk, roots, log: None })
    }

    /// How many seals and blobs have no receipt yet.
    fn without_receipt(&self) -> Outcome<(usize, usize)> {
        let counted = self.session.store.read(|read| {
            let mut waiting = (0, 0);
            for dossier in read.dossiers()? {
                let left = store::unreceipted(read, dossier, None)?;
                waiting.0 += left.seals.len();
                waiting.1 += left.blobs.len();
            }
            Ok(waiting)
        });
        self.session.say(counted)
    }

    fn say_of(&self, zh: &str, en: &str, text: &str) {
        self.tell(&format!("  {zh}："), &format!("  {en}:"));
        text.lines().for_each(|line| self.tell(&format!("    {line}"), &format!("    {line}")));
    }
}
