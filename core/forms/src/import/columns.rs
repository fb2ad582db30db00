//! Which columns each sheet knows.

/// The columns of one sheet.
#[derive(Debug)]
pub(super) struct Columns {
    /// Must be there.
    pub(super) needed: &'static [&'static str],
    /// May be there; `label` also as `label::中文 (zh)`.
    pub(super) known: &'static [&'static str],
    /// Those of the above that take a language.
    pub(super) translated: &'static [&'static str],
    /// XLSForm's other columns: they may stand empty, as templates have them, but not be filled.
    pub(super) later: &'static [&'static str],
}

pub(super) const SURVEY: &Columns = &Columns {
    needed: &["type", "name", "label"],
    known: &[
        "type",
        "name",
        "label",
        "hint",
        "required",
        "relevant",
        "constraint",
        "constraint_message",
        "appearance",
    ],
    translated: &["label", "hint", "constraint_message"],
    later: &[
        "calculation",
        "choice_filter",
        "default",
        "guidance_hint",
        "image",
        "audio",
        "video",
        "media",
        "parameters",
        "readonly",
        "read_only",
        "repeat_count",
        "required_message",
        "trigger",
        "save_to",
        "autoplay",
        "accuracythreshold",
        "bind",
        "body",
        "instance",
    ],
};

pub(super) const CHOICES: &Columns = &Columns {
    needed: &["list_name", "name", "label"],
    known: &["list_name", "name", "label"],
    translated: &["label"],
    later: &["image", "audio", "video", "media", "order", "geometry"],
};

pub(super) const SETTINGS: &Columns = &Columns {
    needed: &["form_title", "form_id", "version"],
    known: &["form_title", "form_id", "version", "default_language"],
    translated: &[],
    later: &[
        "allow_choice_duplicates",
        "auto_delete",
        "auto_send",
        "client_editable",
        "instance_name",
        "instance_id",
        "instance_xmlns",
        "namespaces",
        "public_key",
        "sms_keyword",
        "style",
        "submission_url",
    ],
};

/// Our own columns start with this, so that ODK tools leave them alone.
pub(super) const MARK_PREFIX: &str = "x_";
