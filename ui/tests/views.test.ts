// @vitest-environment jsdom
import { flushSync, mount, unmount, type Component } from "svelte";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";

const call = vi.hoisted(() => vi.fn());
const never = vi.hoisted(() => async () => undefined);
// There is none in jsdom.
vi.hoisted(() => (window.matchMedia = () => ({ matches: false, addEventListener: () => undefined }) as never));
vi.mock("../src/backend", () => ({ call, onChanged: never, onUpgrading: never, asFailure: (error: unknown) => error }));

import App from "../src/App.svelte";
import BackupSection from "../src/components/BackupSection.svelte";
import DevicesView from "../src/components/DevicesView.svelte";
import SendingView from "../src/components/SendingView.svelte";
import UpkeepView from "../src/components/UpkeepView.svelte";
import { press } from "../src/keyboard/keys";
import FirstRun from "../src/screens/FirstRun.svelte";
import Locked from "../src/screens/Locked.svelte";
import { till } from "../src/state/till.svelte";
import { t } from "../src/words/index.svelte";

const settled = async (): Promise<void> => {
  await new Promise((resolve) => setTimeout(resolve));
  flushSync();
};
const text = (id: string): string => document.getElementById(id)?.textContent?.replace(/\s+/g, " ").trim() ?? "";
const focus = (): string => document.activeElement?.id ?? "";
const refusal = (code: string): unknown => ({ code, message: code, outcome: "not_done", args: {} });
const refuses = (code: string) => (): Promise<never> => Promise.reject(refusal(code));
async function clicks(id: string): Promise<void> {
  document.getElementById(id)?.click();
  await settled();
}

let answers: Record<string, (payload: never) => unknown>;
let shown: Record<string, unknown> | undefined;
async function show(screen: Component): Promise<void> {
  shown = mount(screen, { target: document.body });
  flushSync();
  await settled();
}

const start = (rest: object): never => ({
  program_version: "1", council: { name: { "en-GB": "Barnsley", cy: null }, languages: ["en-GB"], funds: [], mops: [], reasons: [], lock_after_minutes: 0 },
  till: { office_code: "CH", office_name: { "en-GB": "Civic Hall", cy: null }, till_code: "07" }, signed_in: null, locked: false, session: null, printer: { kind: "none" },
  scanner: { kind: "serial" }, first_start: null, troubles: [], today: "2026-11-23", language: null, ...rest,
}) as never;
const administrator = { user_code: "90", name: "Bethan", rights: ["administer"], language: null };
const status = { printer: { state: "ready", failed: 0, waiting: 0 }, ledger: { state: "up" }, terminal: null, scanner: "none", troubles: [], import: null };

beforeEach(() => {
  answers = {};
  call.mockReset();
  call.mockImplementation(async (command: string, payload: never) => answers[command]?.(payload) ?? null);
  till.start = start({ signed_in: administrator });
  till.status = status as never;
});
afterEach(async () => {
  if (shown) await unmount(shown);
  shown = undefined;
});

describe("what went wrong stays on the screen when there is news", () => {
  const ledger = { line: { state: "up", reason: null, differs: null }, address: null, till_number: 7, alarm: null, quarantined: [], unsent_receipts: 0 };
  const checkUp = { running: false, of: 1, checks: [] };
  const backup = { folder: "/mnt", latest: null, kept: 0, progress: null };
  test.each<[string, Component, string, string, Record<string, () => unknown>]>([
    ["sending", SendingView, "ledger-ask", "problem", { "ledger.show": () => ledger, "ledger.ask": refuses("right-missing") }],
    ["the check-up", UpkeepView, "support-write", "problem", { "doctor.show": () => checkUp, "backup.show": () => backup, "support.write": refuses("right-missing") }],
    ["backups", BackupSection, "backup-begin", "backup-folder-error", { "backup.show": () => backup, "backup.begin": refuses("right-missing") }],
  ])("of %s", async (_, view, button, problem, given) => {
    answers = given;
    await show(view);
    await clicks(button);
    const said = text(problem);
    expect(said.length).toBeGreaterThan(10);
    till.sent += 1;
    till.upkept += 1;
    flushSync();
    await settled();
    expect(text(problem)).toBe(said);
  });
});

