//! A real Chromium behind chromedriver: pages as people see them, what the console said, pictures.

use std::io::{BufRead as _, BufReader};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use base64::Engine as _;
use fantoccini::{Client, Locator};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};

/// The longest that a page may take to show what a test waits for.
const PATIENCE: Duration = Duration::from_secs(20);

/// A window's width and height in CSS pixels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Size(pub u32, pub u32);

pub const WIDE: Size = Size(1440, 1000);
pub const PHONE: Size = Size(390, 844);

/// Light or dark, as the system asks for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scheme {
    Light,
    Dark,
}

/// chromedriver, a Chromium and one window of it.
pub struct Browser {
    driver: Child,
    address: String,
    session: String,
    pub page: Client,
    http: reqwest::Client,
    _profile: tempfile::TempDir,
}

impl Browser {
    /// Starts a browser; `None`, said aloud, where `cargo xtask test` has not set one up.
    pub async fn start() -> Option<Self> {
        let (Ok(driver), Ok(chromium)) = (std::env::var("CHALKLINE_CHROMEDRIVER"), std::env::var("CHALKLINE_CHROMIUM")) else {
            eprintln!("SKIPPED IN THE BROWSER: CHALKLINE_CHROMEDRIVER and CHALKLINE_CHROMIUM are not set; use `cargo xtask test`");
            return None;
        };
        let mut driver = Command::new(driver).arg("--port=0").stdout(Stdio::piped()).stderr(Stdio::null()).spawn().expect("chromedriver");
        let port = port_of(&mut driver);
        let address = format!("http://127.0.0.1:{port}");
        let profile = tempfile::tempdir().expect("a profile folder");
        let capabilities = capabilities(&chromium, profile.path());
        let page = Client::with_capabilities_and_connector(&address, &capabilities, HttpConnector::new()).await.expect("a browser session");
        let session = page.session_id().await.expect("a session").expect("a session id");
        let http = reqwest::Client::builder().no_proxy().build().expect("an HTTP client");
        Some(Self { driver, address, session, page, http, _profile: profile })
    }

    /// Sets the window's size and colour scheme.
    pub async fn look(&self, size: Size, scheme: Scheme) {
        let metrics = json!({"width": size.0, "height": size.1, "deviceScaleFactor": 1, "mobile": size.0 < 600});
        self.cdp("Emulation.setDeviceMetricsOverride", metrics).await;
        let value = if scheme == Scheme::Dark { "dark" } else { "light" };
        self.cdp("Emulation.setEmulatedMedia", json!({"features": [{"name": "prefers-color-scheme", "value": value}]})).await;
    }

    /// Opens a page and waits until its heading stands and nothing is loading.
    pub async fn open(&self, url: &str) {
        self.page.goto(url).await.expect("a page");
        self.settled().await;
    }

    /// Waits until the page has a heading and nothing says that it is busy.
    pub async fn settled(&self) {
        let ready = "return !!document.querySelector('main h1') && !document.querySelector('main [aria-busy=true]')";
        self.wait_until(ready, "a heading and no waiting").await;
    }

    /// Waits until `script` returns true.
    pub async fn wait_until(&self, script: &str, what: &str) {
        let begun = std::time::Instant::now();
        loop {
            if self.script(script).await == Value::Bool(true) {
                return;
            }
            if begun.elapsed() > PATIENCE {
                let text = self.script("return document.body ? document.body.innerText : ''").await;
                let url = self.page.current_url().await.map(|u| u.to_string()).unwrap_or_default();
                panic!(
                    "waited in vain for {what} at {url}; the page says:\n{}\nconsole: {:?}",
                    text.as_str().unwrap_or_default(),
                    self.console().await
                );
            }
            tokio::time::sleep(Duration::from_millis(40)).await;
        }
    }

    /// Waits until the page's text holds `text`.
    pub async fn sees(&self, text: &str) {
        let quoted = Value::String(text.to_owned());
        self.wait_until(&format!("return document.body.innerText.includes({quoted})"), text).await;
    }

    /// Clicks the first visible button or link whose text or label is `name`.
    pub async fn click(&self, name: &str) {
        self.press("button, a, summary, [role=tab], label", name).await;
    }

    /// Sends the form with the button of this name, where other things are called the same.
    pub async fn send(&self, name: &str) {
        self.press("button[type=submit]", name).await;
    }

