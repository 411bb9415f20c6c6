import type { OrdersStand } from "@/server/integrations/contract/testing/stand";
import { bodiless, type Control, countCalls } from "./control";

const ORDER_PATHS = { list: "/api/v3/orders", read: "/api/v3/orders/status", change: "/api/marketplace/v3/supplies/" } as const;

/** Orders in the words of the shared suite. */
export function ordersOf(control: Control): OrdersStand {
  const place = async () => control.placeOrder({});
  const packed = async (ship: boolean) => {
    const { id } = await place();
    await control.pack({ ids: [id], ship });
    return String(id);
  };
  return {
    async place() {
      const { id } = await place();
      // People know an order by its assembly number.
      return { externalId: String(id), number: String(id) };
    },
    async truth() {
      const own = (await control.orders({})).map((order) => [String(order.id), `${order.supplierStatus}/${order.wbStatus}`] as const);
      const fbo = (await control.fboOrders({})).map((order) => [`fbo:${order.srid}`, order.isCancelled ? "fbo/cancelled" : "fbo/ordered"] as const);
      return new Map([...own, ...fbo]);
    },
    async changeElsewhere(externalId) {
      await control.cancelByBuyer({ id: Number(externalId) });
    },
    scenes: {
      new: async () => String((await place()).id),
      packed: () => packed(false),
      shipped: () => packed(true),
      sold: async () => {
        const id = await packed(true);
        await control.setOrder({ id: Number(id), wbStatus: "sold" });
        return id;
      },
      "cancelled by the buyer": async () => {
        const { id } = await place();
        await control.cancelByBuyer({ id });
        return String(id);
      },
    },
    transitions: ["confirm", "ship", "cancel"].map((id) => ({ id, fields: {} })),
    carriedOut: async (externalId) => (await control.orders({})).find((order) => String(order.id) === externalId)?.apiChanges ?? 0,
    stranger: "999999999",
    async fail(fault, on, times = 1) {
      await control.fail({ ...(on === "change" ? bodiless(fault) : fault), match: ORDER_PATHS[on], times });
    },
    requests: (on) => countCalls(control, ORDER_PATHS[on]),
  };
}
