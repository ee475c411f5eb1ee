//! Seeded commands, lost and late messages, crashes; an independent auditor looks at what is left.
