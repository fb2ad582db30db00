//! What can be typed about townships, posts, experts, mandates and recusals.

use clap::{Args, Subcommand};

/// `angen township`
#[derive(Subcommand)]
pub(crate) enum TownshipVerb {
    /// List townships with their codes 列出乡镇街道
    List,
    /// Find a township by code, name or pinyin 查找乡镇街道
    Find {
        /// Parts of the name, pinyin or its initials, or the start of the code 关键词
        #[arg(required = true)]
        words: Vec<String>,
    },
}

/// `angen officer post`
#[derive(Args)]
pub(crate) struct SetPost {
    /// The person, by name or id
    pub(crate) person: String,
    /// director, professional or staff 岗位
    #[arg(long)]
    pub(crate) post: String,
    /// Whether the person does the work 是否在岗
    #[arg(long, action = clap::ArgAction::Set)]
    pub(crate) on_post: bool,
    /// Since which day, 2026-09-01 起始日
    #[arg(long)]
    pub(crate) since: String,
    /// Why it changed 原因
    #[arg(long)]
    pub(crate) reason: Option<String>,
}

/// `angen officer renew`
#[derive(Args)]
pub(crate) struct Renew {
    /// The person, by name or id
    pub(crate) person: String,
    /// Number of the new certificate 新证号
    #[arg(long)]
    pub(crate) certificate_no: String,
    /// Its last day, 2031-06-30
    #[arg(long)]
    pub(crate) valid_until: String,
    /// The photo of it: evidence that was captured in the roster's dossier
    #[arg(long)]
    pub(crate) photo: String,
}

/// `angen expert`
#[derive(Subcommand)]
pub(crate) enum ExpertVerb {
    /// Appoint a person to the expert pool 聘任专家
    Appoint {
        /// The person, by name or id
        person: String,
        /// city, district or technical
        #[arg(long, default_value = "city")]
        kind: String,
        /// What the person knows, separated by commas 专长
        #[arg(long, value_delimiter = ',')]
        specialty: Vec<String>,
        /// First day, 2026-01-01
        #[arg(long)]
        from: String,
        /// Last day, 2026-12-31
        #[arg(long)]
        until: String,
        /// The body that appoints 聘任单位
        #[arg(long)]
        by: String,
        /// Number of the letter of appointment 聘书文号
        #[arg(long)]
        document_no: Option<String>,
    },
    /// End an appointment 解聘
    End {
        /// The appointment
        appointment: String,
        /// From which day, 2026-09-01
        #[arg(long)]
        on: String,
        /// Why
        #[arg(long)]
        reason: String,
    },
    /// List the pool with specialties and load 列出专家库
    List {
        /// The day; today, if none is given
        #[arg(long)]
        day: Option<String>,
    },
}

/// `angen mandate`
#[derive(Subcommand)]
pub(crate) enum MandateVerb {
    /// Enter a mandate as its paper says 登记执法权限依据
    Grant(Box<GrantMandate>),
    /// End a mandate 终止
    End {
        /// The mandate
        mandate: String,
        /// From which day, 2026-09-01
        #[arg(long)]
        on: String,
        /// Why
        #[arg(long)]
        reason: String,
    },
    /// List mandates 列出执法权限依据
    List,
}

/// `angen mandate grant`
#[derive(Args)]
pub(crate) struct GrantMandate {
    /// own, delegation, joint or transfer 自有、委托、联合、赋权
    #[arg(long)]
    pub(crate) kind: String,
    /// The body that gives the power; none for own power 委托机关
    #[arg(long)]
    pub(crate) delegator: Option<String>,
    /// The township's body 受托单位
    #[arg(long)]
    pub(crate) delegate: String,
    /// government or institution 受托单位性质
    #[arg(long)]
    pub(crate) delegate_kind: Option<String>,
    /// Penalty codes, separated by commas, or all 事项
    #[arg(long, value_delimiter = ',', default_value = "all")]
    pub(crate) matters: Vec<String>,
    /// A cap such as unit=50000 or person=20000:statutory_max:exclusive 限额（元）
    #[arg(long, value_name = "SUBJECT=YUAN[:BASIS[:inclusive|exclusive]]")]
    pub(crate) cap: Vec<String>,
    /// Division codes or names, separated by commas 区域
    #[arg(long, value_delimiter = ',', required = true)]
    pub(crate) area: Vec<String>,
    /// First day, 2026-01-01
    #[arg(long)]
    pub(crate) from: String,
    /// Last day
    #[arg(long)]
    pub(crate) until: Option<String>,
    /// The day of publication 公布日期
    #[arg(long)]
    pub(crate) published_on: Option<String>,
    /// Where it was published 公布网址
    #[arg(long)]
    pub(crate) published_at: Option<String>,
    /// Number of the paper 文号
    #[arg(long)]
    pub(crate) document_no: Option<String>,
    /// What stands in brackets of a document's number, such as 鲁日 文号简称
    #[arg(long)]
    pub(crate) number_region: Option<String>,
    /// Whose seal, if it is another body's 印章
    #[arg(long)]
    pub(crate) seal_of: Option<String>,
    /// The scan of the paper: evidence that was captured in the roster's dossier
    #[arg(long)]
    pub(crate) evidence: Option<String>,
}

/// `angen powers`
#[derive(Args)]
pub(crate) struct AskPowers {
    /// The day, 2026-09-15; today, if none is given
    #[arg(long)]
    pub(crate) day: Option<String>,
    /// Division code or name of the place; this township, if none is given 违法行为发生地
    #[arg(long)]
    pub(crate) area: Option<String>,
    /// Penalty codes, such as P99(2) 处罚条款代码
    #[arg(long)]
    pub(crate) penalty: Vec<String>,
    /// A form by its name or title, such as correction-order 文书
    #[arg(long)]
    pub(crate) form: Option<String>,
    /// person or unit: who would be fined
    #[arg(long)]
    pub(crate) subject: Option<String>,
    /// The fine in yuan, if it is known
    #[arg(long)]
    pub(crate) amount: Option<i64>,
    /// The act was not corrected in time, or is serious 逾期未改或者情节严重
    #[arg(long)]
    pub(crate) later: bool,
    /// A check or a case: what may be issued from it (with --form)
    #[arg(long, requires = "form")]
    pub(crate) dossier: Option<String>,
}

/// `angen recusal`
#[derive(Subcommand)]
pub(crate) enum RecusalVerb {
    /// Ask that an officer step aside 申请回避
    Request {
        /// The dossier of the check or case
        dossier: String,
        /// The officer, by name or writer
        #[arg(long = "officer", value_name = "NAME")]
        whom: String,
        /// party or officer: who asks
        #[arg(long, default_value = "party")]
        by: String,
        /// Why
        #[arg(long)]
        reason: String,
    },
    /// Note the decision of the head of the agency 回避决定
    Decide {
        /// The dossier of the check or case
        dossier: String,
        /// The request
        recusal: String,
        /// granted or refused
        #[arg(long)]
        decision: String,
        /// Who decided
        #[arg(long)]
        approver: String,
        /// Post of who decided
        #[arg(long)]
        approver_post: String,
        /// The day of the decision, 2026-09-16
        #[arg(long)]
        on: String,
        /// Why
        #[arg(long)]
        reason: String,
        /// The signed form: evidence that was captured in this dossier
        #[arg(long)]
        evidence: String,
    },
}
