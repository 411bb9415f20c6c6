import { parseArgs } from "node:util";
import { startSandbox } from "./server";

/** `tsx sandbox/main.ts --port 4020 --scenario demo [--public-url URL] [--state-file PATH] [--start-at ISO] [--set chats=2000 …]` */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      port: { type: "string", default: "4020" },
      scenario: { type: "string", default: "demo" },
      "public-url": { type: "string" },
      "start-at": { type: "string" },
      "state-file": { type: "string" },
      set: { type: "string", multiple: true, default: [] },
    },
  });
  const port = Number(values.port);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) throw new Error(`--port must be a number from 0 to 65535, not "${values.port}".`);
  const startAt = values["start-at"] === undefined ? undefined : new Date(values["start-at"]);
  if (startAt && Number.isNaN(startAt.getTime())) throw new Error(`--start-at must be a date like 2026-11-21T09:00:00Z, not "${values["start-at"]}".`);
  const sandbox = await startSandbox({
    port,
    scenario: values.scenario,
    publicUrl: values["public-url"],
    startAt,
    stateFile: values["state-file"],
    parameters: parseParameters(values.set),
  });
  process.stdout.write(`${JSON.stringify({ ready: true, url: sandbox.url, scenario: values.scenario })}\n`);
  const stop = () => void sandbox.stop().then(() => process.exit(0));
  process.once("SIGINT", stop);
  process.once("SIGTERM", stop);
}

function parseParameters(pairs: readonly string[]): Record<string, number> {
  return Object.fromEntries(
    pairs.map((pair) => {
      const [name = "", value = ""] = pair.split("=");
      const number = Number(value);
      if (!name || value === "" || !Number.isFinite(number)) throw new Error(`--set takes name=number, not "${pair}".`);
      return [name, number];
    }),
  );
}

main().catch((error: unknown) => {
  process.stderr.write(`The sandbox could not start: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
});
