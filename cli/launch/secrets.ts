import { randomBytes } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { z } from "zod";
import { LaunchProblem } from "./problem";

const secretsSchema = z.object({
  NEXTAUTH_SECRET: z.string().min(32),
  VAULT_KEYS: z.string().min(40),
  INNGEST_EVENT_KEY: z.string().min(16),
  INNGEST_SIGNING_KEY: z.string().min(16),
});

export type Secrets = z.infer<typeof secretsSchema>;

function generate(): Secrets {
  return {
    NEXTAUTH_SECRET: randomBytes(32).toString("base64url"),
    VAULT_KEYS: `k1:${randomBytes(32).toString("base64")}`,
    INNGEST_EVENT_KEY: randomBytes(24).toString("hex"),
    INNGEST_SIGNING_KEY: `signkey-prod-${randomBytes(32).toString("hex")}`,
  };
}

/**
 * Secrets from the environment win, one by one; the rest is generated once into the data folder with mode 0600.
 * @throws LaunchProblem when the file is damaged: losing the vault key would lose every stored credential, so it is never remade silently.
 */
export function loadSecrets(path: string, environment: Readonly<Record<string, string | undefined>>): Secrets {
  if (!existsSync(path)) writeFileSync(path, `${JSON.stringify(generate(), null, 2)}\n`, { mode: 0o600 });
  let stored: unknown;
  try {
    stored = JSON.parse(readFileSync(path, "utf8"));
  } catch {
    stored = undefined;
  }
  const parsed = secretsSchema.safeParse(stored);
  if (!parsed.success)
    throw new LaunchProblem(
      `The secrets in ${path} are damaged: restore the file from a backup (it holds the key to the stored credentials), or start anew with --reset.`,
    );
  const given = Object.fromEntries(
    Object.keys(parsed.data)
      .map((name) => [name, environment[name]])
      .filter(([, value]) => value !== undefined && value !== ""),
  );
  return { ...parsed.data, ...given };
}
