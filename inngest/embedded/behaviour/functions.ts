import { eventType, type Inngest, type InngestFunction, NonRetriableError, RetryAfterError } from "inngest";
import { z } from "zod";
import type { EffectLog } from "./record";

/** The functions of the suite: each shows one feature. `k` is the test's own key. */

const keyed = z.object({ k: z.string() });
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

export const events = {
  order: eventType("suite/order.created", { schema: keyed }),
  confirmed: eventType("suite/order.confirmed", { schema: z.object({ k: z.string(), by: z.string() }) }),
  told: eventType("suite/order.told", { schema: keyed }),
  wait: eventType("suite/wait.asked", { schema: keyed }),
  failing: eventType("suite/failing.asked", { schema: keyed }),
  caught: eventType("suite/caught.asked", { schema: keyed }),
  fatal: eventType("suite/fatal.asked", { schema: keyed }),
  bodyRetry: eventType("suite/body-retry.asked", { schema: keyed }),
  parallel: eventType("suite/parallel.asked", { schema: keyed }),
  race: eventType("suite/race.asked", { schema: keyed }),
  slow: eventType("suite/slow.asked", { schema: z.object({ k: z.string(), shop: z.string() }) }),
  once: eventType("suite/once.asked", { schema: z.object({ k: z.string(), token: z.string() }) }),
  cancellable: eventType("suite/cancellable.asked", { schema: keyed }),
  stop: eventType("suite/cancellable.stopped", { schema: keyed }),
  debounced: eventType("suite/debounced.asked", { schema: z.object({ k: z.string(), n: z.number() }) }),
  limited: eventType("suite/limited.asked", { schema: keyed }),
  single: eventType("suite/single.asked", { schema: keyed }),
  chosen: eventType("suite/chosen.asked", { schema: z.object({ k: z.string(), n: z.number() }) }),
  family: eventType("suite/family.member", { schema: keyed }),
  strict: eventType("suite/strict.asked", { schema: z.object({ k: z.string(), amount: z.number() }) }),
  loop: eventType("suite/loop.asked", { schema: keyed }),
  badChild: eventType("suite/bad-child.asked", { schema: keyed }),
  until: eventType("suite/until.asked", { schema: keyed }),
  long: eventType("suite/long.asked", { schema: keyed }),
} as const;

export const CRON_KEY = "every-minute";

export function behaviourFunctions(client: Inngest, log: EffectLog): InngestFunction.Any[] {
  return [
    ...flowFunctions(client, log),
    ...failureFunctions(client, log),
    ...parallelFunctions(client, log),
    ...controlFunctions(client, log),
    ...triggerFunctions(client, log),
  ];
}

