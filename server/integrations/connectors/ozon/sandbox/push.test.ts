import { afterEach, describe, expect, it } from "vitest";
import type { SimulatorHost } from "@/sandbox/kit";
import { SimClock } from "@/sandbox/kit/clock";
import { Deliverer, type PostResult } from "@/sandbox/kit/deliverer";
import { Faults } from "@/sandbox/kit/faults";
import { Random } from "@/sandbox/kit/random";
import { RequestLog } from "@/sandbox/kit/request-log";
import { PushService } from "./push";
import { createSeller, type OzonState, type PushEndpoint } from "./state";

const DAY_MS = 86_400_000;
const clocks: SimClock[] = [];
afterEach(() => {
  for (const clock of clocks.splice(0)) clock.stop();
});

/** A service whose receiver answers as told, without a network and without waiting. */
function setUp(answer: () => Partial<PostResult>) {
  const clock = new SimClock(new Date("2026-11-21T00:00:00Z"));
  clocks.push(clock);
  const deliverer = new Deliverer(clock);
  deliverer.post = async () => ({ status: 200, body: '{"result":true}', contentType: "application/json", durationMs: 20, failure: null, ...answer() });
  const host: SimulatorHost = {
    baseUrl: () => "http://127.0.0.1:1/ozon",
    scenario: "small",
    parameters: {},
    restored: undefined,
    clock,
    faults: new Faults(),
    requests: new RequestLog(),
    deliverer,
  };
  const seller = createSeller({ clientId: "1", apiKey: "key", nowMs: clock.nowMs() });
  const state: OzonState = {
    host,
    random: new Random(1),
    sellers: new Map([["1", seller]]),
    files: new Map(),
    onSellerMessage: () => undefined,
    onSellerReply: () => undefined,
    onApiUse: () => undefined,
    nextEndpointId: 1,
    lastMessageId: 0n,
  };
  const endpoint: PushEndpoint = {
    id: 1,
    url: "http://127.0.0.1:1/push",
    types: ["TYPE_NEW_MESSAGE"],
    enabled: true,
    createdAtMs: 0,
    suspended: null,
    answers: [],
    badDays: 0,
    availability: "AVAILABLE",
    availabilityAtMs: 0,
    unreachableSinceMs: null,
    failingSinceMs: null,
  };
  seller.endpoints.push(endpoint);
  const push = new PushService(state);
  const say = async () => {
    push.emit(seller, "TYPE_NEW_MESSAGE", {});
    await clock.advance(100);
  };
  return { clock, endpoint, say };
}

describe("suspension", () => {
  it("comes with one answer over five seconds", async () => {
    const { endpoint, say } = setUp(() => ({ durationMs: 5_001 }));
    await say();
    expect(endpoint.suspended).toBe("PROCESSING_TOO_LONG");
  });

  it("comes when under half of the last twenty answers were good", async () => {
    let count = 0;
    const { endpoint, say } = setUp(() => ({ status: count++ % 3 === 0 ? 200 : 500 }));
    for (let index = 0; index < 19; index += 1) await say();
    expect(endpoint.suspended).toBe(null);
    await say();
    expect(endpoint.suspended).toBe("TOO_FEW_SUCCESSFUL_ANSWERS");
  });

  it("does not count a 200 without result true as good", async () => {
    const { endpoint, say } = setUp(() => ({ body: "{}" }));
    await say();
    expect(endpoint.answers.map((answer) => answer.ok)).toEqual([false]);
  });
});

describe("nightly monitoring", () => {
  it("grades by the day's mean answer time and switches off after three bad days in a row", async () => {
    let durationMs = 1_500;
    const { clock, endpoint, say } = setUp(() => ({ durationMs }));
    const night = async () => {
      await say();
      await clock.advance(DAY_MS);
      return endpoint.availability;
    };
    expect(await night()).toBe("AVAILABLE");
    durationMs = 2_000;
    expect(await night()).toBe("UNSTABLE");
    durationMs = 2_500;
    expect(await night()).toBe("UNAVAILABLE");
    expect(await night()).toBe("UNAVAILABLE");
    expect(endpoint.enabled).toBe(true);
    await night();
    expect([endpoint.enabled, endpoint.suspended]).toEqual([false, "UNAVAILABLE_THREE_DAYS"]);
  });
});