    async fn press(&self, kinds: &str, name: &str) {
        let quoted = Value::String(name.to_owned());
        let find = format!(
            "const want = {quoted}; const all = [...document.querySelectorAll('{kinds}')];
             const text = e => (e.getAttribute('aria-label') || e.innerText || '').replace(/\\s+/g, ' ').trim();
             const seen = e => e.offsetParent !== null && !e.disabled;
             const hit = all.find(e => seen(e) && text(e) === want) || all.find(e => seen(e) && text(e).startsWith(want));
             window.__hit = hit; return !!hit"
        );
        self.wait_until(&find, &format!("something called “{name}” to click")).await;
        self.script("window.__hit.scrollIntoView({block: 'center'}); window.__hit.click(); return true").await;
    }

    /// Types into the field with this label, replacing what stands there.
    pub async fn fill(&self, label: &str, text: &str) {
        let quoted = Value::String(label.to_owned());
        let find = format!(
            "const want = {quoted};
             const label = [...document.querySelectorAll('label')].find(l => l.offsetParent !== null && l.innerText.replace(/\\s+/g, ' ').trim().startsWith(want));
             const byName = [...document.querySelectorAll('input, textarea, select')].find(e => e.getAttribute('aria-label') === want && e.offsetParent !== null);
             const field = label ? (label.control || label.querySelector('input, textarea, select')) : byName;
             if (field) {{ field.setAttribute('data-test-field', 'here'); }} return !!field"
        );
        self.wait_until(&find, &format!("a field called “{label}”")).await;
        let element = self.page.find(Locator::Css("[data-test-field=here]")).await.expect("the field");
        let tag = element.tag_name().await.expect("a tag");
        let kind = element.attr("type").await.ok().flatten().unwrap_or_default();
        if tag == "select" || kind == "date" || kind == "number" || kind == "file" {
            if kind == "file" {
                element.send_keys(text).await.expect("a chosen file");
            } else {
                let value = Value::String(text.to_owned());
                let set = format!(
                    "const f = document.querySelector('[data-test-field=here]'); const wanted = {value};
                     const option = f.options ? [...f.options].find(o => o.value === wanted || o.text.trim() === wanted) : null;
                     const proto = f.tagName === 'SELECT' ? HTMLSelectElement.prototype : HTMLInputElement.prototype;
                     Object.getOwnPropertyDescriptor(proto, 'value').set.call(f, option ? option.value : wanted);
                     f.dispatchEvent(new Event('input', {{bubbles: true}})); f.dispatchEvent(new Event('change', {{bubbles: true}})); return true"
                );
                self.script(&set).await;
            }
        } else {
            element.clear().await.expect("an empty field");
            element.send_keys(text).await.expect("typed text");
        }
        self.script("document.querySelectorAll('[data-test-field]').forEach(e => e.removeAttribute('data-test-field')); return true").await;
    }

    /// Sets the field of this name; for forms that repeat a label in each part.
    pub async fn set(&self, name: &str, text: &str) {
        let (name_text, value) = (Value::String(name.to_owned()), Value::String(text.to_owned()));
        let find = format!("return !!document.getElementsByName({name_text})[0]");
        self.wait_until(&find, &format!("a field named {name}")).await;
        let set = format!(
            "const f = document.getElementsByName({name_text})[0]; const wanted = {value};
             const option = f.options ? [...f.options].find(o => o.value === wanted || o.text.trim() === wanted) : null;
             const proto = {{SELECT: HTMLSelectElement, TEXTAREA: HTMLTextAreaElement}}[f.tagName] || HTMLInputElement;
             Object.getOwnPropertyDescriptor(proto.prototype, 'value').set.call(f, option ? option.value : wanted);
             f.dispatchEvent(new Event('input', {{bubbles: true}})); f.dispatchEvent(new Event('change', {{bubbles: true}})); return f.value"
        );
        assert!(self.script(&set).await.is_string(), "a value in {name}");
    }

    pub async fn script(&self, script: &str) -> Value {
        self.page.execute(script, Vec::new()).await.unwrap_or(Value::Null)
    }

    /// What the console said since the last call: errors, and refusals of the content security policy.
    pub async fn console(&self) -> Vec<String> {
        let url = format!("{}/session/{}/se/log", self.address, self.session);
        let answer = self.http.post(url).json(&json!({"type": "browser"})).send().await.expect("the log");
        let value: Value = answer.json().await.unwrap_or_default();
        let entries = value["value"].as_array().cloned().unwrap_or_default();
        let text = |entry: &Value| format!("{}: {}", entry["level"].as_str().unwrap_or(""), entry["message"].as_str().unwrap_or(""));
        let told = |entry: &&Value| {
            let policy = entry["message"].as_str().is_some_and(|message| message.contains("Content Security Policy"));
            entry["level"] == "SEVERE" || policy
        };
        entries.iter().filter(told).map(text).collect()
    }

