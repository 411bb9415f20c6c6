import { z } from "zod";
import type { CredentialField } from "../../contract/connector";

const optional = (pattern: RegExp) =>
  z
    .string()
    .trim()
    .default("")
    .pipe(z.union([z.literal(""), z.string().regex(pattern)]));

/**
 * From the merchant panel (Hesabım → Bilgilerim → Entegrasyon): merchant id, the service key of 12 characters and the name of the
 * integrator, which goes out as User-Agent. What our webhook asks back as Basic user and password the seller makes up and gives to
 * the service's support with our address.
 */
export const hepsiburadaCredentials = z.object({
  merchantId: z
    .string()
    .trim()
    .toLowerCase()
    .pipe(z.string().regex(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/)),
  serviceKey: z
    .string()
    .trim()
    .regex(/^[A-Za-z0-9]{12}$/),
  userAgent: z
    .string()
    .trim()
    .regex(/^[\w.-]{2,80}$/),
  environment: z
    .string()
    .trim()
    .toLowerCase()
    .default("production")
    .transform((text) => (text === "" ? "production" : text))
    .pipe(z.enum(["production", "sit"])),
  /** Whether parcels go with a carrier contract of the seller's own: only then the service lets us say "shipped" and "delivered". */
  ownCarrier: z
    .string()
    .trim()
    .toLowerCase()
    .default("no")
    .transform((text) => (text === "" ? "no" : text))
    .pipe(z.enum(["no", "yes"])),
  webhookUser: optional(/^[\w.@-]{3,80}$/),
  webhookPassword: optional(/^[\x21-\x7e]{12,120}$/),
});

export const hepsiburadaCredentialFields: readonly CredentialField[] = [
  { name: "merchantId", secret: false, example: "6fc6d90d-ee1d-4372-b3a6-264b1275e9ff" },
  { name: "serviceKey", secret: true, example: "Xu7d9qT2mK4b" },
  { name: "userAgent", secret: false, example: "magaza_dev" },
  { name: "environment", secret: false, optional: true, example: "production" },
  { name: "ownCarrier", secret: false, optional: true, example: "no" },
  { name: "webhookUser", secret: false, optional: true, example: "karavan" },
  { name: "webhookPassword", secret: true, optional: true },
];
