//! What can be typed.

use std::net::SocketAddr;
use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

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
    /// Assent to what another officer recorded 第二名执法人员确认
    Assent {
        /// The dossier
        dossier: String,
        /// Ops by hash; every one of others, if none is named
        ops: Vec<String>,
    },
    /// Note the party's signature or refusal 当事人签字
    Sign(Sign),
    /// List what is still missing 还缺什么
    Missing {
        /// The dossier
        dossier: String,
    },
    /// The 1-2-1-1 board of an assistance visit 进度
    Board {
        /// The assistance visit's dossier
        dossier: String,
    },
    /// Export dossiers as one package 导出卷宗包
    Export {
        /// Dossiers that go whole
        #[arg(required = true)]
        dossiers: Vec<String>,
        /// The file, such as visit.angen
        #[arg(long)]
        out: PathBuf,
        /// Fields to withhold, such as signer
        #[arg(long)]
        withhold: Vec<String>,
    },
    /// Verify a package; needs no database 验证
    Verify {
        /// The package
        file: PathBuf,
        /// The root's fingerprint that you know
        #[arg(long)]
        root: Option<String>,
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
    /// What the database holds 概况
    Status,
    /// Make the projection again from the log 重建
    Rebuild,
    /// Check everything that is held 自检
    Fsck,
    /// Serve a hub, or push a dossier to one 平台
    #[command(subcommand)]
    Hub(HubVerb),
    /// A whole assistance visit, from workbooks to a verified package 演示
    Demo {
        /// The folder that the run's files are left in
        #[arg(long)]
        out: Option<PathBuf>,
    },
}

/// `angen init`
#[derive(Args)]
pub(crate) struct Init {
    /// Division code, 9 digits 乡镇街道代码
    #[arg(long)]
    pub(crate) area: String,
    /// Name of the township 乡镇名称
    #[arg(long)]
    pub(crate) township: String,
    /// The body that the root belongs to 根证书单位
    #[arg(long)]
    pub(crate) organisation: String,
    /// Name of the administrator 管理员姓名
    #[arg(long, default_value = "管理员")]
    pub(crate) administrator: String,
}

/// `angen officer`
#[derive(Subcommand)]
pub(crate) enum OfficerVerb {
    /// Enrol a person 登记人员
    Add {
        /// The name
        #[arg(long)]
        name: String,
        /// enforcer, mentor or assistant
        #[arg(long, default_value = "enforcer")]
        role: String,
        /// The body
        #[arg(long)]
        organisation: String,
        /// Number of the enforcement certificate 执法证号
        #[arg(long)]
        certificate_no: Option<String>,
        /// Its last day, 2028-06-30
        #[arg(long)]
        valid_until: Option<String>,
        /// The person's own PIN
        #[arg(long, env = "ANGEN_NEW_PIN", hide_env_values = true)]
        new_pin: String,
    },
    /// List people 列出人员
    List,
}

/// `angen enterprise`
#[derive(Subcommand)]
pub(crate) enum EnterpriseVerb {
    /// Register an enterprise 登记企业
    Add {
        /// The name
        #[arg(long)]
        name: String,
        /// Unified social credit code 统一社会信用代码
        #[arg(long)]
        credit_code: Option<String>,
        /// Why it has none
        #[arg(long)]
        no_code_reason: Option<String>,
        /// The address
        #[arg(long)]
        address: String,
        /// The person in charge
        #[arg(long)]
        representative: Option<String>,
        /// Industry (GB/T 4754-2017), such as C33
        #[arg(long)]
        industry: Option<String>,
    },
    /// List enterprises 列出企业
    List,
}

/// `angen visit`
#[derive(Subcommand)]
pub(crate) enum VisitVerb {
    /// Plan an assistance visit 安排帮扶
    Plan {
        /// Round, from 1
        #[arg(long, default_value_t = 1)]
        round: u32,
        /// rizhao-2021 or since-2025
        #[arg(long, default_value = "since-2025")]
        profile: String,
        /// Mentors, by name or writer
        #[arg(long)]
        mentor: Vec<String>,
    },
    /// List visits and checks 列出卷宗
    List,
}

/// `angen train`
#[derive(Subcommand)]
pub(crate) enum TrainVerb {
    /// Record a training 登记培训
    Record {
        /// The assistance visit's dossier
        dossier: String,
        /// What it was about
        #[arg(long)]
        title: String,
        /// The trainer, by name or writer
        #[arg(long)]
        trainer: String,
        /// Agenda tags, separated by commas; `all` for the whole loop
        #[arg(long, value_delimiter = ',')]
        agenda: Vec<String>,
        /// Where
        #[arg(long)]
        place: String,
        /// Began, in milliseconds since 1970 UTC
        #[arg(long)]
        from_ms: i64,
        /// Ended, in milliseconds since 1970 UTC
        #[arg(long)]
        to_ms: i64,
    },
    /// Confirm one's own attendance 本人签到
    Attend {
        /// The assistance visit's dossier
        dossier: String,
        /// The training
        training: String,
    },
}

/// `angen hub`
#[derive(Subcommand)]
pub(crate) enum HubVerb {
    /// Serve a hub until it is stopped 启动平台
    Serve {
        /// The hub's own folder
        #[arg(long)]
        data: PathBuf,
        /// Where to listen; port 0 takes a free one
        #[arg(long, default_value = "127.0.0.1:8371")]
        listen: SocketAddr,
        /// Listen to other machines as well; there is no encryption yet
        #[arg(long)]
        allow_remote: bool,
        /// Fingerprints of the roots that are trusted
        #[arg(long)]
        root: Vec<String>,
    },
    /// Push a dossier to a hub 上传卷宗
    Push {
        /// The dossier
        dossier: String,
        /// The hub, such as http://127.0.0.1:8371
        #[arg(long)]
        to: String,
    },
}

