import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import getPort from "get-port";
import { signIn } from "@/cli/launch/sign-in";

const OWNER = { email: "owner@example.com", password: "a long enough secret" };

class StartFailure extends Error {}

function demand(condition: boolean, what: string): asserts condition {
  if (!condition) throw new StartFailure(what);
}

async function start(port: number, data: string): Promise<ChildProcess> {
  const child = spawn(process.execPath, ["scripts/launch.mjs", "start", "--port", String(port)], {
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
    child.once("exit", (code) => reject(new StartFailure(`npm start ended with ${code}:\n${output}`)));
  });
  return child;
}

async function stop(child: ChildProcess, data: string): Promise<void> {
  const ended = new Promise<number | null>((resolve) => child.once("exit", resolve));
  child.kill("SIGINT");
  demand((await ended) === 0, "Ctrl-C does not end npm start with exit code 0");
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

/** `npm start` from nothing: the first visit makes exactly one owner, a second start keeps everything, Ctrl-C leaves nothing behind. @returns the exit code. */
export async function checkStart(): Promise<number> {
  const data = mkdtempSync(join(tmpdir(), "karavan-start-"));
  const port = await getPort();
  const url = `http://127.0.0.1:${port}`;
  try {
    const one = await start(port, data);
    await firstStart(url);
    await stop(one, data);
    const secrets = readFileSync(join(data, "secrets.json"), "utf8");
    const two = await start(port, data);
    const account = await signIn(url, OWNER).catch(() => signIn(url, { ...OWNER, email: "second@example.com" }));
    demand(account !== "", "the owner cannot sign in after a restart");
    demand(readFileSync(join(data, "secrets.json"), "utf8") === secrets, "the secrets changed at the second start");
    await stop(two, data);
    return 0;
  } catch (error) {
    process.stdout.write(`${error instanceof StartFailure ? error.message : String(error)}\n`);
    return 1;
  } finally {
    rmSync(data, { recursive: true, force: true });
  }
}
