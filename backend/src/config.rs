//! The typed configuration: read from the environment once, wrong values refused, printed redacted.

use std::fmt;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};
use std::time::Duration;

/// Least memory of a password hash. Source: OWASP Password Storage, Argon2id 19 MiB with two passes.
pub const PASSWORD_MEMORY_KIB: u32 = 19_456;
pub const PASSWORD_PASSES: u32 = 2;
/// Shortest pepper taken.
const PEPPER_MIN_BYTES: usize = 16;
/// How long a stopping server still answers while balancers turn away from it.
const DRAIN: Duration = Duration::from_secs(3);

/// A text that never reaches a log.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

impl Secret {
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("(hidden)")
    }
}

/// Where mail goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MailRoute {
    /// One file a mail: for trying out and for tests.
    Folder(PathBuf),
    /// `smtps://user:password@host:port` or `smtp://…`; its password stays hidden.
    Smtp(Secret),
}

/// What a password hash costs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PasswordCost {
    pub memory_kib: u32,
    pub passes: u32,
}

/// Everything that an operator chooses.
#[derive(Clone, Debug)]
pub struct Config {
    pub bind: SocketAddr,
    /// `sqlite:<path>` or `postgres://…`.
    pub database_url: Secret,
    pub data_dir: PathBuf,
    /// The address that people type, without trailing slash; https unless it is loopback.
    pub public_url: Option<String>,
    pub mail: MailRoute,
    pub mail_from: String,
    pub pepper: Option<Secret>,
    pub password_cost: PasswordCost,
    /// The one peer whose word about the caller's address is believed.
    pub trusted_proxy: Option<IpAddr>,
    /// The secret key that signs the trail's checkpoints; made where there is none. Every replica uses the same.
    pub trail_key: PathBuf,
    /// Where checkpoints of the trail are laid down, outside the database.
    pub checkpoint_dir: PathBuf,
    /// Who gets each day's checkpoint by mail.
    pub checkpoint_mail: Option<String>,
    /// A built site to serve instead of the one inside the program.
    pub site: Option<PathBuf>,
    /// The district's name and zone on first start.
    pub district_name: String,
    pub district_zone: String,
    /// How long a stopping server still answers.
    pub drain: Duration,
}

/// A value that is not taken, with what would be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConfigError {
    pub name: &'static str,
    pub wanted: String,
}

impl fmt::Display for ConfigError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.name, self.wanted)
    }
}

/// What stands in the environment or on the command line, by name.
type Lookup<'a> = &'a dyn Fn(&str) -> Option<String>;

