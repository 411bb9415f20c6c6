import { z } from "zod";
import { deskCommand } from "@/sandbox/kit";
import { merchantOf, whose } from "./desk-account";
import { type HbState, isOpenLine, type Line, type Merchant, type Order } from "./state";
import { cancelLine, canStep, openClaim, packLines, placeOrder, settleClaim, stepParcel } from "./trade";

/** An order as the desk shows it. */
export interface DeskOrder {
  readonly number: string;
  readonly placedAt: string;
  readonly lines: readonly Pick<Line, "id" | "merchantSku" | "quantity" | "status" | "packageNumber">[];
  /** Numbers of packages that hold any of it, unpacked ones left out. */
  readonly packages: readonly string[];
  /** How many packages the API made of it. */
  readonly packedByApi: number;
}

function shown(merchant: Merchant, order: Order): DeskOrder {
  return {
    number: order.number,
    placedAt: new Date(order.placedAtMs).toISOString(),
    lines: order.lines.map(({ id, merchantSku, quantity, status, packageNumber }) => ({ id, merchantSku, quantity, status, packageNumber })),
    packages: merchant.parcels
      .filter((parcel) => parcel.status !== "Unpacked" && order.lines.some((line) => parcel.lineIds.includes(line.id)))
      .map(({ number }) => number),
    packedByApi: merchant.parcels.filter((parcel) => parcel.via === "api" && order.lines.some((line) => parcel.lineIds.includes(line.id))).length,
  };
}

function orderOf(merchant: Merchant, number: string): Order {
  const order = merchant.orders.find((one) => one.number === number);
  if (!order) throw new Error(`There is no order "${number}".`);
  return order;
}

const wish = z.strictObject({ merchantSku: z.string().optional(), quantity: z.number().int().min(1).optional() });
const named = { ...whose, number: z.string() };

/** Desk commands about orders, packages and claims: what buyers, carriers and the marketplace do. */
export function orderDesk(state: HbState) {
  return {
    placeOrder: deskCommand(z.strictObject({ ...whose, lines: z.array(wish).default([]) }), (input): DeskOrder => {
      const merchant = merchantOf(state, input.merchantId);
      return shown(merchant, placeOrder(state, merchant, input.lines));
    }),
    orders: deskCommand(z.strictObject(whose), (input): DeskOrder[] => {
      const merchant = merchantOf(state, input.merchantId);
      return merchant.orders.map((order) => shown(merchant, order));
    }),
    order: deskCommand(z.strictObject(named), (input): DeskOrder => {
      const merchant = merchantOf(state, input.merchantId);
      return shown(merchant, orderOf(merchant, input.number));
    }),
    /** The marketplace packs it, as it does after a quarter of an hour. */
    packOrder: deskCommand(z.strictObject(named), (input): DeskOrder => {
      const merchant = merchantOf(state, input.merchantId);
      const order = orderOf(merchant, input.number);
      const open = order.lines.filter(isOpenLine);
      if (open.length === 0) throw new Error("Nothing of it is open.");
      packLines(state, merchant, open, { via: "desk" });
      return shown(merchant, order);
    }),
    /** The carrier takes, delivers or cannot deliver every package of an order. */
    moveOrder: deskCommand(z.strictObject({ ...named, step: z.enum(["unpack", "intransit", "deliver", "undeliver"]) }), (input): DeskOrder => {
      const merchant = merchantOf(state, input.merchantId);
      const order = orderOf(merchant, input.number);
      const parcels = merchant.parcels.filter((parcel) => canStep(parcel, input.step) && order.lines.some((line) => parcel.lineIds.includes(line.id)));
      if (parcels.length === 0) throw new Error(`No package of it can ${input.step}.`);
      for (const parcel of parcels)
        stepParcel(state, merchant, parcel, input.step, { via: "desk", text: input.step === "undeliver" ? "Adreste bulunamadı" : "" });
      return shown(merchant, order);
    }),
    /** The buyer (or the marketplace) cancels what has not been handed over. */
    cancelOrder: deskCommand(z.strictObject({ ...named, by: z.enum(["Customer", "Fraud"]).default("Customer") }), (input): DeskOrder => {
      const merchant = merchantOf(state, input.merchantId);
      const order = orderOf(merchant, input.number);
      for (const line of order.lines.filter((one) => isOpenLine(one) || one.status === "Packaged")) {
        cancelLine(state, merchant, { order, line }, input.by, { via: "desk", reason: "81" });
      }
      return shown(merchant, order);
    }),
    /** The buyer gives a delivered order back; with `status` the claim is settled at once. */
    returnOrder: deskCommand(
      z.strictObject({ ...named, status: z.enum(["Accepted", "Refunded", "Rejected"]).optional() }),
      (input): { claims: readonly string[] } => {
        const merchant = merchantOf(state, input.merchantId);
        const order = orderOf(merchant, input.number);
        const delivered = order.lines.filter((line) => line.status === "Delivered");
        if (delivered.length === 0) throw new Error("Nothing of it is delivered.");
        const claims = delivered.map((line) => openClaim(state, merchant, { order, line }, line.quantity));
        if (input.status !== undefined) for (const claim of claims) settleClaim(state, merchant, claim, input.status);
        return { claims: claims.map(({ number: claim }) => claim) };
      },
    ),
    claims: deskCommand(z.strictObject(whose), (input) => structuredClone(merchantOf(state, input.merchantId).claims)),
    settleClaim: deskCommand(z.strictObject({ ...whose, claim: z.string(), status: z.enum(["Accepted", "Refunded", "Rejected"]) }), (input) => {
      const merchant = merchantOf(state, input.merchantId);
      const claim = merchant.claims.find((one) => one.number === input.claim);
      if (!claim) throw new Error(`There is no claim "${input.claim}".`);
      settleClaim(state, merchant, claim, input.status);
    }),
  };
}
