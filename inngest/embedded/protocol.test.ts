import { Inngest, NonRetriableError } from "inngest";
import { serve } from "inngest/next";
import { describe, expect, it } from "vitest";
import { quiet } from "./behaviour/driver";
import { eventIdFactory } from "./event-ids";
import { type Call, callHandler, inProcess, loadFunctions, readAnswer, type ServedAnswer } from "./handler";
import { signRequest } from "./signature";

/** The SDK as it is installed, driven over its own protocol without server or database. Run on every upgrade of `inngest`. */
const SIGNING_KEY = `signkey-test-${"12".repeat(32)}`;
const posted: unknown[] = [];
const client = new Inngest({
  id: "contract",
  isDev: false,
  eventKey: "test",
  signingKey: SIGNING_KEY,
  logger: quiet,
  fetch: async (_input, init) => {
    posted.push(JSON.parse(String(init?.body)));
    return new Response("{}", { status: 200 });
  },
});
const flow = client.createFunction({ id: "flow", triggers: [{ event: "a/b" }], retries: 2 }, async ({ step, event }) => {
  const first = await step.run("first", () => ({ n: 1 }));
  await step.sleep("nap", "5s");
  if ((event.data as { fail?: boolean }).fail === true) throw new NonRetriableError("no");
  return first.n;
});
const fan = client.createFunction({ id: "fan", triggers: [{ event: "a/c" }] }, async ({ step }) =>
  Promise.all([step.run("a", () => 1), step.run("b", () => 2)]),
);
const handler = inProcess(serve({ client, functions: [flow, fan], enableUnauthedSync: false }));
const target = { handler, signingKey: SIGNING_KEY, timeoutMs: 5_000 };
const call: Call = {
  fnId: "contract-flow",
  runId: "run-1",
  itemId: "item-1",
  generation: 3,
  stepId: "step",
  attempt: 0,
  maxAttempts: 3,
  event: { id: "e1", name: "a/b", data: {}, ts: 1 },
  memos: [],
  targeted: false,
};

describe("protocol with the installed SDK", () => {
  it("reports the functions it serves", async () => {
    expect((await loadFunctions(target)).map((config) => [config.id, config.steps["step"]?.retries?.attempts])).toEqual([
      ["contract-flow", 2],
      ["contract-fan", undefined],
    ]);
  });

  it("checkpoints a step with the call's generation and ends with the sleep", async () => {
    posted.length = 0;
    const outcome = await callHandler(target, call);
    expect(posted).toMatchObject([{ run_id: "run-1", qi_id: "item-1", generation_id: 3, steps: [{ op: "StepRun", data: { n: 1 }, displayName: "first" }] }]);
    expect(outcome).toMatchObject({ kind: "operations", operations: [{ op: "Sleep", name: "5s" }] });
  });

  it("returns and throws with its memo", async () => {
    const plan = await callHandler(target, call);
    const sleepId = plan.kind === "operations" ? (plan.operations[0]?.id ?? "") : "";
    const [checkpoint] = posted.slice(-1) as Array<{ steps: Array<{ id: string }> }>;
    const memos = [
      [checkpoint?.steps[0]?.id ?? "", { type: "data", data: { n: 1 } }],
      [sleepId, { type: "data", data: null }],
    ] as Call["memos"];
    expect(await callHandler(target, { ...call, memos })).toMatchObject({ kind: "operations", operations: [{ op: "RunComplete", data: 1 }] });
    const failing = await callHandler(target, { ...call, memos, event: { ...call.event, data: { fail: true } } });
    expect(failing).toMatchObject({ kind: "threw", final: true, error: { name: "NonRetriableError", message: "no" } });
  });

  it("plans parallel steps and runs one when it is targeted", async () => {
    const parallel: Call = { ...call, fnId: "contract-fan", event: { ...call.event, name: "a/c" } };
    const plan = await callHandler(target, parallel);
    expect(plan).toMatchObject({ kind: "operations", operations: [{ op: "StepPlanned" }, { op: "StepPlanned" }] });
    const stepId = plan.kind === "operations" ? (plan.operations[1]?.id ?? "") : "";
    expect(await callHandler(target, { ...parallel, stepId, targeted: true })).toMatchObject({
      kind: "operations",
      operations: [{ op: "StepRun", id: stepId, data: 2 }],
    });
  });

  it("is refused without a valid signature", async () => {
    const wrong = { ...target, signingKey: `signkey-test-${"34".repeat(32)}` };
    expect(await callHandler(wrong, call)).toMatchObject({ kind: "threw", error: { name: "TransportError" } });
    await expect(loadFunctions(wrong)).rejects.toThrow(/refused the sync with 401/);
    const url = "http://127.0.0.1/api/inngest?fnId=contract-flow&stepId=step";
    expect(await handler({ method: "POST", url, headers: {}, body: "{}" })).toMatchObject({ status: 401 });
  });

  it("gives up a call that takes too long, as a failed attempt", async () => {
    const never = { ...target, handler: () => new Promise<ServedAnswer>(() => undefined), timeoutMs: 20 };
    expect(await callHandler(never, call)).toMatchObject({ kind: "threw", final: false, error: { message: expect.stringContaining("20 ms") } });
  });
});

describe("a call whose checkpoint was refused", () => {
  it("has not failed for good: its commit is fenced or it runs again", async () => {
    const refusing = new Inngest({
      id: "contract",
      isDev: false,
      eventKey: "test",
      signingKey: SIGNING_KEY,
      logger: quiet,
      fetch: async () => new Response("{}", { status: 409 }),
    });
    const one = refusing.createFunction({ id: "flow", triggers: [{ event: "a/b" }] }, async ({ step }) => step.run("first", () => 1));
    const outcome = await callHandler({ ...target, handler: inProcess(serve({ client: refusing, functions: [one] })) }, call);
    expect(outcome).toMatchObject({ kind: "threw", final: false, error: { name: "StaleDispatchError" } });
  });
});

describe("answers that are not the SDK's", () => {
  it("are failed attempts, whatever their status", () => {
    expect(readAnswer({ status: 200, headers: {}, body: "<html>bad gateway</html>" })).toMatchObject({ kind: "threw", final: false });
  });
});

describe("signatures", () => {
  it("match the SDK's own documented form: HMAC-SHA256 over body and seconds", () => {
    // Computed with: printf '%s' '{"a":1,"b":"x"}1700000000' | openssl dgst -sha256 -hmac 3132
    expect(signRequest("signkey-test-3132", { b: "x", a: 1 }, new Date(1_700_000_000_500))).toBe(
      "t=1700000000&s=8892c66d1ef1adfb2a9be6d76a5aabf2305b59d2baf428f9b3cd7b3658f7f2ac",
    );
  });
});

describe("event ids", () => {
  it("stay the same when the SDK repeats a post with its seed", () => {
    const seed = `1795255148359,${Buffer.from("0123456789").toString("base64")}`;
    const ids = [0, 1].map(eventIdFactory(seed));
    expect([0, 1].map(eventIdFactory(seed))).toEqual(ids);
    expect(new Set(ids).size).toBe(2);
    expect(ids[0]).toMatch(/^[0-9A-HJKMNP-TV-Z]{26}$/);
    expect(eventIdFactory("nonsense")(0)).not.toBe(eventIdFactory("nonsense")(0));
  });
});
