//! The posts of each township 1+2+N: who stands where, what is vacant, and who is certified and on
//! post. Fewer than two of those, and the township cannot act alone.

use std::collections::BTreeSet;

use angen_ledger::id::{DossierId, EntityId};
use chrono::NaiveDate;

use crate::domain::{
    Listed, Post, PostKind, PostPlan, Role, Source, area_name, china_noon_ms, read_all,
};
use crate::error::Result;
use crate::procedure::board::View;
use crate::procedure::mandate::CERTIFIED_MIN;

/// One person of a roster with the post.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PersonPost {
    /// The person.
    pub person: EntityId,
    /// The name.
    pub name: String,
    /// What the person does.
    pub role: Role,
    /// Which post; none when none is entered.
    pub kind: Option<PostKind>,
    /// Whether the person is on post on the day; none when nobody has said.
    pub on_post: Option<bool>,
    /// Since which day.
    pub since: Option<NaiveDate>,
    /// Whether an enforcement certificate is valid on the day.
    pub is_certified: bool,
}

/// The posts of one township on a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RosterPosts {
    /// The roster.
    pub roster: DossierId,
    /// Division code.
    pub area: String,
    /// The township.
    pub township: String,
    /// Posts of [`PostKind::ALL`] by establishment; none when none is entered.
    pub planned: Option<[i64; 3]>,
    /// People on post, of each kind.
    pub filled: [usize; 3],
    /// People, in the order of the roster.
    pub people: Vec<PersonPost>,
    /// Who is certified and on post: E08 counts them, each certificate once.
    pub holders: usize,
    /// Who holds a certificate and is said to be off post, by name: E09 counts them.
    pub off_post_holders: Vec<String>,
    /// Who holds a certificate and of whose post nothing is said, by name.
    pub unknown_holders: Vec<String>,
}

impl RosterPosts {
    /// How many posts of each kind nobody fills; none when no establishment is entered.
    #[must_use]
    pub fn vacancies(&self) -> Option<[i64; 3]> {
        let planned = self.planned?;
        let filled = self.filled.map(|count| i64::try_from(count).unwrap_or(i64::MAX));
        Some([0, 1, 2].map(|kind| (planned[kind] - filled[kind]).max(0)))
    }

    /// Whether two officers can be sent at all (行政处罚法 2021, article 42). If not, the township
    /// cannot act alone.
    #[must_use]
    pub fn can_act_alone(&self) -> bool {
        self.holders >= CERTIFIED_MIN
    }
}

/// The posts on every roster that is here, by division code.
///
/// # Errors
/// What the source returns.
pub fn posts(source: &dyn Source, day: NaiveDate) -> Result<Vec<RosterPosts>> {
    let view = View::open(source, &[])?;
    let mut all = Vec::new();
    for roster in view.dossiers.iter().filter(|dossier| dossier.kind == "roster") {
        let planned: Vec<PostPlan> = read_all(source, roster.dossier)?;
        let posts: Vec<Post> = read_all(source, roster.dossier)?;
        let listed: Vec<Listed> = read_all(source, roster.dossier)?;
        let mut township = RosterPosts {
            roster: roster.dossier,
            area: roster.area.clone(),
            township: area_name(&roster.area).unwrap_or_else(|| roster.title.clone()),
            planned: planned.first().map(|plan| plan.posts),
            filled: [0; 3],
            people: Vec::new(),
            holders: 0,
            off_post_holders: Vec::new(),
            unknown_holders: Vec::new(),
        };
        let mut counted = BTreeSet::new();
        for person in listed {
            let post = posts.iter().find(|post| post.person == person.officer);
            count(&mut township, &mut counted, &person, post, day);
        }
        all.push(township);
    }
    all.sort_by(|one, other| (&one.area, one.roster).cmp(&(&other.area, other.roster)));
    Ok(all)
}

fn count(
    township: &mut RosterPosts,
    counted: &mut BTreeSet<String>,
    person: &Listed,
    post: Option<&Post>,
    day: NaiveDate,
) {
    let on_post = post.and_then(|post| post.is_on_post(day));
    let kind = post.and_then(|post| post.kind);
    let is_certified = person.is_certified_on(china_noon_ms(day));
    if on_post == Some(true)
        && let Some(place) = kind.and_then(|kind| PostKind::ALL.iter().position(|k| *k == kind))
    {
        township.filled[place] += 1;
    }
    // A second line of the same certificate is the same person.
    let number = person.certificate_no.clone().filter(|_| is_certified);
    if number.is_some_and(|number| counted.insert(number)) {
        match on_post {
            Some(true) => township.holders += 1,
            Some(false) => township.off_post_holders.push(person.name.clone()),
            None => township.unknown_holders.push(person.name.clone()),
        }
    }
    township.people.push(PersonPost {
        person: person.officer,
        name: person.name.clone(),
        role: person.role,
        kind,
        on_post,
        since: post.and_then(|post| post.since),
        is_certified,
    });
}
