import { InngestTestEngine } from "@inngest/test";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { pushOffers } from "@/server/catalog/index";
import { pushPricesFunction, pushStockFunction } from "./push-offers";

vi.mock("@/server/catalog/index", () => ({ pushOffers: vi.fn() }));

const data = { workspaceId: "0198c0de-0000-7000-8000-000000000001", connectionId: "0198c0de-0000-7000-8000-000000000002" };
const engine = () => new InngestTestEngine({ function: pushStockFunction, events: [{ name: "catalog/stock.wanted", data }] });

describe("push-offers", () => {
  beforeEach(() => {
    vi.mocked(pushOffers).mockReset();
  });

  it("pushes until nothing waits", async () => {
    vi.mocked(pushOffers).mockResolvedValueOnce({ kind: "moved" }).mockResolvedValueOnce({ kind: "moved" }).mockResolvedValue({ kind: "idle" });
    const { result } = await engine().execute();
    expect(result).toEqual({ turns: 2 });
    expect(pushOffers).toHaveBeenCalledWith({ ...data, kind: "stock" });
  });

  it("leaves what has to wait long to the sweep", async () => {
    vi.mocked(pushOffers).mockResolvedValue({ kind: "later", at: new Date(Date.now() + 3_600_000) });
    const { result } = await engine().execute();
    expect(result).toEqual({ turns: 0 });
  });

  it.each([pushStockFunction, pushPricesFunction])("starts at most two seconds after the first wish, however many follow", ({ opts }) => {
    expect(opts.debounce).toEqual({ key: "event.data.connectionId", period: "1s", timeout: "2s" });
  });
});
