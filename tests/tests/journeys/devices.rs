//! Devices: chosen, tried, and taken back, at the till itself.

use counterfoil_simulators::nexo::{Setup, SimulatedTerminal};
use counterfoil_simulators::printer::{Manner, SimulatedPrinter, State};
use counterfoil_tests::demo;
use counterfoil_tests::journey::{demonstration, journey, journey_from};
use counterfoil_tests::window::{Counter, Failure};
use fantoccini::key::Key;
use std::path::Path;
use std::time::Duration;

/// How long a printer is waited for.
const PATIENCE: Duration = Duration::from_secs(30);

async fn opens_devices(counter: &Counter) -> Result<(), Failure> {
    counter.presses(Key::F9).await?;
    counter.sees("[data-dialog='till'] #menu-devices").await?;
    demo::tab_to(counter, "menu-devices").await?;
    counter.presses(Key::Enter).await
}

/// The administrator, at the devices.
async fn administers_devices(counter: &Counter) -> Result<(), Failure> {
    demo::sign_in(counter, "90", "9090").await?;
    counter.screen("open-session").await?;
    opens_devices(counter).await?;
    counter.focus_on("printer-kind").await
}

/// Goes to a choice by Tab, and to a value down or up from where it stands.
async fn chooses(counter: &Counter, id: &str, value: &str) -> Result<(), Failure> {
    demo::tab_to(counter, id).await?;
    let chosen = format!("return document.getElementById({id:?}).value");
    for key in [Key::Down; 10].into_iter().chain([Key::Up; 10]) {
        if counter.script(&chosen).await? == value {
            return Ok(());
        }
        counter.presses(key).await?;
    }
    Err(format!("{value} can't be chosen in #{id}").into())
}

fn settings(folder: &Path) -> Result<String, Failure> {
    Ok(std::fs::read_to_string(folder.join("data/settings.json"))?)
}

#[tokio::test]
async fn an_administrator_chooses_a_printer_tries_it_and_goes_back_to_the_one_before() -> Result<(), Failure> {
    let printer = SimulatedPrinter::start(Manner::Answers(State::Ready))?;
    journey_from("devices-printer", demonstration, async |counter, place| {
        administers_devices(counter).await?;
        counter.clean("devices").await?;
        chooses(counter, "printer-kind", "tcp").await?;
        // What is missing is said beside its box, and that has the focus.
        demo::tab_to(counter, "choose-printer").await?;
        counter.presses(Key::Enter).await?;
        counter.focus_on("printer-address").await?;
        counter.reads("printer-address-error", "Say where the printer is").await?;
        counter.clean("no-address").await?;
        counter.types(&printer.address().to_string()).await?;
        chooses(counter, "printer-model", "tm-t20").await?;
        counter.until("document.getElementById('printer-columns').value === '48'").await?;
        demo::tab_to(counter, "choose-printer").await?;
        counter.presses(Key::Enter).await?;
        counter.focus_on("test-printer").await?;
        counter.reads("printer-stands", "It is ready").await?;
        counter.clean("chosen").await?;
        let written = settings(&place.folder)?;
        assert!(written.contains("printer_before") && written.contains("tcp") && written.contains("tm-t20"), "{written}");
        counter.presses(Key::Enter).await?;
        counter.reads("said", "test page is on its way").await?;
        let page = printer.next_job(PATIENCE).ok_or("no test page came out")?;
        assert!(!page.windows(3).any(|bytes| bytes == [0x1b, b'p', 0]), "the drawer stays shut");
        demo::tab_to(counter, "test-drawer").await?;
        counter.presses(Key::Enter).await?;
        counter.reads("said", "drawer was told to open").await?;
        let pulse = printer.next_job(PATIENCE).ok_or("no pulse came")?;
        assert!(pulse.windows(3).any(|bytes| bytes == [0x1b, b'p', 0]), "the drawer opens");
        says_how_the_drawer_is(counter, &place.folder).await?;
        printer.set_manner(Manner::Answers(State::PaperOut));
        counter.chord(&[Key::Control, Key::Shift], "l").await?;
        demo::tab_to(counter, "test-printer").await?;
        counter.presses(Key::Enter).await?;
        counter.reads("printer-stands", "papur").await?;
        counter.clean("paper-out-in-welsh").await?;
        counter.chord(&[Key::Control, Key::Shift], "l").await?;
        demo::tab_to(counter, "printer-back").await?;
        counter.presses(Key::Enter).await?;
        counter.reads("said", "used again").await?;
        counter.focus_on("printer-kind").await?;
        let written = settings(&place.folder)?;
        assert!(!written.contains("printer_before") && written.contains("screen"), "{written}");
        Ok(())
    })
    .await
}

