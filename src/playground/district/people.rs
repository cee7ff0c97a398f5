//! Who lives in the district: names that agree in gender, posts that fit the institution, plausible years.
//!
//! Pure: chance is passed in, and the same chance makes the same people.

use std::collections::BTreeSet;

use crate::features::directory::{Association, School};
use crate::kernel::chance::Chance;
use crate::kernel::ids::AssociationId;
use crate::kernel::person::{Post, Role, SchoolKind, Scope, Subject, is_early_career};
use crate::store::{Error, Result};

use super::data::{Cast, Data};
use super::shares::{AGES, BESIDE, SUBJECTS, Weights, posts};

/// A teacher before they have a row.
pub(super) struct Teacher {
    pub(super) family: String,
    pub(super) given: String,
    pub(super) patronymic: Option<String>,
    pub(super) taught_since: i32,
    pub(super) born_in: Option<i32>,
    /// The main placement first.
    pub(super) placements: Vec<Placement>,
    pub(super) memberships: BTreeSet<AssociationId>,
    pub(super) roles: Vec<(Role, Scope)>,
}

/// Where somebody works.
pub(super) struct Placement {
    pub(super) school: crate::kernel::ids::SchoolId,
    pub(super) post: Post,
    pub(super) subjects: Vec<Subject>,
    /// The year of the first of September it began.
    pub(super) since: i32,
}

/// Makes teachers one after another.
pub(super) struct Crowd<'a> {
    data: &'a Data,
    chance: &'a Chance,
    schools: &'a [School],
    /// In the order of the shipped list, which tells twins for schools from those for kindergartens.
    associations: Vec<&'a Association>,
    cast: Vec<(&'a Cast, &'a School)>,
    school_year: i32,
    directed: BTreeSet<i64>,
    headed: BTreeSet<AssociationId>,
}