impl Config {
    /// Defaults for a program on this machine alone, with everything below `data_dir`.
    pub fn local(data_dir: &Path) -> Self {
        Self {
            bind: SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), 8080),
            database_url: Secret(format!("sqlite:{}", data_dir.join("chalkline.sqlite").display())),
            data_dir: data_dir.to_owned(),
            public_url: None,
            mail: MailRoute::Folder(data_dir.join("mail")),
            mail_from: "Chalkline <chalkline@localhost>".to_owned(),
            pepper: None,
            password_cost: PasswordCost { memory_kib: PASSWORD_MEMORY_KIB, passes: PASSWORD_PASSES },
            trusted_proxy: None,
            trail_key: data_dir.join("trail.key"),
            checkpoint_dir: data_dir.join("checkpoints"),
            checkpoint_mail: None,
            site: None,
            district_name: "Our district".to_owned(),
            district_zone: "America/Los_Angeles".to_owned(),
            drain: DRAIN,
        }
    }

    /// Reads all values; every wrong one is named.
    ///
    /// # Errors
    /// The values that are not taken.
    pub fn read(lookup: Lookup<'_>) -> Result<Self, Vec<ConfigError>> {
        let mut errors = Vec::new();
        let data_dir = PathBuf::from(lookup("CHALKLINE_DATA_DIR").unwrap_or_else(|| "chalkline-data".to_owned()));
        let mut config = Self::local(&data_dir);
        let mut take = |name: &'static str, wanted: &str, set: &mut dyn FnMut(String) -> Option<()>| {
            if let Some(text) = lookup(name).filter(|text| !text.is_empty())
                && set(text).is_none()
            {
                errors.push(ConfigError { name, wanted: wanted.to_owned() });
            }
        };
        take("CHALKLINE_BIND", "an address and port such as 127.0.0.1:8080", &mut |text| Some(config.bind = text.parse().ok()?));
        take("CHALKLINE_DATABASE_URL", "sqlite:<path> or postgres://user:password@host/database", &mut |text| {
            let known = ["sqlite:", "postgres://", "postgresql://"].iter().any(|scheme| text.starts_with(scheme));
            known.then(|| config.database_url = Secret(text))
        });
        take("CHALKLINE_PUBLIC_URL", "https://host without a path (http only for loopback)", &mut |text| {
            Some(config.public_url = Some(origin(&text)?))
        });
        take("CHALKLINE_MAIL_DIR", "a folder", &mut |text| Some(config.mail = MailRoute::Folder(PathBuf::from(text))));
        take("CHALKLINE_SMTP_URL", "smtps://user:password@host:port, or smtp:// with ?tls=required", &mut |text| {
            let known = ["smtps://", "smtp://"].iter().any(|scheme| text.starts_with(scheme));
            known.then(|| config.mail = MailRoute::Smtp(Secret(text)))
        });
        take("CHALKLINE_MAIL_FROM", "a name and an address", &mut |text| text.contains('@').then(|| config.mail_from = text));
        take("CHALKLINE_PEPPER", "at least 16 characters, the same for ever", &mut |text| {
            (text.len() >= PEPPER_MIN_BYTES).then(|| config.pepper = Some(Secret(text)))
        });
        take("CHALKLINE_PASSWORD_MEMORY_KIB", "a number from 19456", &mut |text| {
            let memory_kib = text.parse().ok().filter(|kib| (PASSWORD_MEMORY_KIB..=1_048_576).contains(kib))?;
            Some(config.password_cost.memory_kib = memory_kib)
        });
        take("CHALKLINE_TRUSTED_PROXY", "one IP address", &mut |text| Some(config.trusted_proxy = Some(text.parse().ok()?)));
        take("CHALKLINE_TRAIL_KEY", "a file", &mut |text| Some(config.trail_key = PathBuf::from(text)));
        take("CHALKLINE_CHECKPOINT_DIR", "a folder", &mut |text| Some(config.checkpoint_dir = PathBuf::from(text)));
        take("CHALKLINE_CHECKPOINT_MAIL", "an address", &mut |text| text.contains('@').then(|| config.checkpoint_mail = Some(text)));
        take("CHALKLINE_SITE", "the folder of a built site", &mut |text| Some(config.site = Some(PathBuf::from(text))));
        take("CHALKLINE_DISTRICT_NAME", "a name", &mut |text| Some(config.district_name = text));
        take("CHALKLINE_DISTRICT_ZONE", "an IANA time zone such as America/Los_Angeles", &mut |text| {
            jiff::tz::TimeZone::get(&text).is_ok().then(|| config.district_zone = text)
        });
        if config.public_url.is_none() {
            // No balancer has to turn away from a program that serves this machine alone.
            config.drain = Duration::ZERO;
        }
        if errors.is_empty() { Ok(config) } else { Err(errors) }
    }

    /// Whether this may be served at all: elsewhere than on loopback only behind an https address, since the session's cookie and the
    /// passwords would travel in the clear otherwise.
    ///
    /// # Errors
    /// The value that is missing.
    pub fn refuse_open_air(&self) -> Result<(), ConfigError> {
        if self.bind.ip().is_loopback() || self.is_https() {
            return Ok(());
        }
        let wanted =
            format!("bound to {}, this needs the https address that people type, e.g. https://chalkline.district.example", self.bind);
        Err(ConfigError { name: "CHALKLINE_PUBLIC_URL", wanted })
    }

    pub fn is_https(&self) -> bool {
        self.public_url.as_deref().is_some_and(|url| url.starts_with("https://"))
    }

    /// What mailed links begin with.
    pub fn link_base(&self) -> String {
        self.public_url.clone().unwrap_or_else(|| format!("http://{}", self.bind))
    }

    /// One line for each value, secrets hidden, for the log of the start.
    pub fn lines(&self) -> Vec<String> {
        let database = match self.database_url.expose() {
            url if url.starts_with("sqlite:") => url.to_owned(),
            url => format!("{}://(hidden)", url.split(':').next().unwrap_or_default()),
        };
        vec![
            format!("bind {}", self.bind),
            format!("database {database}"),
            format!("public address {}", self.public_url.as_deref().unwrap_or("none")),
            format!("mail {:?} from {}", self.mail, self.mail_from),
            format!("pepper {}", if self.pepper.is_some() { "set" } else { "none" }),
            format!("password hash {} KiB, {} passes", self.password_cost.memory_kib, self.password_cost.passes),
            format!("trusted proxy {}", self.trusted_proxy.map_or("none".to_owned(), |ip| ip.to_string())),
            format!("trail signed by {}, checkpoints in {}", self.trail_key.display(), self.checkpoint_dir.display()),
            format!("site {}", self.site.as_deref().map_or("inside the program".to_owned(), |path| path.display().to_string())),
        ]
    }
}

