import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import getPort from "get-port";
import { openApi } from "@/cli/launch/api-client";
import { DEMO_ACCOUNT } from "@/cli/launch/main";
import { signIn } from "@/cli/launch/sign-in";
import { until } from "@/cli/launch/until";

const OWNER = { email: "owner@example.com", password: "a long enough secret" };

class StartFailure extends Error {}

function demand(condition: boolean, what: string): asserts condition {
  if (!condition) throw new StartFailure(what);
}

async function start(command: "start" | "demo", port: number, data: string): Promise<ChildProcess> {
  const child = spawn(process.execPath, ["scripts/launch.mjs", command, "--port", String(port)], {
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, KARAVAN_DATA: data, DATABASE_URL: "" },
  });
  let output = "";
  await new Promise<void>((resolve, reject) => {
    const read = (chunk: Buffer) => {
      output += chunk.toString();
      if (output.includes("Karavan is ready")) resolve();
    };
    child.stdout.on("data", read);
    child.stderr.on("data", read);
    child.once("exit", (code) => reject(new StartFailure(`npm run ${command} ended with ${code}:\n${output}`)));
  });
  return child;
}

async function stop(child: ChildProcess, data: string): Promise<void> {
  const ended = new Promise<number | null>((resolve) => child.once("exit", resolve));
  child.kill("SIGINT");
  demand((await ended) === 0, "Ctrl-C does not end it with exit code 0");
  demand(!existsSync(join(data, "postgres", "postmaster.pid")), "PostgreSQL outlived the supervisor");
  demand(!existsSync(join(data, "karavan.pid")), "the folder's lock outlived the supervisor");
}

async function call(url: string, procedure: string, input: unknown, cookie = ""): Promise<Response> {
  return fetch(`${url}/api/trpc/${procedure}`, {
    method: "POST",
    headers: { "content-type": "application/json", origin: url, cookie },
    body: JSON.stringify({ json: input }),
  });
}

async function firstStart(url: string): Promise<void> {
  const first = await fetch(url);
  demand(first.ok && new URL(first.url).pathname === "/setup", `the first visit leads to ${first.url} instead of /setup`);
  const input = {
    ...OWNER,
    name: "Owner",
    locale: "tr",
    timeZone: "Europe/Istanbul",
    workspaceName: "Kervan",
    organization: { name: "Kervan Ltd", legalName: null, taxId: null, country: "TR", currency: "TRY", timeZone: "Europe/Istanbul" },
  };
  const answers = await Promise.all([call(url, "access.setup.create", input), call(url, "access.setup.create", { ...input, email: "second@example.com" })]);
  demand(
    answers.filter((answer) => answer.ok).length === 1,
    `two first owners at once: ${answers.map((answer) => answer.status).join(" and ")} instead of one success`,
  );
}

/** Runs a check in a data folder of its own. @returns the exit code. */
async function inFolder(check: (url: string, port: number, data: string) => Promise<void>): Promise<number> {
  const data = mkdtempSync(join(tmpdir(), "karavan-start-"));
  const port = await getPort();
  try {
    await check(`http://127.0.0.1:${port}`, port, data);
    return 0;
  } catch (error) {
    process.stdout.write(`${error instanceof StartFailure ? error.message : String(error)}\n`);
    return 1;
  } finally {
    rmSync(data, { recursive: true, force: true });
  }
}

/** `npm start` from nothing: the first visit makes exactly one owner, a second start keeps everything, Ctrl-C leaves nothing behind. @returns the exit code. */
export const checkStart = (): Promise<number> =>
  inFolder(async (url, port, data) => {
    const one = await start("start", port, data);
    await firstStart(url);
    await stop(one, data);
    const secrets = readFileSync(join(data, "secrets.json"), "utf8");
    const two = await start("start", port, data);
    const account = await signIn(url, OWNER).catch(() => signIn(url, { ...OWNER, email: "second@example.com" }));
    demand(account !== "", "the owner cannot sign in after a restart");
    demand(readFileSync(join(data, "secrets.json"), "utf8") === secrets, "the secrets changed at the second start");
    await stop(two, data);
  });

/** The demo twice: the second start finds the workspace of the first, and the simulated marketplaces take its new push addresses. @returns the exit code. */
export const checkDemoTwice = (): Promise<number> =>
  inFolder(async (url, port, data) => {
    const one = await start("demo", port, data);
    const api = await openApi(url, DEMO_ACCOUNT);
    const conversationId = await until("a first conversation", 60_000, async () => (await api.inbox.list.query({})).conversations[0]?.id);
    await stop(one, data);
    const two = await start("demo", port, data);
    const again = await openApi(url, DEMO_ACCOUNT);
    const thread = await again.inbox.thread.query({ conversationId });
    demand(thread.messages.length > 0, "a conversation of the first start is gone at the second");
    await stop(two, data);
  });
