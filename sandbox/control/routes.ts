import { Hono } from "hono";
import { z } from "zod";
import type { SimulatorEnv } from "../kit";
import { FAULT_KINDS, PUSH_FAULT_KINDS } from "../kit/faults";
import type { Inhabitant, World } from "../world";

interface ControlHost {
  world(): World;
  reset(change: { scenario?: string | undefined; parameters?: Record<string, number> | undefined; startAt?: Date | undefined }): void;
}

const faultInput = z.strictObject({
  kind: z.enum([...FAULT_KINDS, ...PUSH_FAULT_KINDS]),
  times: z.number().int().min(1).optional(),
  match: z.string().optional(),
  status: z.number().int().min(400).max(599).optional(),
  delayMs: z.number().int().min(0).optional(),
  retryAfterSeconds: z.number().int().min(0).nullable().optional(),
});
const advanceInput = z.strictObject({ ms: z.number().int().min(0) });
const resetInput = z.strictObject({
  scenario: z.string().optional(),
  parameters: z.record(z.string(), z.number()).optional(),
  startAt: z.iso.datetime().optional(),
});

class ControlError extends Error {
  constructor(
    readonly status: 400 | 404,
    message: string,
  ) {
    super(message);
  }
}

/** The desk: everything a test or a person may do to the simulated world, as JSON under `/_control`. */
export function controlRoutes(host: ControlHost): Hono<SimulatorEnv> {
  const app = new Hono<SimulatorEnv>();
  const inhabitant = (id: string): Inhabitant => {
    const found = host.world().inhabitants.get(id);
    if (!found) throw new ControlError(404, `There is no simulator "${id}".`);
    return found;
  };
  app.onError((error, c) => {
    if (error instanceof ControlError) return c.json({ error: error.message }, error.status);
    if (error instanceof z.ZodError) return c.json({ error: z.prettifyError(error) }, 400);
    return c.json({ error: error.message }, 400);
  });
  app.get("/", (c) => {
    const world = host.world();
    return c.json({ scenario: world.options.scenario, now: world.clock.now().toISOString(), simulators: [...world.inhabitants.keys()] });
  });
  app.post("/time/advance", async (c) => {
    await host.world().clock.advance(advanceInput.parse(await c.req.json()).ms);
    return c.json({ now: host.world().clock.now().toISOString() });
  });
  app.post("/reset", async (c) => {
    const { startAt, ...change } = resetInput.parse(await c.req.json());
    host.reset({ ...change, startAt: startAt === undefined ? undefined : new Date(startAt) });
    return c.json({ scenario: host.world().options.scenario });
  });
  app.get("/:simulator/faults", (c) => c.json({ faults: inhabitant(c.req.param("simulator")).faults.list() }));
  app.post("/:simulator/faults", async (c) => c.json(inhabitant(c.req.param("simulator")).faults.add(faultInput.parse(await c.req.json()))));
  app.delete("/:simulator/faults", (c) => {
    inhabitant(c.req.param("simulator")).faults.clear();
    return c.json({ faults: [] });
  });
  app.get("/:simulator/requests", (c) => {
    const { requests } = inhabitant(c.req.param("simulator"));
    return c.json({ requests: requests.last(Number(c.req.query("last") ?? 100), c.req.query("path")), counts: requests.countsByPath() });
  });
  app.get("/:simulator/deliveries", (c) => c.json({ deliveries: inhabitant(c.req.param("simulator")).deliverer.last(Number(c.req.query("last") ?? 100)) }));
  app.post("/:simulator/:command", async (c) => {
    const { simulator } = inhabitant(c.req.param("simulator"));
    const name = c.req.param("command");
    const command = Object.hasOwn(simulator.desk, name) ? simulator.desk[name] : undefined;
    if (!command) throw new ControlError(404, `"${c.req.param("simulator")}" has no command "${name}". It has: ${Object.keys(simulator.desk).join(", ")}.`);
    const text = await c.req.text();
    const input = command.input.parse(text ? JSON.parse(text) : {});
    return c.json({ result: (await command.run(input as never)) ?? null });
  });
  return app;
}
