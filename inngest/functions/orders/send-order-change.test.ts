import { InngestTestEngine } from "@inngest/test";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { confirmChanges, deliverNextChange } from "@/server/orders/index";
import { sendOrderChangeFunction } from "./send-order-change";

vi.mock("@/server/orders/index", () => ({ deliverNextChange: vi.fn(), confirmChanges: vi.fn() }));

const data = {
  workspaceId: "0198c0de-0000-7000-8000-000000000001",
  orderId: "0198c0de-0000-7000-8000-000000000002",
  changeId: "0198c0de-0000-7000-8000-000000000003",
};
const engine = () =>
  new InngestTestEngine({
    function: sendOrderChangeFunction,
    events: [{ name: "orders/change.requested", data }],
    steps: [{ id: "until-the-service-shows-it", handler: () => null }],
  });

describe("send-order-change", () => {
  beforeEach(() => {
    vi.mocked(deliverNextChange).mockReset();
    vi.mocked(confirmChanges).mockReset().mockResolvedValue({ read: true });
  });

  it("delivers until nothing waits, then has the service show it", async () => {
    vi.mocked(deliverNextChange).mockResolvedValueOnce({ kind: "moved" }).mockResolvedValueOnce({ kind: "moved" }).mockResolvedValue({ kind: "idle" });
    const { result } = await engine().execute();
    expect(result).toEqual({ confirmed: true });
    expect(confirmChanges).toHaveBeenCalledWith({ workspaceId: data.workspaceId, orderId: data.orderId });
  });

  it("stops when only a person can decide, and confirms nothing that was not carried out", async () => {
    vi.mocked(deliverNextChange).mockResolvedValue({ kind: "person" });
    const { result } = await engine().execute();
    expect(result).toEqual({ confirmed: false });
    expect(confirmChanges).not.toHaveBeenCalled();
  });
});
