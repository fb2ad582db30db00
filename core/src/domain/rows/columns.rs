//! Which columns a ledger has, and by which headers they go.

/// What the rows of a file are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RowKind {
    /// Enterprises 企业台账.
    Enterprise,
    /// People on the roster 执法人员名册, with their enforcement certificates 执法证.
    Officer,
}

/// How the text of a column is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Reading {
    /// Words: full-width digits and letters become half-width.
    Words,
    /// A number or code: full-width signs as well, and letters become upper-case.
    Code,
    /// A day.
    Day,
}

/// A column that is understood.
#[derive(Debug, PartialEq, Eq)]
pub struct Column {
    /// The field of the op.
    pub field: &'static str,
    /// Headers, the usual one first; compared without spaces, brackets and case.
    pub headers: &'static [&'static str],
    /// Must not be empty.
    pub needed: bool,
    /// Personal data that is never shown in clear.
    pub secret: bool,
    pub(super) reading: Reading,
}

const fn column(
    field: &'static str,
    reading: Reading,
    needed: bool,
    headers: &'static [&'static str],
) -> Column {
    Column { field, headers, needed, secret: false, reading }
}

const ENTERPRISE: &[Column] = &[
    column(
        "name",
        Reading::Words,
        true,
        &[
            "企业名称",
            "单位名称",
            "生产经营单位名称",
            "生产经营单位",
            "公司名称",
            "字号名称",
            "名称",
            "name",
            "enterprise",
        ],
    ),
    column(
        "credit_code",
        Reading::Code,
        false,
        &["统一社会信用代码", "社会信用代码", "统一信用代码", "信用代码", "credit_code", "uscc"],
    ),
    column(
        "no_code_reason",
        Reading::Words,
        false,
        &["无代码原因", "无信用代码原因", "没有代码的原因", "no_code_reason"],
    ),
    column(
        "address",
        Reading::Words,
        true,
        &[
            "生产经营地址",
            "经营地址",
            "企业地址",
            "单位地址",
            "详细地址",
            "地址",
            "住所",
            "注册地址",
            "address",
        ],
    ),
    column(
        "representative",
        Reading::Words,
        false,
        &["主要负责人", "负责人", "法定代表人", "法人代表", "法人", "representative"],
    ),
    column(
        "industry",
        Reading::Code,
        false,
        &["行业代码", "国民经济行业代码", "行业", "行业类别", "industry"],
    ),
];

const OFFICER: &[Column] = &[
    column("name", Reading::Words, true, &["姓名", "人员姓名", "name"]),
    column("role", Reading::Words, true, &["身份", "人员类别", "类别", "岗位", "role"]),
    column(
        "organisation",
        Reading::Words,
        true,
        &["单位", "所在单位", "工作单位", "所属单位", "执法机构", "organisation", "organization"],
    ),
    column(
        "certificate_no",
        Reading::Code,
        false,
        &[
            "执法证号",
            "执法证件号",
            "行政执法证号",
            "执法证编号",
            "证件编号",
            "证号",
            "certificate_no",
        ],
    ),
    column(
        "certificate_valid_until",
        Reading::Day,
        false,
        &[
            "有效期至",
            "执法证有效期至",
            "证件有效期至",
            "有效期",
            "valid_until",
            "certificate_valid_until",
        ],
    ),
    Column {
        secret: true,
        ..column(
            "id_number",
            Reading::Code,
            false,
            &["身份证号", "身份证号码", "公民身份号码", "居民身份证号", "身份证", "id_number"],
        )
    },
    column(
        "post",
        Reading::Words,
        false,
        &["编制岗位", "岗位类别", "所在岗位", "执法岗位", "post"],
    ),
    column(
        "on_post",
        Reading::Words,
        false,
        &["是否在岗", "在岗情况", "在岗状态", "在岗", "on_post"],
    ),
    column(
        "since",
        Reading::Day,
        false,
        &["在岗起始日", "到岗日期", "上岗日期", "到岗时间", "on_post_since", "since"],
    ),
];

/// Fields of a row of people that go to the person's post, and not to the person.
pub const POST_FIELDS: &[&str] = &["post", "on_post", "since"];

impl RowKind {
    /// The columns.
    #[must_use]
    pub fn columns(self) -> &'static [Column] {
        match self {
            Self::Enterprise => ENTERPRISE,
            Self::Officer => OFFICER,
        }
    }

    /// The column that a header means, and how far down the list of its headers it stands.
    pub(super) fn column_of(self, header: &str) -> Option<(&'static Column, usize)> {
        let header = plain(header);
        self.columns().iter().find_map(|column| {
            let rank = column.headers.iter().position(|known| plain(known) == header);
            Some((column, rank?))
        })
    }
}

/// A header as it is compared: what stands in brackets, spaces, stars and underlines do not count.
fn plain(header: &str) -> String {
    let bracket = header.find(['（', '(']).unwrap_or(header.len());
    let kept = header[..bracket].chars().filter(|c| c.is_alphanumeric());
    kept.flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::RowKind;

    #[test]
    fn headers_are_known_with_stars_spaces_and_what_stands_in_brackets() {
        let field = |header| Some(RowKind::Enterprise.column_of(header)?.0.field);
        for header in ["企业名称", "*企业 名称（全称）", "单位名称", "Name", "名称(必填)"]
        {
            assert_eq!(field(header), Some("name"), "{header}");
        }
        assert_eq!(field("Credit Code"), Some("credit_code"));
        assert_eq!(field("备注"), None);
        assert_eq!(field(""), None);
    }

    #[test]
    fn no_header_means_two_columns() {
        for kind in [RowKind::Enterprise, RowKind::Officer] {
            for column in kind.columns() {
                for (rank, header) in column.headers.iter().enumerate() {
                    assert_eq!(kind.column_of(header), Some((column, rank)), "{header}");
                }
            }
        }
    }
}
