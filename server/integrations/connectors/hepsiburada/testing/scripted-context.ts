import { memoryTokens } from "../../../contract/memory-tokens";
import type { ConnectorContext } from "../../../contract/ports";
import { type ScriptedAnswer, type SeenRequest, scriptedHttp } from "../../../contract/testing/scripted-http";

/** By whose clock the scripted merchant's data is read. */
export const NOW = new Date("2026-11-21T12:00:30Z");

/** A merchant whose service answers by a script, with what it was asked. */
export function scriptedContext(answer: (request: SeenRequest) => ScriptedAnswer) {
  const http = scriptedHttp(answer);
  const context: ConnectorContext = {
    connectionId: "c",
    credentials: { merchantId: "m", serviceKey: "k", userAgent: "u" },
    baseUrl: "https://x",
    facts: {},
    http,
    clock: { now: () => NOW },
    tokens: memoryTokens(),
  };
  return { http, context };
}
