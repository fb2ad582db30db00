//! Evidence 证据: what it is, where it comes from, and where it was taken.

use angen_ledger::value::Value;

use crate::domain::words::words;

/// The eight kinds of evidence (行政处罚法 2021, article 46), as far as officers capture them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum EvidenceKind {
    /// 书证: papers, original or checked copy.
    Documentary,
    /// 物证: things, or photos of them.
    Physical,
    /// 视听资料: photos, video, sound.
    AudioVisual,
    /// 电子数据: files, readings of instruments.
    Electronic,
    /// 证人证言.
    Testimony,
    /// 当事人的陈述.
    PartyStatement,
    /// 鉴定意见.
    ExpertOpinion,
    /// 勘验笔录、现场笔录.
    SceneRecord,
}

/// Where a file comes from. Only the first is made by this phone before the officer's eyes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum SourceClass {
    /// 本机拍摄: this phone's camera, in the app.
    OwnCamera,
    /// 执法记录仪: a body camera; its serial is recorded.
    BodyCamera,
    /// 监控复制: a copy of the enterprise's CCTV; who copied it is recorded.
    CctvCopy,
    /// 当事人提供: received from the party.
    FromParty,
    /// 同事手机: a colleague's phone.
    ColleaguePhone,
    /// 扫描件: a scan of a paper.
    Scan,
    /// 仪器导出: exported by an instrument.
    Instrument,
    /// 非本机拍摄: imported from the gallery, origin not known.
    Imported,
}

/// What a captured file is in the procedure. Most evidence needs none: it shows what it shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Purpose {
    /// 课件: what was taught in a training.
    Courseware,
    /// 签到表: who signed in at a training, on paper.
    SignInSheet,
    /// 签字页: a record or list that the party signed, as a photo or scan.
    SignedPage,
    /// 主体资格材料: licence copy, identity papers, authority letter.
    SubjectPapers,
    /// 询问笔录: a statement that was taken, as a signed page or a recording.
    Interview,
    /// 证据清单签认页: the list of digests that the party signed.
    HashList,
    /// 拒签、拒述说明: the party refuses to sign or to state, noted or filmed.
    RefusalNote,
}

words!(EvidenceKind {
    Documentary: "documentary", "书证";
    Physical: "physical", "物证";
    AudioVisual: "audio_visual", "视听资料";
    Electronic: "electronic", "电子数据";
    Testimony: "testimony", "证人证言";
    PartyStatement: "party_statement", "当事人的陈述";
    ExpertOpinion: "expert_opinion", "鉴定意见";
    SceneRecord: "scene_record", "勘验笔录、现场笔录";
});

words!(Purpose {
    Courseware: "courseware", "课件";
    SignInSheet: "sign_in_sheet", "签到表";
    SignedPage: "signed_page", "签字页";
    SubjectPapers: "subject_papers", "主体资格材料";
    Interview: "interview", "询问笔录";
    HashList: "hash_list", "证据清单签认页";
    RefusalNote: "refusal_note", "拒签、拒述说明";
});

words!(SourceClass {
    OwnCamera: "own_camera", "本机拍摄";
    BodyCamera: "body_camera", "执法记录仪";
    CctvCopy: "cctv_copy", "监控复制";
    FromParty: "from_party", "当事人提供";
    ColleaguePhone: "colleague_phone", "同事手机";
    Scan: "scan", "扫描件";
    Instrument: "instrument", "仪器导出";
    Imported: "imported", "非本机拍摄";
});

impl SourceClass {
    /// Whether a note must say more: which device, or who copied it.
    #[must_use]
    pub fn needs_note(self) -> bool {
        matches!(self, Self::BodyCamera | Self::CctvCopy | Self::ColleaguePhone | Self::Instrument)
    }
}

/// A place in WGS-84. The map's own shift (GCJ-02) is for showing, never for storing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    /// Latitude in 10⁻⁷ degrees, north positive.
    pub latitude_e7: i64,
    /// Longitude in 10⁻⁷ degrees, east positive.
    pub longitude_e7: i64,
    /// Accuracy in millimetres, where it is known.
    pub accuracy_mm: Option<i64>,
}

impl Place {
    /// Whether the place is on Earth.
    #[must_use]
    pub fn is_on_earth(&self) -> bool {
        (-900_000_000..=900_000_000).contains(&self.latitude_e7)
            && (-1_800_000_000..=1_800_000_000).contains(&self.longitude_e7)
    }

    /// As it stands in an op: `[latitude, longitude, accuracy or null]`.
    #[must_use]
    pub fn to_value(self) -> Value {
        let accuracy = self.accuracy_mm.map_or(Value::Null, Value::Int);
        vec![Value::Int(self.latitude_e7), Value::Int(self.longitude_e7), accuracy].into()
    }

    /// From an op.
    #[must_use]
    pub fn from_value(value: &Value) -> Option<Self> {
        let [latitude, longitude, accuracy] = value.as_array()? else { return None };
        Some(Self {
            latitude_e7: latitude.as_int()?,
            longitude_e7: longitude.as_int()?,
            accuracy_mm: accuracy.as_int(),
        })
    }
}
