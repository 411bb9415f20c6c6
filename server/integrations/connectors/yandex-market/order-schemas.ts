import { z } from "zod";
import { instant, listOf, maybeId, maybeText, remoteId, word, wrapped } from "./schemas";

/** Orders of the cabinet's list (`/v1/businesses/{id}/orders`), only what we read. */
const amount = z.union([z.number(), z.string()]);
const money = z.object({ value: amount, currencyId: word }).nullish();
const address = z
  .object({ country: maybeText, postcode: maybeText, city: maybeText, street: maybeText, house: maybeText, block: maybeText, apartment: maybeText })
  .nullish();
const place = z.object({ address }).nullish();

export const orderSchema = z.object({
  orderId: remoteId,
  campaignId: maybeId,
  programType: word,
  externalOrderId: maybeText,
  status: word,
  substatus: maybeText,
  creationDate: instant,
  updateDate: instant.nullish(),
  paymentType: word,
  fake: z.boolean().nullish(),
  items: listOf(
    z.object({
      id: remoteId,
      offerId: maybeText,
      offerName: maybeText,
      count: z.number().int().nonnegative(),
      prices: z.object({ payment: money }).nullish(),
      itemStatuses: listOf(z.object({ status: word, count: z.number().int().nonnegative() })),
    }),
  ),
  prices: z.object({ delivery: z.object({ payment: money }).nullish() }).nullish(),
  delivery: z
    .object({
      type: word,
      serviceName: maybeText,
      deliveryServiceId: maybeId,
      dates: z.object({ realDeliveryDate: maybeText }).nullish(),
      shipment: z.object({ shipmentDate: maybeText, shipmentTime: maybeText }).nullish(),
      courier: place,
      pickup: place,
      tracks: listOf(z.object({ trackCode: maybeText })),
    })
    .nullish(),
  notes: maybeText,
  cancelRequested: z.boolean().nullish(),
});
export type RemoteMarketOrder = z.output<typeof orderSchema>;

export const buyerSchema = wrapped(z.object({ id: maybeText, lastName: maybeText, firstName: maybeText, middleName: maybeText, phone: maybeText }));
export type RemoteBuyer = z.output<typeof buyerSchema>;

/** The order comes back in an older shape that nothing is read from. */
export const changedOrderSchema = z.object({ order: z.unknown() });