describe("the devices", () => {
  const profile = { model: "tm-t20" };
  const devices = {
    printer: { kind: "tcp", host: "192.0.2.7", port: 9100 }, printer_before: null, scanner: { kind: "serial", path: "COM3", baud: 9600 }, terminal: null, fixed: [],
    profile, columns: 48, other_printer: null, other_profile: profile, other_columns: 48,
  };
  const models = ["any", "tm-t20"].map((model) => ({ chosen: { model }, columns: 42, dots: 512, cut: true }));
  const model = (): string | undefined => document.querySelector<HTMLSelectElement>("#printer-model")?.value;
  beforeEach(() => {
    answers = { "devices.show": () => devices, "devices.ports": () => ({ ports: [] }), "printer.status": () => ({ till: null, other: null }) };
  });

  test("are there while the print queues are being listed, and the focus and what is chosen stay when they have been", async () => {
    let list: (choices: unknown) => void = () => undefined;
    answers["printer.list"] = () => new Promise((resolve) => (list = resolve));
    await show(DevicesView);
    expect([focus(), model(), text("offering").length > 10]).toEqual(["printer-kind", "tm-t20", true]);
    document.getElementById("printer-address")?.focus();
    list({ models, queues: ["receipts"] });
    await settled();
    expect([focus(), model(), text("offering")]).toEqual(["printer-address", "tm-t20", ""]);
    expect(document.querySelectorAll("#printer-model option")).toHaveLength(2);
  });

  test("don't say that there are no print queues while they are looked for", async () => {
    let list: (choices: unknown) => void = () => undefined;
    answers = { ...answers, "devices.show": () => ({ ...devices, printer: { kind: "queue", name: "front" } }), "printer.list": () => new Promise((resolve) => (list = resolve)) };
    await show(DevicesView);
    const none = t("devices-found-none");
    expect(text("printer-address-hint")).not.toContain(none);
    list({ models, queues: [] });
    await settled();
    expect(text("printer-address-hint")).toContain(none);
  });

  test("are there although the print queues can't be listed, which is said", async () => {
    answers["printer.list"] = refuses("right-missing");
    await show(DevicesView);
    expect([model(), text("problem").length > 10]).toEqual(["tm-t20", true]);
  });

  test("print one test page and open the drawer once, however often Enter is pressed meanwhile", async () => {
    answers["printer.list"] = () => ({ models, queues: [] });
    answers["print.test"] = () => new Promise(() => undefined);
    await show(DevicesView);
    await clicks("test-printer");
    await clicks("test-printer");
    await clicks("test-drawer");
    expect(document.getElementById("test-printer")?.getAttribute("aria-disabled")).toBe("true");
    expect(call.mock.calls.filter(([command]) => ["print.test", "drawer.test"].includes(String(command)))).toHaveLength(1);
  });
});

describe("a key that answers on every screen", () => {
  beforeEach(async () => {
    answers = { "start.show": () => start({ signed_in: administrator, locked: true }), "till.status": () => ({ ...status, printer: { state: "ready", failed: 1, waiting: 0 } }) };
    await show(App);
  });

  test.each([["F11", "print.retry"], ["Ctrl+F11", "print.elsewhere"]])("says in the status line what it was refused, until it isn't: %s", async (key, command) => {
    answers[command] = refuses("right-missing");
    press(key);
    await settled();
    expect(document.querySelector("#status-line [role=alert]")?.textContent?.length).toBeGreaterThan(10);
    answers[command] = () => ({});
    press(key);
    await settled();
    expect(document.querySelector("#status-line [role=alert]")).toBeNull();
  });
});

describe("the first start", () => {
  const office = { code: "CH", name: { "en-GB": "Civic Hall", cy: null } };
  const council = { name: { "en-GB": "Barnsley", cy: null }, offices: [office] };
  const alone = { code: null, args: {}, again: false, ledger_url: "https://ledger.example" };

  test("has the focus on the first button, and then on the first box of each step", async () => {
    till.start = start({ till: null, council: null });
    answers["start.look_at_pack"] = () => ({ council, problems: [] });
    await show(FirstRun);
    expect(focus()).toBe("try-demonstration");
    await clicks("set-up");
    expect(focus()).toBe("pack-folder");
    await clicks("set-up-next");
    expect(focus()).toBe("office");
  });

  test("has the focus where something is to be put right, and on the button again that was pressed in vain", async () => {
    till.start = start({ till: null, council: null });
    answers["start.look_at_pack"] = () => ({ council: null, problems: ["funds.csv, row 3"] });
    answers["start.try_demonstration"] = refuses("right-missing");
    await show(FirstRun);
    await clicks("try-demonstration");
    expect(focus()).toBe("try-demonstration");
    await clicks("set-up");
    await clicks("set-up-next");
    expect(focus()).toBe("pack-folder");
  });

  test("has the focus on the enrolment code where only the ledger is left", async () => {
    till.start = start({ first_start: { ...alone, code: "ledger-code-wrong" } });
    await show(FirstRun);
    expect(focus()).toBe("set-up");
    await clicks("set-up");
    expect(focus()).toBe("enrol-code");
  });

  test("has the focus on the address of a ledger that can't be asked, once the till has its name", async () => {
    till.start = start({ till: null, council: null });
    answers["start.look_at_pack"] = () => ({ council, problems: [] });
    answers["start.set_up"] = () => start({});
    answers["ledger.enrol"] = refuses("ledger-not-reached");
    await show(FirstRun);
    await clicks("set-up");
    await clicks("set-up-next");
    const address = document.querySelector<HTMLInputElement>("#enrol-address");
    if (address) {
      address.value = "https://ledger.example";
      address.dispatchEvent(new Event("input", { bubbles: true }));
    }
    await clicks("set-up-next");
    expect(focus()).toBe("enrol-address");
    till.settingUp = false;
  });
});

test("a wrong PIN is tried once, however often Enter is pressed meanwhile, and is to be typed again", async () => {
  let refuse: (failure: unknown) => void = () => undefined;
  answers["user.unlock"] = () => new Promise((_, reject) => (refuse = reject));
  await show(Locked);
  const submit = (): unknown => document.querySelector("form")?.dispatchEvent(new Event("submit", { bubbles: true, cancelable: true }));
  submit();
  submit();
  refuse(refusal("sign-in-failed"));
  await settled();
  expect(call.mock.calls.filter(([command]) => command === "user.unlock")).toHaveLength(1);
  expect([focus(), text("problem").length > 10]).toEqual(["secret", true]);
});
