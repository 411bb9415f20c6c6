import { existsSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { defineConfig } from "@playwright/test";

const port = Number(process.env["E2E_PORT"] ?? "4310");
// Set to the data folder of a stack that runs already (scenario `small`, same port): nothing is built or started then.
const running = process.env["E2E_RUNNING_DATA"];
const data = running ?? join(tmpdir(), `karavan-e2e-${port}`);
process.env["E2E_DATA"] = data;

const system = process.env["CHROMIUM_PATH"] ?? ["/usr/bin/chromium", "/usr/bin/chromium-browser"].find((path) => existsSync(path));

const LOOKED_AT = "journeys/pages/routes.spec.ts";

/** The browser tier: the built application, a real PostgreSQL, the simulators, one worker; nothing is stubbed. */
export default defineConfig({
  testDir: "e2e",
  testMatch: "**/*.spec.ts",
  globalSetup: "./e2e/fixtures/global-setup.ts",
  fullyParallel: false,
  workers: 2,
  // A second try keeps one hiccup of a busy machine from hiding the other results; `npm test` names every test that needed it.
  retries: 1,
  // The journeys share one workspace and change it, so they go one after the other; beside them, pages that are only looked at.
  projects: [
    { name: "journeys", testIgnore: `**/${LOOKED_AT}`, workers: 1 },
    { name: "pages", testMatch: `**/${LOOKED_AT}`, workers: 1 },
  ],
  // Generous, because a machine with other work is slow: they end a hopeless test, nothing is measured by them.
  timeout: 120_000,
  expect: { timeout: 20_000 },
  reporter: [["list"], ["json", { outputFile: process.env["PLAYWRIGHT_JSON_OUTPUT_NAME"] ?? "test-results/report.json" }]],
  use: {
    baseURL: `http://127.0.0.1:${port}`,
    locale: "en-GB",
    timezoneId: "Europe/Moscow",
    viewport: { width: 1440, height: 900 },
    actionTimeout: 20_000,
    navigationTimeout: 40_000,
    trace: "retain-on-failure",
    launchOptions: {
      ...(system === undefined ? {} : { executablePath: system }),
      // As root Chromium has no sandbox; the rest keeps it from calling home in closed networks.
      args: ["--no-sandbox", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run", "--disable-quic"],
    },
  },
  ...(running === undefined
    ? {
        webServer: {
          command: `node scripts/launch.mjs demo --reset --scenario small --port ${port}`,
          env: { KARAVAN_DATA: data },
          wait: { stdout: /Karavan is ready/ },
          timeout: 300_000,
          gracefulShutdown: { signal: "SIGTERM" as const, timeout: 30_000 },
          stdout: "ignore" as const,
          stderr: "pipe" as const,
        },
      }
    : {}),
});
