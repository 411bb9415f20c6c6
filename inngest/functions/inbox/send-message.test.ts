import { InngestTestEngine } from "@inngest/test";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { confirmSends, deliverNext } from "@/server/inbox/index";
import { sendMessageFunction } from "./send-message";

vi.mock("@/server/inbox/index", () => ({ deliverNext: vi.fn(), confirmSends: vi.fn() }));

const data = {
  workspaceId: "0198c0de-0000-7000-8000-000000000001",
  conversationId: "0198c0de-0000-7000-8000-000000000002",
  messageId: "0198c0de-0000-7000-8000-000000000003",
};
const engine = () =>
  new InngestTestEngine({
    function: sendMessageFunction,
    events: [{ name: "inbox/send.requested", data }],
    steps: [{ id: "until-history-shows-it", handler: () => null }],
  });

describe("send-message", () => {
  beforeEach(() => {
    vi.mocked(deliverNext).mockReset();
    vi.mocked(confirmSends).mockReset().mockResolvedValue({ read: true });
  });

  it("delivers until nothing waits, then has the history confirm it", async () => {
    vi.mocked(deliverNext).mockResolvedValueOnce({ kind: "moved" }).mockResolvedValueOnce({ kind: "moved" }).mockResolvedValue({ kind: "idle" });
    const { result } = await engine().execute();
    expect(result).toEqual({ confirmed: true });
    expect(confirmSends).toHaveBeenCalledWith({ workspaceId: data.workspaceId, conversationId: data.conversationId });
  });

  it("stops when only a person can decide, and confirms nothing that was not sent", async () => {
    vi.mocked(deliverNext).mockResolvedValue({ kind: "person" });
    const { result } = await engine().execute();
    expect(result).toEqual({ confirmed: false });
    expect(confirmSends).not.toHaveBeenCalled();
  });
});
