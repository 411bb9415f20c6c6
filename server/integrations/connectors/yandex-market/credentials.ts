import { z } from "zod";
import type { CredentialField } from "../../contract/connector";

/**
 * What a person copies from the cabinet (Settings → API and modules → Api-Key). A key belongs to one cabinet and does not expire.
 * The cabinet's id is only needed where the key could mean more than one; empty = found out by asking.
 */
export const yandexCredentials = z.object({
  apiKey: z
    .string()
    .trim()
    .regex(/^[\x21-\x7e]{16,300}$/)
    // People paste the whole header now and then; the service refuses a prefix.
    .refine((key) => !/^(bearer|oauth|api-key)/i.test(key)),
  businessId: z
    .string()
    .trim()
    .regex(/^\d{0,20}$/)
    .default(""),
});

export const yandexCredentialFields: readonly CredentialField[] = [
  { name: "apiKey", secret: true, example: "ACMA:xxxxxxxx:00000000" },
  { name: "businessId", secret: false, optional: true, example: "123456789" },
];
