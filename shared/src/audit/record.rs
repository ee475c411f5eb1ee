//! An audit record's canonical bytes: what its digest and its leaf in the tree are made of.

use sha2::{Digest as _, Sha256};

use crate::id::{AuditRecordId, CommandId, PersonId, RequestId, SchoolId};
use crate::time::Timestamp;

/// An audit record as it is stored, whoever made it.
#[derive(Clone, Copy, Debug)]
pub struct Stored<'a> {
    pub id: AuditRecordId,
    pub at: Timestamp,
    pub actor: Option<PersonId>,
    pub action: &'a str,
    pub object: &'a str,
    pub others: &'a [String],
    pub object_title: &'a str,
    pub school: Option<SchoolId>,
    pub summary: &'a str,
    pub reason: &'a str,
    pub command_id: CommandId,
    pub request_id: RequestId,
    /// Chance in hexadecimal.
    pub salt: &'a str,
}

impl Stored<'_> {
    /// The record's canonical bytes.
    ///
    /// Personal text (title, summary, reason) enters only as a digest with a salt, so that the trail can be published and the text
    /// still be forgotten.
    pub fn canonical(&self) -> String {
        let text = sha256_hex(format!("{}\n{}\n{}\n{}", self.salt, self.object_title, self.summary, self.reason).as_bytes());
        let line = |text: &str| text.replace(['\n', '\r'], " ");
        let others: String = self.others.iter().map(|other| format!("also={}\n", line(other))).collect();
        let or_dash = |value: Option<String>| value.unwrap_or_else(|| "-".to_owned());
        format!(
            "chalkline-audit/1\nid={}\nat={}\nactor={}\naction={}\nobject={}\n{others}school={}\ncommand={}\nrequest={}\ntext={text}\n",
            self.id,
            self.at.micros(),
            or_dash(self.actor.map(|a| a.to_string())),
            self.action,
            line(self.object),
            or_dash(self.school.map(|s| s.to_string())),
            self.command_id,
            self.request_id,
        )
    }
}

/// SHA-256 of canonical bytes, in hexadecimal.
pub fn digest_of(canonical: &str) -> String {
    sha256_hex(canonical.as_bytes())
}

fn sha256_hex(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use crate::id::Id as _;

    use super::*;

    #[test]
    fn canonical_bytes_are_pinned() {
        let stored = Stored {
            id: AuditRecordId::from_bits(1),
            at: Timestamp::from_micros(1_790_000_000_000_000),
            actor: Some(PersonId::from_bits(2)),
            action: "ApproveOrder",
            object: "ord_00000000000000000000000003",
            others: &[],
            object_title: "Order 1042",
            school: None,
            summary: "Approved.",
            reason: "",
            command_id: CommandId::from_bits(4),
            request_id: RequestId::from_bits(5),
            salt: "00112233445566778899aabbccddeeff",
        };
        let expected = "chalkline-audit/1\nid=aud_00000000000000000000000001\nat=1790000000000000\nactor=per_00000000000000000000000002\n\
             action=ApproveOrder\nobject=ord_00000000000000000000000003\nschool=-\ncommand=cmd_00000000000000000000000004\n\
             request=req_00000000000000000000000005\ntext=";
        let canonical = stored.canonical();
        assert_eq!(canonical.get(..expected.len()), Some(expected));
        let other_words = Stored { reason: "Because.", ..stored }.canonical();
        let other_salt = Stored { salt: "ff", ..stored }.canonical();
        let others = ["ord_00000000000000000000000006".to_owned(), "two\nlines".to_owned()];
        let several = Stored { others: &others, ..stored }.canonical();
        assert!(
            several.contains("\nobject=ord_00000000000000000000000003\nalso=ord_00000000000000000000000006\nalso=two lines\nschool=-\n")
        );
        assert!(canonical != other_words && canonical != other_salt);
        assert_eq!(digest_of("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }
}
