//! The page in a real browser: by keyboard, and without a fault that axe can find, light and dark.

use crate::common::browser::{Browser, PASSWORD};
use crate::common::{Centre, takings};
use counterfoil_ledger::people::Role;
use counterfoil_ledger::reference::{put_pack, read_pack};
use counterfoil_testkit::hub_till::{HubTill, Taking};
use counterfoil_testkit::till::demonstration_pack;
use counterfoil_wire::Head;
use fantoccini::key::Key;
use fantoccini::wd::Capabilities;
use fantoccini::{Client, ClientBuilder, Locator};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::json;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};

/// The driver, which ends with its test and takes its browsers with it.
struct Driver {
    process: Child,
    port: String,
}

impl Driver {
    fn start() -> Driver {
        let mut process =
            Command::new("chromedriver").arg("--port=0").stdout(Stdio::piped()).stderr(Stdio::null()).spawn().expect("chromedriver");
        let lines = BufReader::new(process.stdout.take().unwrap()).lines();
        let started = lines.map_while(Result::ok).find(|line| line.contains("started successfully on port")).unwrap();
        let port = started.rsplit(' ').next().unwrap().trim_end_matches('.').to_owned();
        Driver { process, port }
    }

    async fn open(&self, dark: bool) -> Client {
        let mut arguments = vec!["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--window-size=1280,900"];
        if dark {
            arguments.push("--blink-settings=preferredColorScheme=0");
        }
        let capabilities: Capabilities = [("goog:chromeOptions".to_owned(), json!({ "args": arguments }))].into_iter().collect();
        let url = format!("http://127.0.0.1:{}", self.port);
        ClientBuilder::new(HttpConnector::new()).capabilities(capabilities).connect(&url).await.unwrap()
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

async fn clean(client: &Client, name: &str) {
    let axe = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../ui/node_modules/axe-core/axe.min.js");
    let source = std::fs::read_to_string(axe).expect("axe: npm ci in ui");
    client.execute(&format!("if (!window.axe) {{ {source} }}"), Vec::new()).await.unwrap();
    let run = "const done = arguments[arguments.length - 1];
        axe.run(document, { resultTypes: ['violations'] }).then(
            (found) => done(found.violations.map((v) => v.id + ': ' + v.nodes.map((n) => n.target.join(' ')).join(', '))),
            (error) => done(['axe failed: ' + error]));";
    let found: Vec<String> = serde_json::from_value(client.execute_async(run, Vec::new()).await.unwrap()).unwrap();
    assert!(found.is_empty(), "axe on {name}: {}", found.join("; "));
    let pictures = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../out/screenshots/ledger");
    std::fs::create_dir_all(&pictures).unwrap();
    std::fs::write(pictures.join(format!("{name}.png")), client.screenshot().await.unwrap()).unwrap();
}

async fn types(client: &Client, text: &str) {
    client.active_element().await.unwrap().send_keys(text).await.unwrap();
}

/// A centre with something to see on every view.
fn busy_centre() -> Centre {
    let centre = Centre::new();
    centre.hub.as_administrator(async |ledger| put_pack(ledger, &read_pack(&demonstration_pack())?).await).unwrap();
    let mut till = centre.till();
    till.state.unsent_receipts = 30;
    till.state.unsent_pence = counterfoil_domain::Pence(120_450);
    till.send(&takings(1..=20));
    till.send(&[Taking { fund_code: "ZZZ", ..Taking::of(21, 12_345) }.body()]);
    HubTill { head: Head::EMPTY, ..till }.try_send(&takings(8..=9));
    centre
}

#[test]
fn every_view_is_free_of_what_axe_finds_and_signing_in_needs_the_keyboard_alone() {
    let centre = busy_centre();
    Browser::of(&centre, Role::Administrator);
    let one = format!("/suspense/{}/21/0", centre.number("SELECT till_number::bigint FROM postings LIMIT 1"));
    let mut finance = Browser::new(&centre);
    finance.sign_in("administrator", PASSWORD);
    let csrf = finance.csrf();
    let part = [("csrf", csrf.as_str()), ("amount", "100"), ("left", "12345"), ("fund", "23"), ("reference", "r1"), ("why", "found")];
    assert_eq!(finance.post(&one, &part).location, one);
    let driver = Driver::start();
    let runtime = tokio::runtime::Runtime::new().unwrap();
    runtime.block_on(async {
        for dark in [false, true] {
            let client = driver.open(dark).await;
            let shade = if dark { "dark" } else { "light" };
            client.goto(&format!("{}/", centre.hub.url())).await.unwrap();
            clean(&client, &format!("sign-in-{shade}")).await;
            types(&client, "administrator").await;
            types(&client, &char::from(Key::Tab).to_string()).await;
            types(&client, &format!("{PASSWORD}{}", char::from(Key::Enter))).await;
            client.wait().for_element(Locator::Css("nav a[aria-current]")).await.unwrap();
            let days = "?from=2026-11-25&to=2026-11-25";
            let views = ["/fleet", "/takings", "/takings?amount=lots", "/suspense", &one, &format!("/reconciliation{days}"), "/export"];
            for (number, view) in views.iter().enumerate() {
                client.goto(&format!("{}{view}", centre.hub.url())).await.unwrap();
                clean(&client, &format!("{number}-{shade}")).await;
            }
            client.close().await.unwrap();
        }
    });
}

#[test]
fn part_of_a_posting_leaves_suspense_and_comes_back_by_keyboard_alone() {
    let centre = busy_centre();
    Browser::of(&centre, Role::Finance);
    let driver = Driver::start();
    let runtime = tokio::runtime::Runtime::new().unwrap();
    runtime.block_on(async {
        let client = driver.open(false).await;
        let tab = char::from(Key::Tab);
        let enter = char::from(Key::Enter);
        client.goto(&format!("{}/", centre.hub.url())).await.unwrap();
        types(&client, &format!("finance{tab}{PASSWORD}{enter}")).await;
        client.wait().for_element(Locator::Css("nav a[aria-current]")).await.unwrap();
        client.goto(&format!("{}/suspense", centre.hub.url())).await.unwrap();
        client.find(Locator::Css("td a[href$='/21/0']")).await.unwrap().send_keys(&enter.to_string()).await.unwrap();
        let amount = client.wait().for_element(Locator::Id("amount")).await.unwrap();
        assert_eq!(amount.prop("value").await.unwrap().as_deref(), Some("123.45"));
        amount.clear().await.unwrap();
        amount.send_keys("23.45").await.unwrap();
        types(&client, &format!("{tab}24{tab}r7{tab}on the bill{enter}")).await;
        client.wait().for_element(Locator::Css(".decisions article")).await.unwrap();
        let page = client.find(Locator::Css("main")).await.unwrap().text().await.unwrap();
        for said in ["£23.45 to 24, R7", "£100.00 still in suspense"] {
            assert!(page.contains(said), "{said} in {page}");
        }
        clean(&client, "allocated-in-part").await;
        client.find(Locator::Css(".decisions input[name=why]")).await.unwrap().send_keys(&format!("another’s{enter}")).await.unwrap();
        client.wait().for_element(Locator::Css(".decisions article + article")).await.unwrap();
        let page = client.find(Locator::Css("main")).await.unwrap().text().await.unwrap();
        assert!(page.contains("£23.45 taken back from 24, R7"), "{page}");
        clean(&client, "taken-back").await;
        client.close().await.unwrap();
    });
}
