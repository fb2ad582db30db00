//! What the township acts by: posts, the mentor's appointment, and the delegation.

use angen_core::action::{
    AppointExpert, GrantMandate, PlanPosts, SetPost, appoint_expert, grant_mandate, plan_posts,
    posts, set_post,
};
use angen_core::domain::{
    Cap, CapBasis, CapSubject, DelegateKind, ExpertKind, MandateKind, Matters, Officer, PostKind,
    read_all,
};
use angen_ledger::id::{EntityId, WriterId};

use crate::demo::Story;
use crate::demo::story::{
    APPOINTED, AREA, CITY_BUREAU, DELEGATION, ON_POST_SINCE, PINS, SPECIALTIES, STAFF_POSTS,
};
use crate::session::Outcome;

impl Story {
    /// Posts, appointment and mandate, by the administrator.
    pub(super) fn stand_up(&self) -> Outcome<()> {
        let place = self.session.place()?;
        let desk = self.session.sign_in(place.administrator, PINS[0])?;
        let establishment = PlanPosts { director: 1, professionals: 2, staff: STAFF_POSTS };
        self.session.say(plan_posts(&desk, &establishment))?;
        let people = self.people();
        for officer in people.officers {
            let request = SetPost {
                person: self.line(officer)?,
                post: PostKind::Professional,
                on_post: true,
                since: ON_POST_SINCE.to_owned(),
                reason: None,
            };
            self.session.say(set_post(&desk, &request))?;
        }
        let (from, until, number) = APPOINTED;
        let appointment = AppointExpert {
            person: self.line(people.mentor)?,
            kind: ExpertKind::City,
            specialties: SPECIALTIES.map(str::to_owned).to_vec(),
            from: from.to_owned(),
            until: until.to_owned(),
            appointed_by: CITY_BUREAU.to_owned(),
            document_no: Some(number.to_owned()),
        };
        self.session.say(appoint_expert(&desk, &appointment))?;
        self.session.say(grant_mandate(&desk, &delegation()))?;
        self.tell_powers()
    }

    fn tell_powers(&self) -> Outcome<()> {
        let now = self.session.ports.clock.now().wall_ms;
        let all = self.session.say(posts(&self.session.store, now))?;
        let holders = all.first().map_or(0, |township| township.holders);
        let (unit, person) = (DELEGATION.unit_yuan, DELEGATION.person_yuan);
        self.tell(
            &format!("  编制 1+2+{STAFF_POSTS}，持证在岗 {holders} 人；帮扶专家已聘任"),
            &format!("  posts 1+2+{STAFF_POSTS}, {holders} certified and on post; the mentor is appointed"),
        );
        self.tell(
            &format!("  委托执法：{CITY_BUREAU} → {}，单位 {unit} 元以下、个人 {person} 元以下，{} 公布", DELEGATION.delegate, DELEGATION.published_on),
            &format!("  delegation by the city bureau: up to {unit} yuan for units, {person} for persons, published {}", DELEGATION.published_on),
        );
        Ok(())
    }

    /// A person's line in the roster.
    fn line(&self, writer: WriterId) -> Outcome<EntityId> {
        let place = self.session.place()?;
        let roster = self.session.store.read(|read| read_all::<Officer>(read, place.roster));
        let roster = self.session.say(roster)?;
        let line = roster.iter().find(|officer| officer.writer == writer);
        Ok(line.expect("everyone was enrolled before").officer)
    }
}

/// The delegation of the city bureau to the township.
fn delegation() -> GrantMandate {
    let cap = |subject, amount| {
        let (basis, inclusive) = (CapBasis::ActualFine, true);
        Cap { subject, amount, basis, inclusive }
    };
    GrantMandate {
        kind: MandateKind::Delegation,
        delegator: Some(CITY_BUREAU.to_owned()),
        delegate: DELEGATION.delegate.to_owned(),
        delegate_kind: Some(DelegateKind::Government),
        matters: Matters::All,
        caps: vec![
            cap(CapSubject::Unit, DELEGATION.unit_yuan),
            cap(CapSubject::Person, DELEGATION.person_yuan),
        ],
        areas: vec![AREA.to_owned()],
        from: DELEGATION.from.to_owned(),
        until: Some(DELEGATION.until.to_owned()),
        published_on: Some(DELEGATION.published_on.to_owned()),
        published_at: Some(DELEGATION.published_at.to_owned()),
        document_no: Some(DELEGATION.document_no.to_owned()),
        number_region: Some(DELEGATION.number_region.to_owned()),
        seal_of: None,
        evidence: None,
    }
}
