import { z } from "zod";
import type { CredentialField } from "../../contract/connector";

/**
 * One shop. Either an app of the Dev Dashboard (client id and secret: tokens of a day are asked for) or an old custom app (access token
 * and API secret key). The secret signs the webhooks in both cases. The shop's name becomes a host: nothing else passes the pattern.
 */
const secret = z
  .string()
  .trim()
  .regex(/^[\x21-\x7e]{16,200}$/);
const optional = z
  .string()
  .trim()
  .regex(/^[\x21-\x7e]{0,200}$/)
  .default("");

export const shopifyCredentials = z
  .object({
    shop: z
      .string()
      .trim()
      .toLowerCase()
      .transform((typed) => typed.replace(/^https?:\/\//, "").replace(/\/.*$/, ""))
      .transform((typed) => (typed.includes(".") ? typed : `${typed}.myshopify.com`))
      .pipe(z.string().regex(/^[a-z0-9][a-z0-9-]{0,60}\.myshopify\.com$/)),
    clientId: optional,
    clientSecret: secret,
    accessToken: optional,
    webhookSecret: optional,
  })
  .refine((typed) => typed.clientId !== "" || typed.accessToken !== "", { path: ["clientId"] });

export const shopifyCredentialFields: readonly CredentialField[] = [
  { name: "shop", secret: false, example: "my-shop.myshopify.com" },
  { name: "clientId", secret: false, optional: true, example: "0123456789abcdef0123456789abcdef" },
  { name: "clientSecret", secret: true, example: "shpss_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx" },
  { name: "accessToken", secret: true, optional: true, example: "shpat_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx" },
  { name: "webhookSecret", secret: true, optional: true },
];

/** Only ever a host of the service: the schema has checked the name. */
export function shopUrl(credentials: Readonly<Record<string, string>>): string {
  return `https://${credentials["shop"] ?? ""}`;
}

/** What webhooks may be signed with: the app's own secret, or the one of webhooks made by hand (or the one before a rotation). */
export function signingSecrets(credentials: Readonly<Record<string, string>>): readonly string[] {
  return [credentials["clientSecret"] ?? "", credentials["webhookSecret"] ?? ""].filter((value) => value !== "");
}
