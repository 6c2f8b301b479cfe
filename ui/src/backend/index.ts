/** The one way to the program behind the window: a command with its payload, answered or refused with a reason. */
import type { Commands } from "../generated/commands";
import type { Changed, Problem } from "../generated/types";

export interface Failure {
  /** Stable code; its words are `error-<code>`. */
  code: string;
  /** Plain words in case the code has none here. */
  message: string;
  /** Whether the thing asked for has happened. */
  outcome: "not_done" | "done" | "in_doubt";
  args: Record<string, string>;
  problems?: Problem[];
}

/** The till's data is brought to this version before the till opens. */
export type Upgrading = { step: "copying"; percent: number } | { step: "changing" };

type Send = (cmd: string, payload: unknown) => Promise<unknown>;
type Listen = (heard: (names: Changed[]) => void) => Promise<unknown>;
type Wait = (heard: (now: Upgrading) => void) => Promise<unknown>;

let link: Promise<{ send: Send; listen: Listen; wait: Wait }> | undefined;

// The stand-in exists only in the development server: the condition is a constant in a build and the import falls away.
function connect(): Promise<{ send: Send; listen: Listen; wait: Wait }> {
  if (import.meta.env.DEV && import.meta.env.VITE_MOCK) {
    return import("./mock").then((mock) => ({ send: mock.send, listen: mock.listen, wait: async () => undefined }));
  }
  return Promise.all([import("@tauri-apps/api/core"), import("@tauri-apps/api/event")]).then(([core, event]) => ({
    send: (cmd, payload) => core.invoke("rpc", { cmd, payload }),
    listen: (heard) => event.listen<Changed[]>("changed", (message) => heard(message.payload)),
    wait: (heard) => event.listen<Upgrading>("upgrading", (message) => heard(message.payload)),
  }));
}

export async function call<K extends keyof Commands>(cmd: K, payload: Commands[K]["request"]): Promise<Commands[K]["response"]> {
  link ??= connect();
  try {
    return (await (await link).send(cmd, payload)) as Commands[K]["response"];
  } catch (error) {
    throw asFailure(error);
  }
}

export async function onChanged(heard: (names: Changed[]) => void): Promise<void> {
  link ??= connect();
  await (await link).listen(heard);
}

export async function onUpgrading(heard: (now: Upgrading) => void): Promise<void> {
  link ??= connect();
  await (await link).wait(heard);
}

/** Whatever came back as a failure; a reply that can't be read leaves open what happened. */
export function asFailure(error: unknown): Failure {
  if (isFailure(error)) return { ...error, args: error.args ?? {} };
  return { code: "internal", message: String(error), outcome: "in_doubt", args: {} };
}

function isFailure(error: unknown): error is Failure {
  return typeof error === "object" && error !== null && "code" in error && "outcome" in error;
}
