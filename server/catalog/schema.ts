import { z } from "zod";

export const productCursorSchema = z.object({ name: z.string(), id: z.uuid() });

export const listProductsInput = z.object({
  connectionId: z.uuid().optional(),
  /** Found in the name; or a whole SKU or offer id. */
  search: z.string().trim().max(200).optional(),
  cursor: productCursorSchema.optional(),
  limit: z.number().int().min(1).max(100).default(50),
});

export const productOutput = z.object({
  id: z.uuid(),
  connectionId: z.uuid(),
  externalId: z.string(),
  sku: z.string().nullable(),
  offerId: z.string().nullable(),
  name: z.string(),
  imageUrl: z.string().nullable(),
  updatedAt: z.date(),
});
export const listProductsOutput = z.object({ products: z.array(productOutput), nextCursor: productCursorSchema.nullable() });

export type ListProductsInput = z.infer<typeof listProductsInput>;
export type ProductView = z.infer<typeof productOutput>;
