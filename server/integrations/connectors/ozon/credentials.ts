import { z } from "zod";
import type { CredentialField } from "../../contract/connector";

/** What a person copies from the seller's cabinet (Settings → Seller API). The key is shown there once and lives three months. */
export const ozonCredentials = z.object({
  clientId: z
    .string()
    .trim()
    .regex(/^\d{1,20}$/),
  apiKey: z
    .string()
    .trim()
    .regex(/^[\x21-\x7e]{8,200}$/),
});

export const ozonCredentialFields: readonly CredentialField[] = [
  { name: "clientId", secret: false, example: "123456" },
  { name: "apiKey", secret: true, example: "00000000-0000-0000-0000-000000000000" },
];