    /// Runs axe-core on the page and returns its findings, one a line.
    pub async fn axe(&self) -> Option<Vec<String>> {
        let Ok(path) = std::env::var("CHALKLINE_AXE") else {
            eprintln!("SKIPPED: axe-core is not set up (CHALKLINE_AXE)");
            return None;
        };
        let source = std::fs::read_to_string(path).expect("axe.min.js");
        let value = self.cdp("Runtime.evaluate", json!({"expression": source})).await;
        assert!(value["exceptionDetails"].is_null(), "axe-core does not load: {value}");
        let run = "axe.run(document, {runOnly: ['wcag2a','wcag2aa','wcag21a','wcag21aa','wcag22aa','best-practice']}).then(r => JSON.stringify(r.violations.map(v => v.id + ': ' + v.help + ' | ' + v.nodes.slice(0, 4).map(n => n.target.join(' ') + ' ' + n.failureSummary).join(' || '))))";
        let value = self.cdp("Runtime.evaluate", json!({"expression": run, "awaitPromise": true, "returnByValue": true})).await;
        let text = value["result"]["value"].as_str().unwrap_or_else(|| panic!("axe-core gave nothing: {value}"));
        let all: Vec<String> = serde_json::from_str(text).expect("axe-core's findings");
        // The phone's bar lies over whatever is below it until one scrolls; axe takes what peeks out for the whole target.
        Some(all.into_iter().filter(|finding| !(finding.starts_with("target-size") && finding.contains("partially obscured"))).collect())
    }

    /// Keeps a picture of the whole page under `target/pictures`.
    pub async fn picture(&self, name: &str) {
        let size = self.cdp("Page.getLayoutMetrics", json!({})).await;
        let (width, height) = (&size["cssContentSize"]["width"], &size["cssContentSize"]["height"]);
        let clip = json!({"x": 0, "y": 0, "width": width, "height": height, "scale": 1});
        let value = self.cdp("Page.captureScreenshot", json!({"format": "png", "captureBeyondViewport": true, "clip": clip})).await;
        let bytes =
            base64::engine::general_purpose::STANDARD.decode(value["data"].as_str().unwrap_or_default()).expect("a picture's bytes");
        let folder = pictures();
        std::fs::create_dir_all(&folder).expect("a folder for pictures");
        std::fs::write(folder.join(format!("{name}.png")), bytes).expect("a picture");
    }

    pub async fn cdp(&self, command: &str, params: Value) -> Value {
        let url = format!("{}/session/{}/goog/cdp/execute", self.address, self.session);
        let answer = self.http.post(url).json(&json!({"cmd": command, "params": params})).send().await.expect("chromedriver");
        let value: Value = answer.json().await.unwrap_or_default();
        value["value"].clone()
    }

    /// Ends the browser.
    pub async fn finish(mut self) {
        self.page.clone().close().await.ok();
        self.driver.kill().ok();
        self.driver.wait().ok();
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        self.driver.kill().ok();
        self.driver.wait().ok();
    }
}

/// Where pictures are kept.
pub fn pictures() -> PathBuf {
    let target = std::env::var("CARGO_TARGET_DIR").map(PathBuf::from);
    target.unwrap_or_else(|_| PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../target")).join("pictures")
}

fn port_of(driver: &mut Child) -> u16 {
    let lines = BufReader::new(driver.stdout.take().expect("chromedriver's output")).lines();
    for line in lines.map_while(Result::ok) {
        let found = line.split("successfully on port ").nth(1).map(|rest| rest.trim_end_matches('.').trim().to_owned());
        if let Some(port) = found.and_then(|text| text.parse().ok()) {
            return port;
        }
    }
    panic!("chromedriver named no port");
}

fn capabilities(chromium: &str, profile: &std::path::Path) -> serde_json::Map<String, Value> {
    let flags = "--headless=new --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking \
                 --disable-component-update --disable-sync --hide-scrollbars --disable-dev-shm-usage";
    let mut flags: Vec<String> = flags.split_whitespace().map(str::to_owned).collect();
    flags.push(format!("--user-data-dir={}", profile.display()));
    let options = json!({"goog:chromeOptions": {"binary": chromium, "args": flags}, "goog:loggingPrefs": {"browser": "ALL"}});
    options.as_object().cloned().unwrap_or_default()
}
