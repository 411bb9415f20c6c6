import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const root = fileURLToPath(new URL("../../../", import.meta.url)).replace(/\/$/, "");

/** The behaviour suite against a running Inngest server; started by run-live.ts. */
const config = defineConfig({
  root,
  resolve: { alias: { "@": root } },
  test: { include: ["inngest/embedded/behaviour/*.live.test.ts"], maxConcurrency: 40, testTimeout: 150_000, hookTimeout: 60_000 },
});

export default config;
