import { expect, it } from "vitest";
import * as schema from "@/server/inbox/schema";
import * as limits from "./limits";

it("repeats the limits of the server", () => {
  const { COUNT_LIMIT, BULK_IDS_MAX, BULK_MATCHES_MAX } = schema;
  expect({ ...limits }).toEqual({ COUNT_LIMIT, BULK_IDS_MAX, BULK_MATCHES_MAX });
});