/// `https://host[:port]`, or `http://` where the host is loopback.
fn origin(text: &str) -> Option<String> {
    let text = text.trim_end_matches('/');
    let (scheme, host) = text.split_once("://")?;
    let plain = !host.is_empty() && host.bytes().all(|b| b.is_ascii_alphanumeric() || b".-:[]".contains(&b));
    let name = host.split(':').next().unwrap_or_default();
    let loopback = matches!(name, "localhost" | "127.0.0.1") || host.starts_with("[::1]");
    (plain && (scheme == "https" || (scheme == "http" && loopback))).then(|| text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(pairs: &[(&str, &str)]) -> Result<Config, Vec<ConfigError>> {
        Config::read(&|name| pairs.iter().find(|(own, _)| *own == name).map(|(_, value)| (*value).to_owned()))
    }

    #[test]
    fn every_wrong_value_is_named() {
        let errors = read(&[
            ("CHALKLINE_BIND", "here"),
            ("CHALKLINE_DATABASE_URL", "mysql://x"),
            ("CHALKLINE_PUBLIC_URL", "http://chalkline.example"),
            ("CHALKLINE_PEPPER", "short"),
            ("CHALKLINE_DISTRICT_ZONE", "Moon/Base"),
        ]);
        let names: Vec<_> = errors.err().into_iter().flatten().map(|error| error.name).collect();
        assert_eq!(
            names,
            ["CHALKLINE_BIND", "CHALKLINE_DATABASE_URL", "CHALKLINE_PUBLIC_URL", "CHALKLINE_PEPPER", "CHALKLINE_DISTRICT_ZONE"]
        );
    }

    #[test]
    fn another_address_than_loopback_needs_https() {
        let open = read(&[("CHALKLINE_BIND", "0.0.0.0:8080")]).map(|config| config.refuse_open_air().is_err());
        assert_eq!(open, Ok(true));
        let behind = [("CHALKLINE_BIND", "0.0.0.0:8080"), ("CHALKLINE_PUBLIC_URL", "https://buy.district.example/")];
        assert_eq!(read(&behind).map(|config| config.refuse_open_air()), Ok(Ok(())));
    }

    #[test]
    fn secrets_are_not_printed() {
        let config = read(&[
            ("CHALKLINE_DATABASE_URL", "postgres://chalk:canary@db/chalk"),
            ("CHALKLINE_PEPPER", "canary-canary-canary"),
            ("CHALKLINE_SMTP_URL", "smtps://me:canary@mail.example"),
        ]);
        let Ok(config) = config else { panic!("taken") };
        assert!(!format!("{config:?}{}", config.lines().join("\n")).contains("canary"));
    }
}
