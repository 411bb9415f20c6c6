import { InngestTestEngine } from "@inngest/test";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { ConnectorError } from "@/server/integrations/contract/errors";
import { AppError } from "@/server/platform/errors";
import { processDeliveries } from "@/server/sync/index";
import { processDeliveriesFunction } from "./process-deliveries";

vi.mock("@/server/sync/index", () => ({ processDeliveries: vi.fn(), buryDeliveries: vi.fn() }));

const data = {
  workspaceId: "0198c0de-0000-7000-8000-000000000001",
  deliveryIds: ["0198c0de-0000-7000-8000-000000000002"],
  connectionId: "0198c0de-0000-7000-8000-000000000003",
};
const run = (steps: { id: string; handler: () => null }[] = []) =>
  new InngestTestEngine({ function: processDeliveriesFunction, events: [{ name: "integrations/deliveries.stored", data }], steps }).execute();

beforeEach(() => {
  vi.resetAllMocks();
});

describe("process-deliveries", () => {
  it("waits for its turn under a limit without spending a retry", async () => {
    vi.mocked(processDeliveries)
      .mockRejectedValueOnce(new ConnectorError("rate-limited", undefined, { retryAfterMs: 2_000 }))
      .mockResolvedValue({ status: "processed" });
    const { result, error } = await run([{ id: "limit 0", handler: () => null }]);
    expect([result, error]).toEqual([{ status: "processed" }, undefined]);
    expect(processDeliveries).toHaveBeenCalledTimes(2);
  });

  it("fails, to be tried again, when the service is away", async () => {
    vi.mocked(processDeliveries).mockRejectedValue(new ConnectorError("unavailable"));
    const { error } = await run();
    expect(JSON.stringify(error)).toContain("remote.unavailable");
  });

  it("gives up at once on a connection that is gone", async () => {
    vi.mocked(processDeliveries).mockRejectedValue(new AppError("connection.not_found", { status: 404 }));
    const { error } = await run();
    expect(JSON.stringify(error)).toContain("connection.not_found");
  });
});
