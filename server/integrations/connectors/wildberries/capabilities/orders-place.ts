import { z } from "zod";
import { ConnectorError } from "../../../contract/errors";
import type { Cursor } from "../../../contract/ports";
import type { RejectedRecord } from "../../../contract/records";

/** Where a run of orders stands, and what the next one starts from. */
const moment = z.number().int().nonnegative();
export const checkpointSchema = z.object({
  /** Nothing older has been asked for, and a sweep does not bring it. */
  since: moment,
  ranAt: moment,
  sweptAt: moment,
  deepAt: moment,
  /** Of the service's own warehouses: the last change read, and when. */
  fboFrom: z.string().optional(),
  fboAt: moment.optional(),
});
export type OrdersCheckpoint = z.output<typeof checkpointSchema>;

export const cursorSchema = z.object({
  /** Spans still to be read, in milliseconds, newest first; the first one is being read. */
  spans: z.array(z.tuple([moment, moment])),
  next: z.string().regex(/^\d+$/),
  done: moment,
  /** What the checkpoint will be; a run over a window somebody chose gives one too, and the house leaves it aside. */
  after: checkpointSchema,
  /** From where the service's own warehouses are read in a run over a window. */
  fboSince: z.string().optional(),
  /** Set while the orders of the service's own warehouses are read. */
  fbo: z.string().optional(),
});
export type OrdersCursor = z.output<typeof cursorSchema>;

/** @throws ConnectorError `invalid` for a place of another making. */
export function readPlace<S extends z.ZodType>(schema: S, place: Cursor): z.output<S> {
  const parsed = schema.safeParse(place);
  if (!parsed.success) throw new ConnectorError("invalid", "remote.cursor", { cause: parsed.error });
  return parsed.data;
}

export function refused(payload: unknown, errorCode: string, errorText: string, externalId?: string): RejectedRecord {
  return { kind: "order", externalId, payload, errorCode, errorText: errorText.slice(0, 500) };
}