impl<'a> Crowd<'a> {
    /// Prepares for a school year. Fails if the cast works nowhere.
    pub(super) fn new(
        data: &'a Data,
        chance: &'a Chance,
        schools: &'a [School],
        associations: &'a [Association],
        school_year: i32,
    ) -> Result<Crowd<'a>> {
        let mut associations: Vec<_> = associations.iter().collect();
        associations.sort_by_key(|a| a.id);
        let registered = data.names.cast.iter().filter(|c| !c.is_newcomer);
        let cast = registered
            .map(|c| {
                let school = schools.iter().find(|s| s.name == c.school);
                school.map(|s| (c, s)).ok_or_else(|| Error::Form(format!("{} works nowhere", c.key)))
            })
            .collect::<Result<_>>()?;
        let (directed, headed) = (BTreeSet::new(), BTreeSet::new());
        Ok(Crowd { data, chance, schools, associations, cast, school_year, directed, headed })
    }

    /// How many of the cast are registered.
    pub(super) fn cast_size(&self) -> u32 {
        u32::try_from(self.cast.len()).unwrap_or(0)
    }

    /// The `i`-th teacher: the cast first, then whom chance brings.
    pub(super) fn teacher(&mut self, i: u32) -> Teacher {
        let known = usize::try_from(i).ok().and_then(|i| self.cast.get(i).copied());
        match known {
            Some((cast, school)) => self.of_the_cast(cast, school),
            None => self.brought_by_chance(),
        }
    }

    /// Given and family name of somebody who is not here yet.
    pub(super) fn somebody(&self) -> (String, String) {
        let (family, given, _) = self.name();
        (given, family)
    }

    fn of_the_cast(&mut self, cast: &Cast, school: &School) -> Teacher {
        let since = self.school_year - cast.years;
        let placement = Placement { school: school.id, post: cast.post, subjects: cast.subjects.clone(), since };
        let mut teacher = Teacher {
            family: cast.family.clone(),
            given: cast.given.clone(),
            patronymic: Some(cast.patronymic.clone()),
            taught_since: since,
            born_in: Some(self.school_year - cast.age),
            placements: vec![placement],
            memberships: BTreeSet::new(),
            roles: cast.role.map(|r| (r, Scope::Municipality(school.municipality))).into_iter().collect(),
        };
        teacher.memberships = self.memberships(&teacher, school.kind);
        teacher
    }

    fn brought_by_chance(&mut self) -> Teacher {
        let (family, given, patronymic) = self.name();
        let (taught_since, born) = self.years();
        let school = self.school();
        let post = self.post(school);
        let since = taught_since + self.below_i32(self.school_year - taught_since + 1);
        let mut placements = vec![Placement { school: school.id, post, subjects: self.subjects(post), since }];
        if post == Post::Teacher && self.happens(4) {
            let subjects = placements[0].subjects.clone();
            placements.push(Placement { school: self.school().id, post, subjects, since: self.school_year });
        }
        let mut teacher = Teacher {
            family,
            given,
            patronymic: (!self.happens(1)).then_some(patronymic),
            taught_since,
            born_in: (!self.happens(15)).then_some(born),
            placements,
            memberships: BTreeSet::new(),
            roles: Vec::new(),
        };
        teacher.memberships = self.memberships(&teacher, school.kind);
        teacher.roles = self.roles(&teacher, post, school);
        teacher
    }

    /// Family, given name and patronymic; seven of eight are women.
    fn name(&self) -> (String, String, String) {
        let names = &self.data.names;
        let is_woman = !self.happens(12);
        let given = if is_woman { &names.women } else { &names.men };
        let form = usize::from(is_woman);
        // The lower of two draws: names at the beginning of a list are more common.
        let common = |len: usize| self.below(len).min(self.below(len));
        (
            names.families[common(names.families.len())][form].clone(),
            given[common(given.len())].clone(),
            names.patronymics[common(names.patronymics.len())][form].clone(),
        )
    }

    /// The year teaching began and the year of birth.
    fn years(&self) -> (i32, i32) {
        let (from, to) = self.weighed(AGES);
        let age = i32::try_from(from + self.chance.below(to - from + 1)).unwrap_or(40);
        // One in seven came from another trade, at fifty at the latest.
        let began =
            if self.happens(14) { 25.min(age) + self.below_i32(age.min(50) - 24) } else { 21 + self.below_i32(3) };
        (self.school_year - (age - began).max(0), self.school_year - age)
    }

    /// Schools are large, kindergartens small, the rest smaller.
    fn school(&self) -> &'a School {
        let weight = |s: &School| match s.kind {
            SchoolKind::School => 30,
            SchoolKind::Kindergarten => 14,
            SchoolKind::Additional => 12,
            SchoolKind::Other => 4,
        };
        let mut left = self.chance.below(self.schools.iter().map(weight).sum());
        let found = self.schools.iter().find(|s| {
            let is_here = left < weight(s);
            left = left.saturating_sub(weight(s));
            is_here
        });
        found.unwrap_or(&self.schools[0])
    }

    /// A post of the institution; a second director becomes a deputy.
    fn post(&mut self, school: &School) -> Post {
        let post = self.weighed(posts(school.kind));
        if post == Post::Director && !self.directed.insert(school.id.0) { Post::Deputy } else { post }
    }

    fn subjects(&self, post: Post) -> Vec<Subject> {
        let teaches = post == Post::Teacher || (post.has_subjects() && self.happens(40));
        if !teaches {
            return Vec::new();
        }
        let first = self.weighed(SUBJECTS);
        let beside = BESIDE.iter().find(|(subject, _)| *subject == first).filter(|_| self.happens(25));
        std::iter::once(first).chain(beside.map(|(_, second)| *second)).collect()
    }

    fn memberships(&self, teacher: &Teacher, kind: SchoolKind) -> BTreeSet<AssociationId> {
        let placement = &teacher.placements[0];
        let mut all: BTreeSet<_> = self
            .associations
            .iter()
            .filter(|a| a.subject.is_some_and(|s| placement.subjects.contains(&s)))
            .map(|a| a.id)
            .collect();
        all.extend(self.by_post(placement.post, kind));
        let open: Vec<_> = self.associations.iter().filter(|a| a.subject.is_none() && a.post.is_none()).collect();
        let is_young = is_early_career(teacher.taught_since, self.school_year);
        let is_school = kind == SchoolKind::School;
        let (leads_class, keeps_museum) = (is_school && self.happens(12), is_school && self.happens(3));
        all.extend(open.last().filter(|_| is_young).map(|a| a.id));
        all.extend(open.first().filter(|_| leads_class).map(|a| a.id));
        all.extend(open.get(1).filter(|_| keeps_museum).map(|a| a.id));
        all
    }

    /// Where the shipped list has twins, the first is the schools' and the last the kindergartens' (of deputies the
    /// other way round); kindergarten teachers are spread over theirs.
    fn by_post(&self, post: Post, kind: SchoolKind) -> Option<AssociationId> {
        let fit: Vec<_> = self.associations.iter().filter(|a| a.post == Some(post)).map(|a| a.id).collect();
        let is_kindergarten = kind == SchoolKind::Kindergarten;
        match post {
            Post::Kindergarten => fit.get(self.below(fit.len())).copied(),
            Post::Deputy if is_kindergarten => fit.first().copied(),
            Post::Deputy => fit.last().copied().filter(|_| self.happens(40)),
            _ if is_kindergarten => fit.last().copied(),
            _ => fit.first().copied(),
        }
    }

    /// Deputies and directors hold their roles; the first who is long in an association and in no office leads it.
    fn roles(&mut self, teacher: &Teacher, post: Post, school: &School) -> Vec<(Role, Scope)> {
        match post {
            Post::Director => return vec![(Role::Director, Scope::School(school.id))],
            Post::Deputy => return vec![(Role::Deputy, Scope::School(school.id))],
            _ if self.school_year - teacher.taught_since < 10 => return Vec::new(),
            _ => {}
        }
        let lead = teacher.memberships.iter().copied().find(|a| !self.headed.contains(a));
        self.headed.extend(lead);
        lead.map(|a| (Role::AssociationHead, Scope::Association(a))).into_iter().collect()
    }

    fn happens(&self, of_hundred: u64) -> bool {
        self.chance.below(100) < of_hundred
    }

    fn below(&self, n: usize) -> usize {
        usize::try_from(self.chance.below(n as u64)).unwrap_or(0)
    }

    fn below_i32(&self, n: i32) -> i32 {
        i32::try_from(self.chance.below(u64::try_from(n).unwrap_or(0))).unwrap_or(0)
    }

    fn weighed<T: Copy>(&self, weights: Weights<T>) -> T {
        let mut left = self.chance.below(weights.iter().map(|(_, w)| w).sum());
        for (value, weight) in weights {
            if left < *weight {
                return *value;
            }
            left -= weight;
        }
        weights[0].0
    }
}
