//! What can be typed about people, enterprises, visits and hubs.

use std::net::SocketAddr;
use std::path::PathBuf;

use angen_hub::client::Endpoint;
use clap::{Args, Subcommand};

use super::powers::{Renew, SetPost};
use super::rows::{FindEnterprises, ImportRows};
use super::trust::{Reissue, TermsTyped};

/// `angen init`
#[derive(Args)]
pub(crate) struct Init {
    /// Division code, 9 digits, or the township's name or pinyin 乡镇街道代码或名称
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
        #[command(flatten)]
        terms: TermsTyped,
    },
    /// Give a person a new key, and revoke the old one: lost phone, forgotten PIN 补发
    Reissue(Reissue),
    /// List people from a table on the roster; each is enrolled later 批量列入名册
    Import(ImportRows),
    /// List people 列出人员
    List,
    /// Plan the posts 1+2+N 编制
    PlanPosts {
        /// Full-time directors 专职主任
        #[arg(long, default_value_t = 1)]
        director: u32,
        /// Professionals 专业人员
        #[arg(long, default_value_t = 2)]
        professionals: u32,
        /// Other staff 工作人员
        #[arg(long)]
        staff: u32,
    },
    /// Say which post a person has and whether the person is on it 在岗
    Post(SetPost),
    /// Posts, vacancies, and who is certified and on post 岗位与缺编
    Posts {
        /// The day; today, if none is given
        #[arg(long)]
        day: Option<String>,
    },
    /// Show a renewed certificate by a photo; it counts provisionally 换证（照片）
    Renew(Renew),
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
    /// Register the enterprises of a table 批量登记企业
    Import(ImportRows),
    /// Find enterprises by name, pinyin or credit code 查找企业
    Find(FindEnterprises),
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
        /// The dossier of its round
        #[arg(long)]
        round_dossier: Option<String>,
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

/// How a hub writes its log.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum LogForm {
    /// Lines for people
    Text,
    /// A JSON object a line
    Json,
    /// Nothing
    Off,
}

/// How far the way to a hub is trusted.
#[derive(Debug, Args)]
pub(crate) struct Way {
    /// Believe this authority too, beside those of the system: its certificate, as PEM 另信此根证书
    #[arg(long)]
    pub(crate) ca: Option<PathBuf>,
    /// Speak to another machine without TLS: whoever is in between reads everything
    #[arg(long)]
    pub(crate) plain_on_network: bool,
}

impl Way {
    /// The hub at its end.
    pub(crate) fn to<'a>(&'a self, url: &'a str) -> Endpoint<'a> {
        Endpoint { url, ca: self.ca.as_deref(), plain_on_network: self.plain_on_network }
    }
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
        /// Speak TLS with this certificate and those above it, as PEM 启用 TLS
        #[arg(long, requires = "tls_key")]
        tls_cert: Option<PathBuf>,
        /// The key of that certificate, as PEM
        #[arg(long, requires = "tls_cert")]
        tls_key: Option<PathBuf>,
        /// Listen to other machines without TLS: whoever is in between reads everything
        #[arg(long, alias = "allow-remote")]
        plain_on_network: bool,
        /// Fingerprints of the roots that are trusted
        #[arg(long)]
        root: Vec<String>,
        /// What `angen hub certify` wrote for this hub: it then keeps a log and gives receipts
        #[arg(long)]
        certificate: Vec<PathBuf>,
        /// Begin the log that the certificates name, after a restore 恢复备份后启用新日志
        #[arg(long)]
        new_epoch: bool,
        /// Where the log's high-water mark is kept: not where the database is backed up to 日志水位
        #[arg(long)]
        mark: Option<PathBuf>,
        /// What is written to standard error of each request; never who asked, or for what
        #[arg(long, value_enum, default_value = "off")]
        log: LogForm,
    },
    /// Copy what a hub holds into a folder, while it serves 备份平台
    Backup {
        /// The hub's own folder
        #[arg(long)]
        data: PathBuf,
        /// An empty folder, or an earlier backup of the same hub
        #[arg(long)]
        out: PathBuf,
    },
    /// Make a hub's folder from a backup; the next start needs a new epoch 恢复平台
    Restore {
        /// The backup
        #[arg(long)]
        from: PathBuf,
        /// An empty folder
        #[arg(long)]
        data: PathBuf,
    },
    /// Check everything that a hub holds again 核对平台
    Fsck {
        /// The hub's own folder
        #[arg(long)]
        data: PathBuf,
    },
    /// Show the public keys of a hub, made at the first time 平台公钥
    Keys {
        /// The hub's own folder
        #[arg(long)]
        data: PathBuf,
        /// Show them as a code too, for the administrator's phone 另显示二维码
        #[arg(long)]
        qr: bool,
    },
    /// Certify a hub, as the administrator 给平台发证
    Certify {
        /// What `angen hub keys` shows
        #[arg(long)]
        keys: String,
        /// The hub's name
        #[arg(long)]
        name: String,
        /// The body that runs it
        #[arg(long)]
        organisation: String,
        /// Its log, such as rizhao.example/donggang/1
        #[arg(long)]
        origin: String,
        /// The file for `angen hub serve --certificate`
        #[arg(long)]
        out: PathBuf,
    },
    /// Send what has no receipt yet, keep the receipts, and pull what changed 同步
    Sync {
        /// The hub, such as https://hub.example:8371
        #[arg(long)]
        with: String,
        #[command(flatten)]
        way: Way,
    },
    /// Take a root out of use for another one, for good, while the hub does not serve 停用根证书
    RetireRoot {
        /// The fingerprint of the root that goes
        root: String,
        /// The fingerprint of the root that takes its place
        #[arg(long = "for")]
        new: String,
        /// The hub's own folder
        #[arg(long)]
        data: PathBuf,
    },
    /// Take in a bundle for this hub, or a package, and log it 导入
    Import {
        /// The bundle or package
        file: PathBuf,
        /// Which hub.
        #[command(flatten)]
        at: AtHub,
    },
    /// Write a bundle with the receipts of the dossiers of one or more officers 导出回执
    ExportReceipts {
        /// The dossiers; all that every reader may see, if none is named
        dossiers: Vec<String>,
        /// A reader: a name, or the hash of a certificate; may be given again 收件人
        #[arg(long = "for", value_name = "READER", required_unless_present = "all")]
        readers: Vec<String>,
        /// For every officer and administrator whose certificate is in force 全部人员
        #[arg(long, conflicts_with = "readers")]
        all: bool,
        /// The file, such as receipts.angenb
        #[arg(long)]
        out: PathBuf,
        /// Which hub.
        #[command(flatten)]
        at: AtHub,
    },
    /// What has no receipt yet: it may exist on this device alone 尚无回执
    Waiting,
    /// Push a dossier to a hub 上传卷宗
    Push {
        /// The dossier
        dossier: String,
        /// The hub, such as https://hub.example:8371
        #[arg(long)]
        to: String,
        #[command(flatten)]
        way: Way,
    },
}

/// The hub that something is carried to or from.
#[derive(Args)]
pub(crate) struct AtHub {
    /// The hub's own folder
    #[arg(long)]
    pub(crate) data: PathBuf,
    /// Fingerprints of the roots that are trusted, added to those of earlier starts
    #[arg(long)]
    pub(crate) root: Vec<String>,
    /// What `angen hub certify` wrote for this hub, if it never served with it
    #[arg(long)]
    pub(crate) certificate: Vec<PathBuf>,
    /// The mark of its log, where `angen hub serve --mark` keeps it
    #[arg(long)]
    pub(crate) mark: Option<PathBuf>,
}