/// Says that the drawer is open at the level that its switch has, which is wrong, and then that it is shut.
async fn says_how_the_drawer_is(counter: &Counter, folder: &Path) -> Result<(), Failure> {
    counter.reads("printer-stands", "at its low level").await?;
    counter.reads("drawer-asks", "Is the drawer open now?").await?;
    demo::tab_to(counter, "drawer-is-open").await?;
    counter.clean("drawer-asks").await?;
    counter.presses(Key::Enter).await?;
    counter.reads("said", "says when the drawer is open").await?;
    counter.focus_on("test-drawer").await?;
    counter.reads("printer-stands", "The drawer is open").await?;
    counter.sees("#drawer-open").await?;
    assert!(settings(folder)?.contains(r#""drawer_open_level": "low""#));
    demo::tab_to(counter, "drawer-wrong").await?;
    counter.clean("drawer-open").await?;
    counter.presses(Key::Enter).await?;
    counter.focus_on("drawer-is-open").await?;
    counter.presses(Key::Tab).await?;
    counter.focus_on("drawer-is-shut").await?;
    counter.presses(Key::Enter).await?;
    counter.focus_on("test-drawer").await?;
    counter.reads("printer-stands", "The drawer is shut").await?;
    assert!(settings(folder)?.contains(r#""drawer_open_level": "high""#));
    counter.until("!document.getElementById('drawer-open')").await
}

#[tokio::test]
async fn a_printer_on_a_serial_port_is_chosen_with_its_speed_its_flow_control_and_that_it_never_answers() -> Result<(), Failure> {
    journey_from("devices-serial-printer", demonstration, async |counter, place| {
        administers_devices(counter).await?;
        chooses(counter, "printer-kind", "serial").await?;
        demo::tab_to(counter, "printer-address").await?;
        counter.types("COM9").await?;
        demo::tab_to(counter, "printer-baud").await?;
        counter.selects_all().await?;
        counter.types("fast").await?;
        counter.presses(Key::Enter).await?;
        counter.focus_on("printer-baud").await?;
        counter.reads("printer-baud-error", "is a number").await?;
        counter.clean("no-speed").await?;
        counter.selects_all().await?;
        counter.types("19200").await?;
        chooses(counter, "printer-flow", "hardware").await?;
        demo::tab_to(counter, "printer-silent").await?;
        counter.types(" ").await?;
        demo::tab_to(counter, "choose-printer").await?;
        counter.presses(Key::Enter).await?;
        counter.focus_on("test-printer").await?;
        counter.clean("chosen").await?;
        counter.chord(&[Key::Control, Key::Shift], "l").await?;
        counter.until("document.body.textContent.includes('Rheoli llif')").await?;
        counter.clean("in-welsh").await?;
        let written = settings(&place.folder)?;
        for said in [r#""baud": 19200"#, r#""flow": "hardware""#, r#""status": "never""#] {
            assert!(written.contains(said), "{said} in {written}");
        }
        Ok(())
    })
    .await
}

#[tokio::test]
async fn an_administrator_names_another_printer_and_tries_it() -> Result<(), Failure> {
    let printer = SimulatedPrinter::start(Manner::Answers(State::Ready))?;
    journey_from("devices-other-printer", demonstration, async |counter, place| {
        administers_devices(counter).await?;
        // One behind a print queue says nothing of itself.
        chooses(counter, "other-printer-kind", "queue").await?;
        demo::tab_to(counter, "other-printer-address").await?;
        counter.types("receipts").await?;
        counter.presses(Key::Enter).await?;
        counter.focus_on("other-test-printer").await?;
        counter.clean("queue").await?;
        assert!(settings(&place.folder)?.contains(r#""name": "receipts""#));
        chooses(counter, "other-printer-kind", "tcp").await?;
        demo::tab_to(counter, "other-printer-address").await?;
        counter.types(&printer.address().to_string()).await?;
        counter.presses(Key::Enter).await?;
        counter.reads("said", "This is the other printer from now on").await?;
        counter.focus_on("other-test-printer").await?;
        counter.clean("named").await?;
        counter.presses(Key::Enter).await?;
        printer.next_job(PATIENCE).ok_or("no test page came out")?;
        assert!(settings(&place.folder)?.contains("other_printer"));
        Ok(())
    })
    .await
}

#[tokio::test]
async fn an_administrator_pairs_a_card_terminal_whose_passphrase_is_not_shown_again_and_un_pairs_it() -> Result<(), Failure> {
    let terminal = SimulatedTerminal::start(Setup::default())?;
    let Setup { poi_id, key_identifier, key_version, passphrase, .. } = Setup::default();
    journey_from("devices-terminal", demonstration, async |counter, place| {
        let authority = place.folder.join("root.pem");
        std::fs::write(&authority, terminal.authority_pem())?;
        administers_devices(counter).await?;
        demo::tab_to(counter, "terminal-host").await?;
        counter.presses(Key::Enter).await?;
        counter.reads("terminal-host-error", "name or address").await?;
        counter.focus_on("terminal-host").await?;
        for (field, text) in [
            ("host", "127.0.0.1"),
            ("port", &terminal.port().to_string()),
            ("poi-id", &poi_id),
            ("sale-id", "CH07"),
            ("key-identifier", &key_identifier),
            ("key-version", &key_version.to_string()),
            ("authority", &authority.display().to_string()),
            ("passphrase", "a guess"),
        ] {
            demo::tab_to(counter, &format!("terminal-{field}")).await?;
            counter.selects_all().await?;
            counter.types(text).await?;
        }
        demo::tab_to(counter, "terminal-live").await?;
        counter.types(" ").await?;
        demo::tab_to(counter, "choose-terminal").await?;
        counter.presses(Key::Enter).await?;
        counter.reads("terminal-passphrase-error", "not with this key").await?;
        counter.focus_on("terminal-passphrase").await?;
        counter.clean("wrong-passphrase").await?;
        counter.selects_all().await?;
        counter.types(&passphrase).await?;
        counter.presses(Key::Enter).await?;
        counter.reads("said", "drives the terminal").await?;
        counter.focus_on("terminal-check").await?;
        counter.reads("terminal-says", "OK").await?;
        counter.until("document.getElementById('terminal-passphrase').value === ''").await?;
        counter.reads("terminal-stands", &poi_id).await?;
        counter.clean("paired").await?;
        let written = settings(&place.folder)?;
        assert!(written.contains(&poi_id) && !written.contains(&passphrase), "{written}");
        // How it is can be asked at any time, in either language.
        counter.chord(&[Key::Control, Key::Shift], "l").await?;
        drop(terminal);
        demo::tab_to(counter, "terminal-check").await?;
        counter.presses(Key::Enter).await?;
        counter.reads("terminal-check-problem", "Ni ellir cyrraedd").await?;
        counter.clean("gone-in-welsh").await?;
        un_pairs(counter).await?;
        let written = settings(&place.folder)?;
        assert!(!written.contains("card_terminal"), "{written}");
        let secrets = std::fs::read_to_string(place.folder.join("data/secrets.json"))?;
        assert!(!secrets.contains("terminal-passphrase"), "{secrets}");
        Ok(())
    })
    .await
}

/// Un-pairs the terminal, which is asked about first, with the words in Welsh.
async fn un_pairs(counter: &Counter) -> Result<(), Failure> {
    demo::tab_to(counter, "unpair-terminal").await?;
    counter.presses(Key::Enter).await?;
    counter.focus_on("unpair-no").await?;
    counter.reads("unpair-asks", "ar derfynell ar wahân").await?;
    counter.clean("unpair-asks-in-welsh").await?;
    counter.presses(Key::Enter).await?;
    counter.focus_on("unpair-terminal").await?;
    counter.chord(&[Key::Control, Key::Shift], "l").await?;
    counter.presses(Key::Enter).await?;
    counter.focus_on("unpair-no").await?;
    counter.reads("unpair-asks", "stand-alone terminal").await?;
    counter.clean("unpair-asks").await?;
    counter.chord(&[Key::Shift], &char::from(Key::Tab).to_string()).await?;
    counter.focus_on("unpair-yes").await?;
    counter.presses(Key::Enter).await?;
    counter.reads("said", "drives no terminal any more").await?;
    counter.focus_on("terminal-host").await?;
    counter.until("document.getElementById('terminal-host').value === ''").await?;
    counter.until("!document.getElementById('unpair-terminal') && !document.getElementById('terminal-check')").await?;
    counter.reads("terminal-stands", "This till drives none").await?;
    counter.until("!document.getElementById('terminal-check-problem')").await?;
    counter.clean("un-paired").await
}

#[tokio::test]
async fn a_cashier_tries_the_scanner_for_which_nothing_is_taken_and_asks_the_terminal_how_it_is() -> Result<(), Failure> {
    journey("devices-scanner", async |counter| {
        demo::open_session(counter, false).await?;
        opens_devices(counter).await?;
        counter.focus_on("try-scan").await?;
        counter.presses(Key::Enter).await?;
        counter.scans("]C0982650123456600018450").await?;
        counter.reads("tried-text", "]C0982650123456600018450").await?;
        counter.reads("tried-symbology", "]C0").await?;
        counter.reads("tried-layout", "Council Tax bill").await?;
        counter.clean("tried").await?;
        demo::tab_to(counter, "terminal-check").await?;
        counter.presses(Key::Enter).await?;
        counter.reads("terminal-says", "simulator").await?;
        counter.presses(Key::Escape).await?;
        counter.focus_on("menu-devices").await?;
        counter.presses(Key::Escape).await?;
        counter.no_dialog().await?;
        counter.until("document.getElementById('reference').value === ''").await
    })
    .await
}
