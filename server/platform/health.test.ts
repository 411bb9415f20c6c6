import { expect, it } from "vitest";
import { readiness } from "./health";

// The unit tier's DATABASE_URL leads nowhere.
it("is not ready without a database, and tells no address", async () => {
  const result = await readiness();
  expect(result).toEqual({ status: "not-ready", checks: { database: "failed", migrations: "failed", worker: "absent" } });
});
