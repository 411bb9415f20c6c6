import { z } from "zod";
import { conversationFilterSchema, conversationSortSchema } from "@/server/inbox/schema";

/** What the browser sends to and gets from the views room. Client-safe: no server code behind it. */
export const viewPageSchema = z.enum(["inbox", "orders", "catalog", "sales"]);

/** The filters of a page as its address carries them, `tab=waiting&days=7`: relative days stay relative. Nothing but what an address may hold. */
const addressSchema = z
  .string()
  .max(2_000)
  .regex(/^[\w.*%+=&-]*$/);

export const viewFiltersSchema = z.discriminatedUnion("page", [
  z.object({ page: z.literal("inbox"), filter: conversationFilterSchema, sort: conversationSortSchema.default("newest") }),
  z.object({ page: z.enum(["orders", "catalog", "sales"]), address: addressSchema }),
]);

const viewShape = {
  name: z.string().trim().min(1).max(80),
  isShared: z.boolean(),
  position: z.number().int().min(0).max(10_000).default(0),
  filters: viewFiltersSchema,
};
export const viewOutput = z.object({ id: z.uuid(), ...viewShape, position: z.number(), isDefault: z.boolean() });
export const viewListInput = z.object({ page: viewPageSchema });
/** Shared ones first, by position and name; only one's own private ones. */
export const viewListOutput = z.array(viewOutput);
export const viewCreateInput = z.object(viewShape);
export const viewCreateOutput = z.object({ id: z.uuid() });
export const viewUpdateInput = z.object({ viewId: z.uuid(), ...viewShape });
export const viewIdInput = z.object({ viewId: z.uuid() });
/** `isDefault: false`: the page opens plain again, where this was what it opened with. */
export const viewSetDefaultInput = z.object({ viewId: z.uuid(), isDefault: z.boolean() });
export const doneOutput = z.object({ ok: z.literal(true) });

export type ViewPage = z.infer<typeof viewPageSchema>;
export type ViewFilters = z.infer<typeof viewFiltersSchema>;
/** Before what may be left out is filled in. */
export type ViewFiltersInput = z.input<typeof viewFiltersSchema>;
export type SavedView = z.infer<typeof viewOutput>;
export type ViewFields = z.infer<typeof viewCreateInput>;
