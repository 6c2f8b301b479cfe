import { readdirSync, readFileSync } from "node:fs";
import { FluentBundle, FluentResource } from "@fluent/bundle";
import { pluralForm } from "../src/words/plural";
import { describe, expect, test } from "vitest";

const root = new URL("../../", import.meta.url);
const read = (path: string): string => readFileSync(new URL(path, root), "utf8");
// All but the receipt's own words, which no screen says.
const FILES = readdirSync(new URL("assets/locales/en-GB/", root)).filter((file) => file !== "receipt.ftl");
const LANGUAGES = ["en-GB", "cy"];

/** What each message of a file takes as arguments, and its text with every argument given. */
function messages(language: string, file: string): Map<string, string[]> {
  const source = read(`assets/locales/${language}/${file}`);
  const bundle = new FluentBundle(language, { useIsolating: false });
  expect(bundle.addResource(new FluentResource(source)), `${language}/${file}`).toEqual([]);
  const found = new Map<string, string[]>();
  for (const block of source.split(/\n(?=[a-z])/)) {
    const id = /^([a-z][\w-]*) =/.exec(block.trimStart().replace(/^(#.*\n+)+/, ""))?.[1];
    if (id) found.set(id, [...new Set([...block.matchAll(/\$(\w+)/g)].map((match) => match[1] ?? ""))].sort());
  }
  return found;
}

function sources(folder: string): string {
  return readdirSync(new URL(folder, root), { withFileTypes: true })
    .map((entry) => (entry.isDirectory() ? sources(`${folder}${entry.name}/`) : /\.(svelte|ts)$/.test(entry.name) ? read(folder + entry.name) : ""))
    .join("\n");
}

// The ledger's web page has words of its own, which the window hasn't.
const english = new Map(FILES.filter((file) => file !== "ledger.ftl").flatMap((file) => [...messages("en-GB", file)]));

describe("words", () => {
  test.each(FILES)("%s has the same messages with the same facts in both languages", (file) => {
    const [one, other] = LANGUAGES.map((language) => Object.fromEntries(messages(language, file)));
    expect(other).toEqual(one);
  });

  test("every code of the rules has its words", () => {
    const codes = [...read("crates/domain/src/refusal.rs").matchAll(/^ {4}\w+ = "([a-z-]+)",$/gm)].map((match) => match[1]);
    expect(codes.length).toBeGreaterThan(40);
    expect(codes.filter((code) => !english.has(`error-${code}`))).toEqual([]);
  });

  test("every message that a screen names is there", () => {
    const named = [...sources("ui/src/").matchAll(/\bt\("([a-z][\w-]*)"/g)].map((match) => match[1] ?? "");
    expect(named.length).toBeGreaterThan(60);
    expect([...new Set(named)].filter((id) => !english.has(id))).toEqual([]);
  });

  test("words about references never say what was expected", () => {
    for (const code of ["reference-not-valid", "reference-not-valid-for-fund", "reference-unreadable"]) {
      expect(english.get(`error-${code}`)).toEqual([]);
    }
  });

  test("Welsh has its six plural forms and English its two", () => {
    expect([0, 1, 2, 3, 4, 5, 6, 7, 11].map((count) => pluralForm("cy", count))).toEqual(["zero", "one", "two", "few", "other", "other", "many", "other", "other"]);
    expect([0, 1, 2].map((count) => pluralForm("en-GB", count))).toEqual(["other", "one", "other"]);
  });

  test("there are twelve months and seven days in both languages", () => {
    for (const language of LANGUAGES) {
      const source = read(`assets/locales/${language}/window.ftl`);
      expect(/^months = (.*)$/m.exec(source)?.[1]?.split(" ")).toHaveLength(12);
      expect(/^weekdays = (.*)$/m.exec(source)?.[1]?.split(" ")).toHaveLength(7);
    }
  });
});
