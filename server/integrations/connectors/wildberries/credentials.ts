import { z } from "zod";
import type { CredentialField } from "../../contract/connector";

/**
 * One token, copied from the seller's cabinet (Settings → API integrations). Shown there once, lives 180 days.
 * Many examples on the web carry the word "Bearer": it is taken off.
 */
export const wildberriesCredentials = z.object({
  token: z
    .string()
    .trim()
    .transform((text) => text.replace(/^bearer\s+/i, ""))
    .pipe(z.string().regex(/^[\w-]{4,400}\.[\w-]{4,4000}\.[\w-]{4,400}$/)),
  /** Of the seller's own warehouses the one whose stock is ours to write; empty = the only one there is. */
  warehouseId: z
    .string()
    .trim()
    .regex(/^\d{0,15}$/)
    .default(""),
});

export const wildberriesCredentialFields: readonly CredentialField[] = [
  { name: "token", secret: true, example: "eyJhbGciOiJFUzI1NiIs….eyJlbnQiOjEsImV4cCI6….Qh5b…" },
  { name: "warehouseId", secret: false, optional: true, example: "123456" },
];
