import { randomUUID } from "node:crypto";
import type { Inngest, InngestFunction } from "inngest";
import type pg from "pg";

/** Functions of the crash tests. Every body that runs leaves a row in `crash_effect`, outside the engine's tables. */
export const SIGNING_KEY = `signkey-test-${"cd".repeat(32)}`;
export const STEPS = 5;

export const CRASH_TABLES = `
  CREATE TABLE crash_effect (id BIGSERIAL PRIMARY KEY, key TEXT NOT NULL, step TEXT NOT NULL, token TEXT NOT NULL, pid INT NOT NULL);
  -- Every time a step's result or a run's end is committed, whoever does it and by whatever statement.
  CREATE TABLE crash_commit (id BIGSERIAL PRIMARY KEY, what TEXT NOT NULL);
  CREATE FUNCTION crash_note_step() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN INSERT INTO crash_commit (what) VALUES ('step ' || NEW.run_id || ' ' || NEW.step_id); RETURN NEW; END $$;
  CREATE FUNCTION crash_note_run() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN INSERT INTO crash_commit (what) VALUES ('run ' || NEW.id); RETURN NEW; END $$;
  CREATE TRIGGER crash_step AFTER INSERT OR UPDATE ON engine_step FOR EACH ROW WHEN (NEW.status <> 'pending') EXECUTE FUNCTION crash_note_step();
  CREATE TRIGGER crash_run AFTER UPDATE ON engine_run FOR EACH ROW WHEN (NEW.ended_at IS NOT NULL) EXECUTE FUNCTION crash_note_run();
`;

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** The database may be away while a body runs: the effect is part of the test's bookkeeping and waits. */
async function effect(pool: pg.Pool, key: string, step: string, token: string): Promise<void> {
  for (;;) {
    try {
      await pool.query("INSERT INTO crash_effect (key, step, token, pid) VALUES ($1, $2, $3, $4)", [key, step, token, process.pid]);
      return;
    } catch {
      await pause(100);
    }
  }
}

export function crashFunctions(client: Inngest, pool: pg.Pool): InngestFunction.Any[] {
  const steps = client.createFunction({ id: "steps", triggers: [{ event: "crash/steps.asked" }], retries: 3 }, async ({ event, step }) => {
    const { key, ms } = event.data as { key: string; ms: number };
    const tokens: string[] = [];
    for (let n = 0; n < STEPS; n += 1) {
      const token = await step.run(`step-${n}`, async () => {
        const own = randomUUID();
        await effect(pool, key, `step-${n}`, own);
        await pause(ms);
        return own;
      });
      tokens.push(token);
    }
    return tokens;
  });
  const fan = client.createFunction({ id: "fan", triggers: [{ event: "crash/fan.asked" }], retries: 3 }, async ({ event, step }) => {
    const { key, ms } = event.data as { key: string; ms: number };
    const branch = (n: number) =>
      step.run(`branch-${n}`, async () => {
        const own = randomUUID();
        await effect(pool, key, `branch-${n}`, own);
        await pause(ms);
        return own;
      });
    await step.sleep("nap", "1s");
    return Promise.all([branch(0), branch(1), branch(2)]);
  });
  const poison = client.createFunction({ id: "poison", triggers: [{ event: "crash/poison.asked" }], retries: 1 }, async ({ event, step }) => {
    const { key } = event.data as { key: string };
    await step.run("harmless", () => "ok");
    await step.run("deadly", async () => {
      await effect(pool, key, "deadly", "-");
      process.kill(process.pid, "SIGKILL");
      await pause(5_000);
    });
  });
  return [steps, fan, poison];
}
