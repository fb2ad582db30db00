//! 证据页与证据哈希清单: the media of one check, and their digests signed by the party on site.
//!
//! A digest that the party signed is what lets a court take electronic material as confirmed by the
//! other side (最高人民法院《关于行政诉讼证据若干问题的规定》（2002年）第六十四条).
use std::collections::BTreeSet;

use crate::content::{
    Block, DIGEST_BYTES, Document, FieldName, MEDIA_MAX, MediaEntry, Piece, Row,
    THUMBNAIL_BYTES_MAX, picture_size,
};
use crate::entry::{Entry, Moment};
use crate::form::Form;
use crate::gather::{self, Gather, officer_places};
use crate::people::{Officer, UnitSignature};
use crate::problem::{ProblemKind, Refusal};

/// Evidence pages. What each medium needs: method, time, maker and object of proof (same rules,
/// 第十二条).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EvidencePages {
    /// 执法机关.
    pub agency: Entry,
    /// 被检查单位.
    pub unit_name: Entry,
    /// 所属文书: the record or the case that the media belong to, by its number.
    pub belongs_to: Entry,
    /// 清单时间: when the digests were listed and shown to the party.
    pub listed_at: Moment,
    /// The media, from number 1.
    pub media: Vec<Medium>,
    /// 执法人员.
    pub officers: Vec<Officer>,
    /// 当事人签名.
    pub unit_signature: UnitSignature,
}

/// One medium.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Medium {
    /// A JPEG or PNG of at most 512 KiB; `None` for sound.
    pub thumbnail: Option<Vec<u8>>,
    /// 说明: what is seen.
    pub caption: Entry,
    /// 证明对象.
    pub proof_object: Entry,
    /// 来源: this phone's camera, body camera, CCTV copy, received, scan.
    pub source: Entry,
    /// 制作方法.
    pub method: Entry,
    /// 拍摄时间.
    pub taken_at: Moment,
    /// 拍摄地点.
    pub place: Entry,
    /// 制作人.
    pub maker: Officer,
    /// 文件名.
    pub file_name: String,
    /// 字节数 of the original.
    pub length_bytes: u64,
    /// SHA-256 of the original.
    pub sha256: [u8; DIGEST_BYTES],
    /// SM3 of the original.
    pub sm3: [u8; DIGEST_BYTES],
}

const AGENCY: FieldName = FieldName::new("agency", "执法机关", "agency");
const BELONGS_TO: FieldName = FieldName::new("belongs_to", "所属文书", "document it belongs to");
const LISTED_AT: FieldName = FieldName::new("listed_at", "清单时间", "time of the list");
const COUNT: FieldName = FieldName::new("count", "证据数量", "number of media");
const MEDIUM: FieldName = FieldName::new("medium", "证据", "medium");
const THUMBNAIL: FieldName = FieldName::new("thumbnail", "缩略图", "thumbnail");
const FILE_NAME: FieldName = FieldName::new("file_name", "文件名", "file name");
const DIGEST: FieldName = FieldName::new("sha256", "SHA-256", "SHA-256 digest");
const CAPTION: FieldName = FieldName::new("caption", "说明", "caption");
const PROOF_OBJECT: FieldName = FieldName::new("proof_object", "证明对象", "object of proof");
const SOURCE: FieldName = FieldName::new("source", "来源", "source");
const METHOD: FieldName = FieldName::new("method", "制作方法", "method");
const TAKEN_AT: FieldName = FieldName::new("taken_at", "制作时间", "time of making");
const PLACE: FieldName = FieldName::new("place", "制作地点", "place of making");
const MAKER: FieldName =
    FieldName::new("maker", "制作人及执法证号", "maker with certificate number");

impl EvidencePages {
    /// The document.
    ///
    /// # Errors
    ///
    /// Everything that stands against it, at once.
    pub fn document(&self) -> Result<Document, Refusal> {
        let mut gather = Gather::new(Form::EvidencePages);
        let agency = gather.printed(AGENCY, &self.agency).value.text().to_owned();
        let mut rows = vec![
            Row::of([gather.printed(gather::UNIT_NAME, &self.unit_name)]),
            Row::of([gather.must(BELONGS_TO, &self.belongs_to)]),
        ];
        let count = crate::content::Field::printed(COUNT, format!("{}件", self.media.len()));
        rows.push(Row::of([gather.must(LISTED_AT, &self.listed_at), count]));
        let officers = gather.officers(&self.officers);
        rows.extend(officers.chunks(2).map(|pair| Row::of(pair.to_vec())));
        let media = self.media(&mut gather);
        let mut places = gather.unit_signature("当事人（现场负责人）", &self.unit_signature);
        places.extend(officer_places("执法人员", &self.officers));
        let blocks = vec![
            Block::Table(rows),
            Block::Media(media.clone()),
            Block::Heading("证据哈希清单".to_owned()),
            Block::Paragraph(vec![Piece::words(EXPLANATION)]),
            Block::HashList(media),
            Block::Paragraph(vec![Piece::words(CONFIRMATION)]),
            Block::Signatures(places),
        ];
        let page_signers = vec!["当事人（签名、捺指印）".to_owned(), "执法人员".to_owned()];
        let form = Form::EvidencePages;
        gather.finish(Document { form, agency, number: None, blocks, page_signers })
    }

    fn media(&self, gather: &mut Gather) -> Vec<MediaEntry> {
        gather.count(MEDIUM, self.media.len(), 1, MEDIA_MAX);
        let mut seen = BTreeSet::new();
        let mut entries = Vec::new();
        for (number, medium) in (1..).zip(&self.media) {
            if !seen.insert(medium.sha256) {
                gather.object(DIGEST, Some(number), ProblemKind::Twice);
            }
            gather.in_entry(Some(number));
            entries.push(medium.entry(gather, number));
        }
        gather.in_entry(None);
        entries
    }
}

impl Medium {
    fn entry(&self, gather: &mut Gather, number: usize) -> MediaEntry {
        if let Some(bytes) = &self.thumbnail
            && (bytes.len() > THUMBNAIL_BYTES_MAX || picture_size(bytes).is_none())
        {
            gather.object(THUMBNAIL, Some(number), ProblemKind::NotAPicture);
        }
        let (maker, certificate) = (&self.maker.name, &self.maker.certificate_number);
        let maker = match (maker.is_empty(), certificate.is_empty()) {
            (false, false) => Entry::Given(format!("{maker}（{certificate}）")),
            _ => Entry::Missing,
        };
        MediaEntry {
            number,
            thumbnail: self.thumbnail.clone(),
            fields: vec![
                gather.printed(CAPTION, &self.caption),
                gather.must(PROOF_OBJECT, &self.proof_object),
                gather.must(SOURCE, &self.source),
                gather.must(METHOD, &self.method),
                gather.printed(TAKEN_AT, &self.taken_at),
                gather.must(PLACE, &self.place),
                gather.printed(MAKER, &maker),
            ],
            file_name: gather.text(FILE_NAME, number, &self.file_name),
            length_bytes: self.length_bytes,
            sha256: self.sha256,
            sm3: self.sm3,
        }
    }
}

const EXPLANATION: &str = "下列摘要由执法终端对原始文件计算。文件改动任何一处，摘要即不相同。摘要只证明文件自列入清单后未被改动，不证明画面在此之前的真实性。";

const CONFIRMATION: &str =
    "以上证据的画面、声音及摘要已向我出示，与现场所见一致；如有异议，已在本页注明。";