function flowFunctions(client: Inngest, log: EffectLog): InngestFunction.Any[] {
  const charge = client.createFunction({ id: "charge", triggers: [] }, async ({ event, step }) => {
    const data = event.data as { k: string; amount: number };
    return step.run("pay", () => {
      log.note(data.k, "paid", data.amount);
      return { paid: data.amount };
    });
  });
  const order = client.createFunction({ id: "order-flow", triggers: [events.order], retries: 3 }, async ({ event, step, runId, attempt }) => {
    const { k } = event.data;
    const loaded = await step.run("load", () => {
      log.note(k, "load");
      return { when: new Date(0), missing: undefined, n: 1 };
    });
    const flaky = await step.run("flaky", () => {
      log.note(k, "flaky");
      if (log.of(k, "flaky").length < 3) throw new RetryAfterError("flaky boom", "1s");
      return "ok";
    });
    await step.sleep("nap", "1s");
    const paid = await step.invoke("charge", { function: charge, data: { k, amount: 5 } });
    const sent = await step.sendEvent("tell", events.told.create({ k }));
    const confirmed = await step.waitForEvent("confirm", { event: events.confirmed, timeout: "30s", if: "async.data.k == event.data.k" });
    return { loaded, flaky, paid, sent: sent.ids.length, by: confirmed?.data.by ?? null, hasRun: runId.length > 0, attempt };
  });
  const told = client.createFunction({ id: "told", triggers: [events.told] }, ({ event }) => {
    log.note(event.data.k, "told");
  });
  const wait = client.createFunction({ id: "wait-in-vain", triggers: [events.wait] }, async ({ event, step }) => {
    const got = await step.waitForEvent("never", { event: events.confirmed, timeout: "1s", if: "async.data.k == 'somebody else'" });
    return { k: event.data.k, got };
  });
  const until = client.createFunction({ id: "sleep-until", triggers: [events.until] }, async ({ event, step }) => {
    const due = await step.run("due", () => Date.now() + 1_500);
    await step.sleepUntil("until", new Date(due));
    await step.run("woke", () => log.note(event.data.k, "woke", Date.now() - due));
    return "woke";
  });
  const loop = client.createFunction({ id: "repeated-ids", triggers: [events.loop] }, async ({ event, step }) => {
    let sum = 0;
    for (let n = 1; n <= 12; n += 1) sum += await step.run("add", () => n);
    const odd = await step.run("odd", () => "a\u0000b");
    log.note(event.data.k, "pass");
    return `${sum} ${odd.replaceAll("\u0000", "")}`;
  });
  const long = client.createFunction({ id: "long-runtime", triggers: [events.long], checkpointing: { maxRuntime: "1s" } }, async ({ event, step }) => {
    for (let n = 0; n < 4; n += 1) {
      await step.run(`part-${n}`, async () => {
        await pause(450);
        log.note(event.data.k, "part", n);
      });
    }
    return "done";
  });
  return [charge, order, told, wait, until, loop, long];
}

function failureFunctions(client: Inngest, log: EffectLog): InngestFunction.Any[] {
  const failing = client.createFunction(
    {
      id: "failing",
      triggers: [events.failing],
      retries: 1,
      onFailure: ({ event, error }) => {
        const original = event.data.event.data as { k: string };
        log.note(original.k, "on-failure", { message: error.message, functionId: event.data.function_id, runId: event.data.run_id });
      },
    },
    async ({ event, step }) => {
      await step.run("boom", () => {
        log.note(event.data.k, "boom");
        throw new RetryAfterError("still boom", "1s");
      });
    },
  );
  const caught = client.createFunction({ id: "caught", triggers: [events.caught], retries: 0 }, async ({ event, step }) => {
    try {
      await step.run("boom", () => {
        log.note(event.data.k, "boom");
        throw new Error("caught boom");
      });
    } catch (error) {
      return step.run("plan-b", () => (error instanceof Error ? error.message : "?"));
    }
    return "unreachable";
  });
  const fatal = client.createFunction(
    {
      id: "fatal",
      triggers: [events.fatal],
      retries: 3,
      onFailure: ({ event, error }) => log.note((event.data.event.data as { k: string }).k, "on-failure", error.message),
    },
    ({ event }) => {
      log.note(event.data.k, "body");
      throw new NonRetriableError("stop here", { cause: new Error("why") });
    },
  );
  const bodyRetry = client.createFunction({ id: "body-retry", triggers: [events.bodyRetry], retries: 2 }, ({ event, attempt }) => {
    log.note(event.data.k, "body", attempt);
    if (attempt === 0) throw new RetryAfterError("slow down", "3s");
    return { attempt };
  });
  const child = client.createFunction({ id: "bad-child", triggers: [], retries: 0 }, () => {
    throw new NonRetriableError("child says no");
  });
  const badChild = client.createFunction({ id: "bad-child-parent", triggers: [events.badChild], retries: 0 }, async ({ step }) => {
    try {
      return await step.invoke("child", { function: child });
    } catch (error) {
      return { caught: error instanceof Error ? error.message : "?" };
    }
  });
  const strict = client.createFunction({ id: "strict", triggers: [events.strict], retries: 3 }, ({ event }) => {
    log.note(event.data.k, "body");
    return event.data.amount;
  });
  return [failing, caught, fatal, bodyRetry, child, badChild, strict];
}

