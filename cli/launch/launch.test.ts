import { spawn, spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openDataFolder } from "./folder";
import { parseOptions } from "./options";
import { claimPort } from "./ports";
import { LaunchProblem } from "./problem";
import { loadSecrets } from "./secrets";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "karavan-launch-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe("options", () => {
  it("refuses an unknown option with the known ones", () => {
    expect(() => parseOptions(["--prot", "80"])).toThrow(/--port N/);
  });
  it.each(["0", "70000", "eighty", "80.5"])("refuses port %s", (port) => {
    expect(() => parseOptions(["--port", port])).toThrow(LaunchProblem);
  });
});

describe("ports", () => {
  it("names a taken port and the remedy", async () => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const address = server.address();
    const port = typeof address === "object" && address !== null ? address.port : 0;
    await expect(claimPort(port, "127.0.0.1")).rejects.toThrow(`Port ${port} is taken by another program: choose another one with --port.`);
    server.close();
  });
});

describe("data folder", () => {
  it("is held by one living process at a time", async () => {
    const other = spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"]);
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, "karavan.pid"), String(other.pid));
    expect(() => openDataFolder(folder)).toThrow(`Karavan already runs on this data folder (process ${other.pid}): stop it first.`);
    const ended = new Promise((resolve) => other.once("exit", resolve));
    other.kill("SIGKILL");
    await ended;
    expect(openDataFolder(folder).path).toBe(folder);
  });
  it("says so when the place cannot be written to", () => {
    writeFileSync(join(folder, "file"), "");
    expect(() => openDataFolder(join(folder, "file", "data"))).toThrow(/cannot be written to/);
  });
});

describe("secrets", () => {
  const path = () => join(folder, "secrets.json");
  it("are made once, readable by the owner only, and stay the same", () => {
    const first = loadSecrets(path(), {});
    expect(statSync(path()).mode & 0o777).toBe(0o600);
    expect(loadSecrets(path(), {})).toEqual(first);
  });
  it("are never remade when the file is damaged", () => {
    writeFileSync(path(), "{ half");
    expect(() => loadSecrets(path(), {})).toThrow(/damaged/);
    expect(readFileSync(path(), "utf8")).toBe("{ half");
  });
  it("give way to the environment one by one", () => {
    const stored = loadSecrets(path(), {});
    const mixed = loadSecrets(path(), { NEXTAUTH_SECRET: "x".repeat(40), VAULT_KEYS: "" });
    expect(mixed).toEqual({ ...stored, NEXTAUTH_SECRET: "x".repeat(40) });
  });
});

describe("the door of every script", () => {
  const run = (args: readonly string[], env: Record<string, string> = {}) =>
    spawnSync(process.execPath, ["scripts/launch.mjs", ...args], { encoding: "utf8", env: { ...process.env, NO_COLOR: "1", ...env } });
  it("ends with exit code 1 and one sentence for a bad option", () => {
    const result = run(["demo", "--port", "none"]);
    expect(result.status).toBe(1);
    expect(result.stderr.trim()).toBe('✗ --port must be a number from 1 to 65535, not "none".');
  });
  it("ends with exit code 1 and one sentence for a damaged database folder", () => {
    mkdirSync(join(folder, "postgres", "base"), { recursive: true });
    chmodSync(folder, 0o755);
    const result = run(["demo", "--port", "45871"], { KARAVAN_DATA: folder });
    expect(result.status).toBe(1);
    expect(result.stderr.trim().split("\n")).toHaveLength(1);
    expect(result.stderr).toMatch(/is damaged/);
  });
  it("refuses an old Node before anything else", () => {
    const script = `Object.defineProperty(process.versions, "node", { value: "18.20.0" }); import(${JSON.stringify(`${process.cwd()}/scripts/launch.mjs`)});`;
    const result = spawnSync(process.execPath, ["--input-type=module", "-e", script], { encoding: "utf8", env: { ...process.env, NO_COLOR: "1" } });
    expect(result.status).toBe(1);
    expect(result.stderr.trim()).toBe("✗ Karavan needs Node 20.19 or newer; this is 18.20.0.");
  });
});
