//! Roles, users and reasons.

use super::{entries, must_exist, rows};
use crate::pack::RawPack;
use crate::problem::{Report, codes};
use crate::raw::people::{ReasonKindText, RightText};
use crate::raw::text::YesNo;
use argon2::Params;
use argon2::password_hash::phc::PasswordHash;
use counterfoil_domain::council::{Reason, Role, User};

/// The most memory, in KiB, and passes that a hash may ask for: signing in must not take a till's breath away.
const MAX_MEMORY_KIB: u32 = 256 * 1024;
const MAX_PASSES: u32 = 10;
const MAX_LANES: u32 = 8;
/// OWASP's least for argon2id (Password Storage Cheat Sheet: 7 MiB with five passes, more memory with fewer).
const MIN_MEMORY_KIB: u32 = 7 * 1024;

pub(super) fn roles(raw: &RawPack, report: &mut Report) -> Vec<Role> {
    let Some(file) = &raw.roles else { return Vec::new() };
    let list = &file.data.roles;
    report.duplicates(&file.source, entries("roles", list).map(|(path, role)| (format!("{path}.code"), &*role.code)));
    entries("roles", list)
        .map(|(path, role)| {
            for (index, right) in role.rights.iter().enumerate() {
                if role.rights[..index].contains(right) {
                    report.at(&file.source, &format!("{path}.rights[{index}]"), codes::DUPLICATE, "is there twice");
                }
            }
            let rights = role.rights.iter().map(|right| right.right()).collect();
            Role { code: role.code.0.clone(), name: role.name.words(), rights }
        })
        .collect()
}

pub(super) fn users(raw: &RawPack, report: &mut Report) -> Vec<User> {
    let Some(file) = &raw.users else { return Vec::new() };
    report.duplicates(&file.source, rows(Some(file)).map(|(path, user)| (format!("{path}.code"), &*user.code)));
    let mut users = Vec::new();
    for (path, user) in rows(Some(file)) {
        let codes_of_user: Vec<String> = user.roles.split(' ').map(str::to_owned).collect();
        for code in &codes_of_user {
            let known = raw.roles.as_ref().map(|file| file.data.roles.iter().map(|role| &*role.code));
            must_exist(report, file, &format!("{path}.roles"), code, known, "role");
        }
        let spoken = raw.council.as_ref().map(|council| &council.data.languages);
        if user.language.is_some_and(|language| spoken.is_some_and(|spoken| !spoken.contains(&language))) {
            report.at(&file.source, &format!("{path}.language"), codes::CONTRADICTION, "council.toml doesn't offer this language");
        }
        if let Some(reason) = unusable_hash(&user.secret_hash) {
            report.at(&file.source, &format!("{path}.secret_hash"), codes::NOT_VALID, reason);
        }
        users.push(User {
            code: user.code.0.clone(),
            name: user.name.0.clone(),
            roles: codes_of_user,
            secret_kind: user.secret_kind.kind(),
            secret_hash: user.secret_hash.0.clone(),
            language: user.language.map(|language| language.language()),
            disabled: user.disabled.is_some_and(YesNo::is_yes),
        });
    }
    somebody_administers(raw, &users, report);
    users
}

/// Why a hash in the right form can't be used, without saying what it is.
fn unusable_hash(text: &str) -> Option<&'static str> {
    let Ok(hash) = PasswordHash::new(text) else { return Some("isn't an argon2id hash in PHC form") };
    let Ok(params) = Params::try_from(&hash) else { return Some("has parameters that argon2id doesn't take") };
    if hash.hash.is_none_or(|output| output.len() < 16) || hash.salt.is_none_or(|salt| salt.len() < 8) {
        return Some("has too short a salt (8 bytes at least) or hash (16 bytes at least)");
    }
    if params.m_cost() < MIN_MEMORY_KIB {
        return Some("is too weak: m must be 7168 or more (19456 is usual)");
    }
    let heavy = params.m_cost() > MAX_MEMORY_KIB || params.t_cost() > MAX_PASSES || params.p_cost() > MAX_LANES;
    heavy.then_some("asks for too much: at most m=262144, t=10, p=8")
}

fn somebody_administers(raw: &RawPack, users: &[User], report: &mut Report) {
    let (Some(file), Some(roles)) = (&raw.users, &raw.roles) else { return };
    let administers =
        |code: &String| roles.data.roles.iter().any(|role| *role.code == **code && role.rights.contains(&RightText::Administer));
    if !users.iter().any(|user| !user.disabled && user.roles.iter().any(administers)) {
        let reason = "nobody who may sign in has the right administer; the next pack could not be applied";
        report.at(&file.source, "", codes::NOT_COMPLETE, reason);
    }
}

pub(super) fn reasons(raw: &RawPack, report: &mut Report) -> Vec<Reason> {
    let Some(file) = &raw.reasons else { return Vec::new() };
    let list = &file.data.reasons;
    report.duplicates(&file.source, entries("reasons", list).map(|(path, reason)| (format!("{path}.code"), &*reason.code)));
    let missing: Vec<&str> =
        ReasonKindText::ALL.iter().filter(|(kind, _)| !list.iter().any(|reason| reason.kind == *kind)).map(|(_, name)| *name).collect();
    if !missing.is_empty() {
        report.at(&file.source, "reasons", codes::NOT_COMPLETE, format!("no reason is of the kind {}", missing.join(", ")));
    }
    list.iter().map(|reason| Reason { code: reason.code.0.clone(), kind: reason.kind.kind(), text: reason.text.words() }).collect()
}