function parallelFunctions(client: Inngest, log: EffectLog): InngestFunction.Any[] {
  const parallel = client.createFunction({ id: "parallel", triggers: [events.parallel], retries: 0 }, async ({ event, step }) => {
    const { k } = event.data;
    const part = (id: string, ms: number) =>
      step.run(id, async () => {
        await pause(ms);
        log.note(k, id);
        return id;
      });
    const chain = async () => `${await part("a1", 200)}+${await part("a2", 50)}`;
    const risky = step
      .run("risky", () => {
        throw new NonRetriableError("risky failed");
      })
      .catch((error: unknown) => (error instanceof Error ? error.message : "?"));
    const results = await Promise.all([chain(), part("b", 100), step.sleep("c", "1s").then(() => "c"), risky]);
    log.note(k, "joined");
    return results;
  });
  const race = client.createFunction({ id: "race", triggers: [events.race], retries: 0 }, async ({ event, step, group }) => {
    const { k } = event.data;
    const run = (id: string, ms: number) =>
      step.run(id, async () => {
        await pause(ms);
        return id;
      });
    const winner = await group.parallel({ mode: "race" }, () => Promise.race([run("fast", 100), run("slow", 2_500)]));
    await step.run("announce", () => log.note(k, "winner", winner));
    return winner;
  });
  return [parallel, race];
}

function controlFunctions(client: Inngest, log: EffectLog): InngestFunction.Any[] {
  const slow = client.createFunction(
    { id: "slow", triggers: [events.slow], concurrency: { limit: 1, key: "event.data.shop" }, retries: 0 },
    async ({ event, step }) => {
      const { k, shop } = event.data;
      await step.run("work", () =>
        log.during(`${k}:all`, () =>
          log.during(`${k}:${shop}`, async () => {
            await pause(400);
            log.note(k, "worked", shop);
          }),
        ),
      );
    },
  );
  const once = client.createFunction({ id: "once", triggers: [events.once], idempotency: "event.data.token" }, ({ event }) => {
    log.note(event.data.k, "ran");
  });
  const cancellable = client.createFunction(
    { id: "cancellable", triggers: [events.cancellable], cancelOn: [{ event: events.stop, if: "async.data.k == event.data.k" }] },
    async ({ event, step }) => {
      await step.run("begin", () => log.note(event.data.k, "begin"));
      await step.sleep("pause", "4s");
      await step.run("end", () => log.note(event.data.k, "end"));
    },
  );
  const debounced = client.createFunction({ id: "debounced", triggers: [events.debounced], debounce: { period: "2s", key: "event.data.k" } }, ({ event }) => {
    log.note(event.data.k, "ran", event.data.n);
  });
  const limited = client.createFunction(
    { id: "limited", triggers: [events.limited], rateLimit: { limit: 1, period: "60s", key: "event.data.k" } },
    ({ event }) => {
      log.note(event.data.k, "ran");
    },
  );
  const single = client.createFunction(
    { id: "single", triggers: [events.single], singleton: { key: "event.data.k", mode: "skip" } },
    async ({ event, step }) => {
      await step.run("hold", () => log.note(event.data.k, "ran"));
      await step.sleep("hold-on", "3s");
    },
  );
  return [slow, once, cancellable, debounced, limited, single];
}

function triggerFunctions(client: Inngest, log: EffectLog): InngestFunction.Any[] {
  const chosen = client.createFunction({ id: "chosen", triggers: [{ event: events.chosen, if: "event.data.n > 2" }] }, ({ event }) => {
    log.note((event.data as { k: string }).k, "ran", (event.data as { n: number }).n);
  });
  const family = client.createFunction({ id: "family", triggers: [{ event: "suite/family.*" }] }, ({ event }) => {
    log.note((event.data as { k: string }).k, "ran", event.name);
  });
  const minutely = client.createFunction({ id: "minutely", triggers: [{ cron: "TZ=Europe/Istanbul */1 * * * *" }] }, ({ event }) => {
    log.note(CRON_KEY, "ran", event.name);
  });
  return [chosen, family, minutely];
}
