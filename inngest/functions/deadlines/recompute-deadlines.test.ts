import { InngestTestEngine } from "@inngest/test";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { recomputeBatch } from "@/server/deadlines/index";
import { recomputeDeadlinesFunction } from "./recompute-deadlines";

vi.mock("@/server/deadlines/index", () => ({ recomputeBatch: vi.fn() }));

const workspaceId = "0198c0de-0000-7000-8000-000000000001";
const run = () =>
  new InngestTestEngine({ function: recomputeDeadlinesFunction, events: [{ name: "deadlines/policy.changed", data: { workspaceId } }] }).execute();

describe("recompute-deadlines", () => {
  beforeEach(() => {
    vi.mocked(recomputeBatch).mockReset();
  });

  it("goes on where the last batch ended until there is no more", async () => {
    vi.mocked(recomputeBatch)
      .mockResolvedValueOnce({ next: "a", changed: 2 })
      .mockResolvedValueOnce({ next: "b", changed: 0 })
      .mockResolvedValueOnce({ next: null, changed: 1 });
    const { result } = await run();
    expect(result).toEqual({ changed: 3 });
    expect(vi.mocked(recomputeBatch).mock.calls.map(([input]) => input.after)).toEqual([null, "a", "b"]);
  });

  it("one batch is enough for a small workspace", async () => {
    vi.mocked(recomputeBatch).mockResolvedValueOnce({ next: null, changed: 0 });
    const { result } = await run();
    expect(result).toEqual({ changed: 0 });
    expect(recomputeBatch).toHaveBeenCalledExactlyOnceWith({ workspaceId, connectionId: null, after: null });
  });
});
