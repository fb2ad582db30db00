//! The nouns: a sample file, its role, where and when it is said to be taken, the pretend people.

use std::path::PathBuf;

/// What a file is for in a visit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Role {
    /// A photo of the defect in its surroundings (全景照片), JPEG with EXIF.
    WidePhoto,
    /// A photo of the same defect near by, with ruler and plate (近景照片), JPEG with EXIF.
    ClosePhoto,
    /// A film of the defect at work (现场录像), WebM with VP8, no sound.
    SceneVideo,
    /// A spoken statement (录音), WAV, 16 kHz, one channel, 16 bits.
    SoundStatement,
    /// A paper of the enterprise, scanned (书证扫描件), PDF of two pages.
    ScannedPaper,
    /// The table that a four-gas detector exports (检测仪读数), CSV.
    InstrumentReading,
    /// A photo of the detector's display (检测仪照片), JPEG with EXIF.
    InstrumentPhoto,
    /// The sign-in sheet of the training, photographed (签到表), JPEG with EXIF.
    SignInSheet,
    /// The signed page of the on-site record, photographed (现场检查记录签字页), JPEG with EXIF.
    SignedRecordPage,
    /// The courseware of the training (课件), PDF of one page with a text layer.
    Courseware,
    /// A copy of the business licence, stamped by its keeper and scanned (营业执照复印件), PDF of
    /// one page.
    LicenceCopy,
    /// The signed list of the digests of the photos, photographed (证据清单签认页), JPEG with EXIF.
    HashListPage,
    /// The form by which a case is opened, photographed (立案审批表), JPEG with EXIF.
    FilingForm,
    /// The signed page of an interview, photographed (询问笔录签字页), JPEG with EXIF.
    InterviewPage,
    /// Another signed paper of the procedure, photographed (审批表、移送函、复查意见书), JPEG with
    /// EXIF.
    ProcedurePage,
}

impl Role {
    /// Every role, in the order in which they are declared.
    pub const ALL: [Role; 15] = [
        Role::WidePhoto,
        Role::ClosePhoto,
        Role::SceneVideo,
        Role::SoundStatement,
        Role::ScannedPaper,
        Role::InstrumentReading,
        Role::InstrumentPhoto,
        Role::SignInSheet,
        Role::SignedRecordPage,
        Role::Courseware,
        Role::LicenceCopy,
        Role::HashListPage,
        Role::FilingForm,
        Role::InterviewPage,
        Role::ProcedurePage,
    ];

    /// The media type (RFC 6838) of the files of this role.
    pub fn media_type(self) -> &'static str {
        match self {
            Role::WidePhoto
            | Role::ClosePhoto
            | Role::InstrumentPhoto
            | Role::SignInSheet
            | Role::SignedRecordPage
            | Role::HashListPage
            | Role::FilingForm
            | Role::InterviewPage
            | Role::ProcedurePage => "image/jpeg",
            Role::SceneVideo => "video/webm",
            Role::SoundStatement => "audio/wav",
            Role::ScannedPaper | Role::Courseware | Role::LicenceCopy => "application/pdf",
            Role::InstrumentReading => "text/csv",
        }
    }
}

/// A position on WGS-84.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Place {
    /// Degrees, north positive.
    pub latitude_degrees: f64,
    /// Degrees, east positive.
    pub longitude_degrees: f64,
    /// Metres above the sea.
    pub altitude_metres: f64,
    /// Radius that the phone claims for the position, in metres.
    pub error_metres: f64,
}

/// One of the two pretend enterprises (被检查单位).
#[derive(Clone, Debug, PartialEq)]
pub struct Site {
    /// Its name, invented.
    pub name: &'static str,
    /// Its unified social credit code (统一社会信用代码), invented, with the right check character.
    pub credit_code: &'static str,
    /// Its address, invented, in a real township.
    pub address: &'static str,
    /// Its gate.
    pub place: Place,
    /// The person in charge who signs (现场负责人), generated.
    pub representative: String,
}

/// The people whose names stand on the drawn papers; all generated.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct People {
    /// The two officers who sign the records (执法人员).
    pub officers: [String; 2],
    /// The mentor who trains and signs nothing but the sheet (执法专家).
    pub mentor: String,
    /// Everyone on the sign-in sheet, the officers first.
    pub attendees: Vec<String>,
}

/// A file and what the visit says about it.
#[derive(Clone, Debug, PartialEq)]
pub struct Sample {
    /// What it is for.
    pub role: Role,
    /// Its name inside the folder, ASCII.
    pub file_name: &'static str,
    /// Where it was written.
    pub path: PathBuf,
    /// When it is said to be taken, Unix milliseconds; photos carry the same in EXIF.
    pub taken_at_ms: i64,
    /// Where it is said to be taken; photos carry the same in EXIF.
    pub place: Place,
    /// What it shows, in Chinese.
    pub caption: &'static str,
    /// Which enterprise: 0 or 1; `None` for the training.
    pub site: Option<usize>,
    /// The checklist item of the defect that it shows, such as `MW01`; `None` when it shows none.
    pub item: Option<&'static str>,
}

/// The whole set.
#[derive(Clone, Debug, PartialEq)]
pub struct Samples {
    /// The two enterprises; [`Sample::site`] counts in this list.
    pub sites: [Site; 2],
    /// Who stands on the papers.
    pub people: People,
    /// The files in the order of the visit.
    pub files: Vec<Sample>,
}

impl Samples {
    /// The files of one role, in the order of the visit.
    pub fn of_role(&self, role: Role) -> impl Iterator<Item = &Sample> {
        self.files.iter().filter(move |sample| sample.role == role)
    }

    /// The files that show one defect: an item of a checklist at a site.
    pub fn of_item<'a>(
        &'a self,
        site: usize,
        item: &'a str,
    ) -> impl Iterator<Item = &'a Sample> + 'a {
        self.files
            .iter()
            .filter(move |sample| sample.site == Some(site) && sample.item == Some(item))
    }
}
