//! What can be typed.

use std::path::PathBuf;

use clap::{Parser, Subcommand, ValueEnum};

mod bundle;
mod case;
mod conflict;
mod document;
mod follow_up;
mod keep;
mod place;
mod powers;
mod record;
mod round;
mod rows;
mod safety;
mod teach;
mod trust;

pub(crate) use bundle::{Blobs, BundleVerb, ExportBundle};
pub(crate) use case::{CaseVerb, DecideFiling, Interview};
pub(crate) use conflict::{ConflictVerb, DecideConflict};
pub(crate) use document::{DocumentVerb, Print};
pub(crate) use follow_up::{ExtendOrder, IssueOrder, MeasureVerb, OrderVerb, Recheck, Transfer};
pub(crate) use keep::{Number, PreserveVerb};
pub(crate) use place::{
    AtHub, EnterpriseVerb, HubVerb, Init, LogForm, OfficerVerb, TrainVerb, VisitVerb, Way,
};
pub(crate) use powers::{
    AskPowers, ExpertVerb, GrantMandate, MandateVerb, RecusalVerb, Renew, SetPost, TownshipVerb,
};
pub(crate) use record::{Answer, Capture, Correct, Find, PlanCheck, Sign};
pub(crate) use round::{OpenRound, RoundVerb};
pub(crate) use rows::{FindEnterprises, ImportRows};
pub(crate) use safety::{
    CustodyVerb, DossierVerb, EraseVerb, HoldVerb, NoteCustody, RetentionVerb,
};
pub(crate) use teach::TeachVerb;
pub(crate) use trust::{Adopt, AnswerEnrol, EnrolVerb, OverHub, Reissue, Revoke, TermsTyped};

/// Angen 安根: offline field inspection for township work-safety enforcement.
#[derive(Parser)]
#[command(name = "angen", version, about, propagate_version = true)]
pub(crate) struct Cli {
    /// Folder of the database 数据库文件夹
    #[arg(long, global = true, default_value = "angen-data", env = "ANGEN_DB")]
    pub(crate) db: PathBuf,

    /// Who acts: a name on the roster, or a writer's id 操作人
    #[arg(long = "as", global = true, value_name = "NAME", env = "ANGEN_AS")]
    pub(crate) officer: Option<String>,

    /// The PIN that opens the key of who acts 操作人的 PIN
    #[arg(long, global = true, env = "ANGEN_PIN", hide_env_values = true)]
    pub(crate) pin: Option<String>,

    /// Language 语言
    #[arg(long, global = true, value_enum, default_value = "zh", env = "ANGEN_LANG")]
    pub(crate) lang: Language,

    /// Answer in JSON 输出 JSON
    #[arg(long, global = true)]
    pub(crate) json: bool,

    /// File with the raw key of an encrypted database, 32 bytes 数据库密钥文件
    ///
    /// It stands before the verb.
    #[arg(long, value_name = "FILE", env = "ANGEN_DB_KEY_FILE")]
    pub(crate) db_key_file: Option<PathBuf>,

    /// What to do.
    #[command(subcommand)]
    pub(crate) verb: Verb,
}

/// A language.
#[derive(Clone, Copy, ValueEnum)]
pub(crate) enum Language {
    /// Chinese 中文
    Zh,
    /// English 英文
    En,
}

