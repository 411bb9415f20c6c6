import { afterEach, describe, expect, it, vi } from "vitest";
import { logger } from "../logger";
import { type CallRecord, makeCallLog } from "./call-log";

const record: CallRecord = {
  workspaceId: "w",
  connectionId: "c",
  at: new Date(0),
  method: "POST",
  endpoint: "/v1",
  status: 200,
  outcome: "ok",
  durationMs: 1,
  attempt: 1,
  requestBytes: 0,
  responseBytes: 0,
  requestBody: null,
  responseBody: null,
  errorText: null,
  requestId: null,
};

afterEach(() => {
  vi.restoreAllMocks();
});

describe("call log", () => {
  it("stores in batches, in order, everything by the time flush resolves", async () => {
    const batches: number[][] = [];
    const log = makeCallLog(async (rows) => {
      batches.push(rows.map((row) => row.durationMs));
    });
    for (let index = 0; index < 450; index += 1) log.record({ ...record, durationMs: index });
    await log.flush();
    expect(batches.map((batch) => batch.length)).toEqual([200, 200, 50]);
    expect(batches.flat()).toEqual(Array.from({ length: 450 }, (_, index) => index));
  });

  it("says how many entries a failed write lost, and goes on with the next", async () => {
    const errors = vi.spyOn(logger, "error").mockReturnValue(undefined);
    let failing = true;
    const stored: number[] = [];
    const log = makeCallLog(async (rows) => {
      if (failing) throw new Error("database away");
      stored.push(rows.length);
    });
    log.record(record);
    log.record(record);
    await log.flush();
    expect(errors).toHaveBeenCalledWith(expect.objectContaining({ lost: 2 }), expect.any(String));
    failing = false;
    log.record(record);
    await log.flush();
    expect(stored).toEqual([1]);
  });

  it("stays bounded and counts what did not fit", async () => {
    const errors = vi.spyOn(logger, "error").mockReturnValue(undefined);
    let stored = 0;
    const log = makeCallLog(async (rows) => {
      stored += rows.length;
    });
    for (let index = 0; index < 6_000; index += 1) log.record(record);
    await log.flush();
    expect(stored).toBe(5_000);
    expect(errors).toHaveBeenCalledWith({ lost: 1_000 }, expect.any(String));
  });
});
