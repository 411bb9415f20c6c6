import { z } from "zod";
import type { CredentialField } from "../../contract/connector";

const printable = z.string().trim();

/**
 * Either the login and password of the cabinet, or an API token made for a role (Settings → API security), which is used as it is.
 * A token, where there is one, is what is used.
 */
export const rozetkaCredentials = z
  .object({
    token: printable.regex(/^[\x21-\x7e]{0,500}$/).default(""),
    login: printable.max(200).default(""),
    password: z.string().max(200).default(""),
  })
  // Named one by one, so that a person is told which of them is missing.
  .refine(({ token, login }) => token !== "" || login !== "", { path: ["login"] })
  .refine(({ token, password }) => token !== "" || password !== "", { path: ["password"] })
  // People paste the whole header now and then.
  .refine(({ token }) => !/^bearer/i.test(token), { path: ["token"] });

export const rozetkaCredentialFields: readonly CredentialField[] = [
  { name: "login", secret: false, optional: true, example: "shop@example.com" },
  { name: "password", secret: true, optional: true },
  { name: "token", secret: true, optional: true },
];