/// `angen check`
#[derive(Args)]
pub(crate) struct PlanCheck {
    /// The enterprise, by name, credit code or id
    #[arg(long)]
    pub(crate) enterprise: String,
    /// Checklists, by list id (mw, ls, hc, fe, gm) or id
    #[arg(long, value_delimiter = ',', required = true)]
    pub(crate) checklist: Vec<String>,
    /// plan, complaint, special or assistance
    #[arg(long, default_value = "plan")]
    pub(crate) basis: String,
    /// Number of the approval
    #[arg(long)]
    pub(crate) approval_no: Option<String>,
    /// Number of the notice
    #[arg(long)]
    pub(crate) notice_no: Option<String>,
    /// The assistance visit's dossier
    #[arg(long)]
    pub(crate) visit: Option<String>,
}

/// `angen answer`
#[derive(Args)]
pub(crate) struct Answer {
    /// The check's dossier
    pub(crate) dossier: String,
    /// The checklist, by list id or id
    #[arg(long)]
    pub(crate) checklist: String,
    /// ITEM=VALUE, as many as were answered
    #[arg(required = true)]
    pub(crate) answers: Vec<String>,
    /// Why answers change
    #[arg(long)]
    pub(crate) reason: Option<String>,
}

/// `angen find`
#[derive(Args)]
pub(crate) struct Find {
    /// The check's dossier
    pub(crate) dossier: String,
    /// What is wrong, in a sentence
    #[arg(long)]
    pub(crate) title: String,
    /// The item that it comes from
    #[arg(long)]
    pub(crate) item: Option<String>,
    /// Law, version and article
    #[arg(long, default_value = "")]
    pub(crate) basis: String,
    /// EM, FR, MS or EE
    #[arg(long, default_value = "EM")]
    pub(crate) authority: String,
    /// Code of the penalty table
    #[arg(long)]
    pub(crate) penalty: Option<String>,
    /// The major-hazard criterion
    #[arg(long)]
    pub(crate) major_hazard: Option<String>,
    /// on_the_spot, order or case
    #[arg(long, default_value = "order")]
    pub(crate) consequence: String,
    /// CODE=WORDS: subject, location, act, observed, consequence
    #[arg(long)]
    pub(crate) element: Vec<String>,
}

/// `angen correct`
#[derive(Args)]
pub(crate) struct Correct {
    /// The check's dossier
    pub(crate) dossier: String,
    /// The finding
    pub(crate) finding: String,
    /// Better words
    #[arg(long)]
    pub(crate) title: Option<String>,
    /// Law, version and article
    #[arg(long)]
    pub(crate) basis: Option<String>,
    /// on_the_spot, order or case
    #[arg(long)]
    pub(crate) consequence: Option<String>,
    /// CODE=WORDS, every element that can be told now
    #[arg(long)]
    pub(crate) element: Vec<String>,
    /// Why
    #[arg(long)]
    pub(crate) reason: String,
}

/// `angen capture`
#[derive(Args)]
pub(crate) struct Capture {
    /// The file
    pub(crate) file: PathBuf,
    /// The dossier
    #[arg(long)]
    pub(crate) dossier: String,
    /// The finding, training or record that it shows
    #[arg(long)]
    pub(crate) about: Option<String>,
    /// documentary, physical, audio_visual, electronic, testimony, party_statement,
    /// expert_opinion, scene_record
    #[arg(long, default_value = "audio_visual")]
    pub(crate) kind: String,
    /// own_camera, body_camera, cctv_copy, from_party, colleague_phone, scan, instrument, imported
    #[arg(long, default_value = "imported")]
    pub(crate) source: String,
    /// The device's serial, or who copied it
    #[arg(long)]
    pub(crate) source_note: Option<String>,
    /// What one sees or hears
    #[arg(long)]
    pub(crate) caption: String,
    /// How it was made
    #[arg(long)]
    pub(crate) method: Option<String>,
    /// What it is to prove
    #[arg(long)]
    pub(crate) proves: Option<String>,
    /// courseware, sign_in_sheet, signed_page, subject_papers, interview, hash_list, refusal_note
    #[arg(long)]
    pub(crate) purpose: Option<String>,
    /// LATITUDE,LONGITUDE in degrees, WGS-84
    #[arg(long, allow_hyphen_values = true)]
    pub(crate) place: Option<String>,
    /// The evidence that it was made from
    #[arg(long)]
    pub(crate) derived_from: Option<String>,
}

/// `angen sign`
#[derive(Args)]
pub(crate) struct Sign {
    /// The check's dossier
    pub(crate) dossier: String,
    /// Who signed
    #[arg(long, requires_all = ["post", "evidence"], conflicts_with = "refused")]
    pub(crate) signer: Option<String>,
    /// The post
    #[arg(long)]
    pub(crate) post: Option<String>,
    /// The captured page (or the video of the refusal)
    #[arg(long)]
    pub(crate) evidence: Option<String>,
    /// Why the party refused to sign
    #[arg(long, required_unless_present = "signer")]
    pub(crate) refused: Option<String>,
}
