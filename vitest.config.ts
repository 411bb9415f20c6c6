import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const root = fileURLToPath(new URL(".", import.meta.url));
const shared = {
  resolve: { alias: { "@": root.replace(/\/$/, "") } },
};
const exclude = ["**/node_modules/**", ".next/**", "e2e/**", ".karavan/**"];

/** Tiers: unit (no I/O beyond files), db (real PostgreSQL), contract (simulators over real HTTP, PostgreSQL where a room needs it). */
export default defineConfig({
  ...shared,
  test: {
    projects: [
      {
        ...shared,
        test: {
          name: "unit",
          include: ["**/*.test.{ts,tsx}"],
          exclude: [...exclude, "**/*.db.test.ts", "**/*.contract.test.ts", "**/*.live.test.ts"],
          env: { TZ: "UTC" },
          setupFiles: ["scripts/testing/unit-env.ts"],
          // Only ends a hopeless test: reading a whole specification takes seconds on a busy machine.
          testTimeout: 60_000,
        },
      },
      {
        ...shared,
        test: {
          name: "db",
          include: ["**/*.db.test.ts"],
          exclude,
          env: { TZ: "UTC" },
          globalSetup: ["scripts/testing/database.ts"],
          setupFiles: ["scripts/testing/db-env.ts"],
          testTimeout: 60_000,
          hookTimeout: 120_000,
        },
      },
      {
        ...shared,
        test: {
          name: "contract",
          include: ["**/*.contract.test.ts"],
          exclude,
          env: { TZ: "UTC" },
          globalSetup: ["scripts/testing/database.ts"],
          setupFiles: ["scripts/testing/db-env.ts"],
          testTimeout: 60_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
});