/// The verbs.
#[derive(Subcommand)]
pub(crate) enum Verb {
    /// Establish the database of a township 建库
    Init(Init),
    /// Enrol or list people 人员
    #[command(subcommand)]
    Officer(OfficerVerb),
    /// Let a new phone join, by two texts or over a hub 新手机入网
    #[command(subcommand)]
    Enrol(EnrolVerb),
    /// Revoke a writer: what it wrote behind the cut no longer counts 吊销
    Revoke(Revoke),
    /// Let ops of a revoked writer count again, for a reason 采认
    Adopt(Adopt),
    /// List what does not count because its writer is revoked 隔离的记录
    Quarantine,
    /// List what a person must decide: values that differ, transitions that collided 冲突清单
    Conflicts {
        /// The dossier; all of them, if none is given
        dossier: Option<String>,
    },
    /// Decide a conflict 冲突裁定
    #[command(subcommand)]
    Conflict(ConflictVerb),
    /// Townships with their division codes 乡镇街道
    #[command(subcommand)]
    Township(TownshipVerb),
    /// The expert pool: appointments 专家库
    #[command(subcommand)]
    Expert(ExpertVerb),
    /// Mandates: by which power the township acts 执法权限依据
    #[command(subcommand)]
    Mandate(MandateVerb),
    /// What may be issued, by whom and in whose name, and why not 可以出具什么文书
    Powers(AskPowers),
    /// Recusal: asked for and decided 回避
    #[command(subcommand)]
    Recusal(RecusalVerb),
    /// Register or list enterprises 企业
    #[command(subcommand)]
    Enterprise(EnterpriseVerb),
    /// Import a checklist from an Excel workbook 导入检查表
    Import {
        /// The workbook
        file: PathBuf,
    },
    /// List checklists 检查表
    Checklists,
    /// Plan or list assistance visits 帮扶
    #[command(subcommand)]
    Visit(VisitVerb),
    /// Rounds of assistance visits 帮扶轮次
    #[command(subcommand)]
    Round(RoundVerb),
    /// Comments of mentors, answers of officers, skills 帮教
    #[command(subcommand)]
    Teach(TeachVerb),
    /// Record a training, or attendance 培训
    #[command(subcommand)]
    Train(TrainVerb),
    /// Plan a check of an enterprise 检查
    Check(PlanCheck),
    /// Record that certificates were shown 亮证
    Show {
        /// The check's dossier
        dossier: String,
        /// To whom
        #[arg(long)]
        to: String,
    },
    /// Answer items of a checklist 答检查项
    Answer(Answer),
    /// Raise a finding 问题/隐患
    Find(Find),
    /// Correct a finding, with a reason 更正
    Correct(Correct),
    /// Retract a finding or evidence, with a reason 撤回
    Retract {
        /// The dossier
        dossier: String,
        /// The finding or the evidence
        entity: String,
        /// Why
        #[arg(long)]
        reason: String,
    },
    /// Capture a file as evidence 取证
    Capture(Capture),
    /// Write a note: a hazard seen, an emergency measure taken 记事
    Note {
        /// The dossier
        dossier: String,
        /// What happened, in a sentence
        text: String,
        /// What it is about
        #[arg(long)]
        about: Option<String>,
    },
    /// Assent to what another officer recorded 第二名执法人员确认
    Assent {
        /// The dossier
        dossier: String,
        /// Ops by hash; every one of others, if none is named
        ops: Vec<String>,
    },
    /// Show a code that asks assent on another phone 出示确认请求
    RequestAssent {
        /// The dossier
        dossier: String,
        /// Who is asked; whoever else, if nobody is named
        #[arg(long)]
        of: Option<String>,
    },
    /// Read what a colleague's phone asks assent to, and sign it 用自己的设备确认
    SignAssent {
        /// What the other phone shows
        text: String,
        /// Sign it; without this it is only read
        #[arg(long)]
        yes: bool,
    },
    /// Carry an assent that was signed on another phone into the dossier 带回确认
    CarryAssent {
        /// The dossier
        dossier: String,
        /// What the other phone shows
        text: String,
    },
    /// Note the party's signature or refusal 当事人签字
    Sign(Sign),
    /// Take or lift an on-site measure 现场处理措施
    #[command(subcommand)]
    Measure(MeasureVerb),
    /// A correction order and its deadlines 责令限期整改
    #[command(subcommand)]
    Order(OrderVerb),
    /// Re-check an order, item by item 整改复查
    Recheck(Recheck),
    /// Hand a finding over to its authority 移送
    Transfer(Transfer),
    /// Fill in numbers of a check that come later 补填编号
    Number(Number),
    /// Register and preserve evidence in advance 先行登记保存
    #[command(subcommand)]
    Preserve(PreserveVerb),
    /// The periods that run, with their reasoning 期限
    Clocks {
        /// The dossier; all of them, if none is named
        dossier: Option<String>,
        /// The day of which it speaks, if not today
        #[arg(long)]
        as_of: Option<String>,
    },
    /// A case and its papers 案件
    #[command(subcommand)]
    Case(CaseVerb),
    /// Print a document, filled from what was recorded 出具文书
    Print(Print),
    /// Documents and their numbers 文书和文号
    #[command(subcommand)]
    Document(DocumentVerb),
    /// List what is still missing 还缺什么
    Missing {
        /// The dossier
        dossier: String,
    },
    /// List what does not fit together in checks and cases 核对提示
    Defects {
        /// The dossier; all of them, if none is named
        dossier: Option<String>,
        /// Read every file as well, and compare it with its op
        #[arg(long)]
        media: bool,
    },
    /// The 1-2-1-1 board of an assistance visit 进度
    Board {
        /// The assistance visit's dossier
        dossier: String,
        /// The ops behind each condition, of T, C, V, E or of all 凭什么这样计
        #[arg(long, value_name = "PART", num_args = 0..=1, default_missing_value = "all")]
        why: Option<String>,
    },
    /// The one-page report of an assistance visit 帮扶报告
    Report {
        /// The assistance visit's dossier
        dossier: String,
        /// A file that ends in .html (prints on one A4 page) or .md
        #[arg(long)]
        out: Option<PathBuf>,
    },
    /// Export dossiers as one package 导出卷宗包
    Export {
        /// Dossiers that go whole
        #[arg(required = true)]
        dossiers: Vec<String>,
        /// The file, such as visit.angen
        #[arg(long)]
        out: PathBuf,
        /// Fields to withhold, such as signer or interview.phone
        #[arg(long)]
        withhold: Vec<String>,
        /// Withhold what such a reader does not see: court, party_lawyer or public 阅卷人
        #[arg(long = "for", value_name = "READER")]
        reader: Option<String>,
        /// Who gets it; noted in the dossier 交给谁
        #[arg(long)]
        to: Option<String>,
        /// What for; noted in the dossier 用途
        #[arg(long)]
        purpose: Option<String>,
        /// Hub to meet first, so that the package holds the receipt of its own export 先与平台同步
        #[arg(long)]
        hub: Option<String>,
        #[command(flatten)]
        way: Way,
    },
    /// Dossiers on a stick, encrypted to their readers 加密包（U 盘）
    #[command(subcommand)]
    Bundle(BundleVerb),
    /// Look at the fields of an entity; personal data is hidden 查看
    Look {
        /// The dossier
        dossier: String,
        /// The entity
        entity: String,
        /// Show personal data too; the look is noted in the dossier 显示个人信息
        #[arg(long, requires = "purpose")]
        reveal: bool,
        /// What the personal data is needed for 用途
        #[arg(long)]
        purpose: Option<String>,
    },
    /// Who saw, printed, copied or took what 流转
    #[command(subcommand)]
    Custody(CustodyVerb),
    /// Close or archive a dossier 结案归档
    #[command(subcommand)]
    Dossier(DossierVerb),
    /// How long dossiers are kept, and what is due 保管期限
    #[command(subcommand)]
    Retention(RetentionVerb),
    /// Legal holds 保全
    #[command(subcommand)]
    Hold(HoldVerb),
    /// Erase personal data: two persons, a legal basis 依法删除
    #[command(subcommand)]
    Erase(EraseVerb),
    /// Verify a package, and tell what of it counts; needs no database 验证
    Verify {
        /// The package
        file: PathBuf,
        /// The root's fingerprint that you know
        #[arg(long)]
        root: Option<String>,
        /// Judge what counts by the revocations that the database of --db knows, too 按本机数据库
        #[arg(long)]
        by_database: bool,
    },
    /// Open a package: originals and one page to read; needs no database 打开
    Open {
        /// The package
        file: PathBuf,
        /// The folder for it, new or empty
        #[arg(long)]
        out: PathBuf,
        /// The root's fingerprint that you know
        #[arg(long)]
        root: Option<String>,
    },
    /// What the database holds, and what was under way when it was killed 概况
    Status,
    /// Encrypt a plain database with the key of --db-key-file 加密数据库
    Encrypt,
    /// How much room is left, before the shutter 剩余空间
    Room,
    /// Empty this device, or order it for lost ones 清除
    Wipe {
        /// Order it for the devices of these people instead, by name or writer
        #[arg(long, requires = "reason")]
        order: Vec<String>,
        /// Why
        #[arg(long)]
        reason: Option<String>,
        /// Do it here and now: keys and database are destroyed
        #[arg(long, conflicts_with = "order")]
        confirm: bool,
    },
    /// Make the projection again from the log 重建
    Rebuild,
    /// Check everything that is held 自检
    Fsck,
    /// Set aside what an interrupted capture left in the blob folder 清扫
    Sweep,
    /// Serve a hub, or push a dossier to one 平台
    #[command(subcommand)]
    Hub(HubVerb),
    /// A whole assistance visit, from workbooks to a verified package 演示
    Demo {
        /// The folder that the run's files are left in
        #[arg(long)]
        out: Option<PathBuf>,
        /// The same visit without a violation: an honest zero, and a practice case 如实为零
        #[arg(long)]
        without_violation: bool,
    },
}
