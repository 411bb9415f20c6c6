import { z } from "zod";

/**
 * The environment, validated once at boot. A bad value stops the process with one sentence per variable.
 * Secrets may be absent while `next build` runs (an image is built before it is configured); at run time they are required.
 */
const building = process.env["NEXT_PHASE"] === "phase-production-build" || isNextBuild(process.argv);

/** Next reads its configuration before it names the phase. */
function isNextBuild([, program = "", command]: readonly string[]): boolean {
  return /[\\/]next$/.test(program) && command === "build";
}

const flag = z
  .enum(["0", "1", "true", "false"])
  .default("0")
  .transform((value) => value === "1" || value === "true");

const list = z
  .string()
  .default("")
  .transform((value) =>
    value
      .split(",")
      .map((entry) => entry.trim())
      .filter((entry) => entry !== ""),
  );

/** `id:base64(32 bytes)` pairs, newest first; the first one seals, all of them open. */
const vaultKeys = z
  .string()
  .default("")
  .transform((value, context) => {
    const keys = value
      .split(",")
      .filter((entry) => entry !== "")
      .map((entry) => {
        const at = entry.indexOf(":");
        return { id: entry.slice(0, at), key: Buffer.from(entry.slice(at + 1), "base64") };
      });
    if (keys.some((entry) => entry.id === "" || entry.key.length !== 32)) {
      context.addIssue({ code: "custom", message: "must be id:base64 pairs of 32-byte keys, separated by commas" });
      return z.NEVER;
    }
    return keys;
  });

const envSchema = z
  .object({
    NODE_ENV: z.enum(["development", "production", "test"]).default("development"),
    DATABASE_URL: z.string().default(""),
    DATABASE_POOL_SIZE: z.coerce.number().int().min(1).max(200).default(10),
    LOG_LEVEL: z.enum(["trace", "debug", "info", "warn", "error", "silent"]).default("info"),
    /** Where browsers reach us; also the base of webhook addresses. */
    NEXTAUTH_URL: z.string().default("http://localhost:3000"),
    NEXTAUTH_SECRET: z.string().default(""),
    VAULT_KEYS: vaultKeys,
    ENGINE: z.enum(["embedded", "inngest"]).default("embedded"),
    INNGEST_DEV: z.string().default("0"),
    INNGEST_BASE_URL: z.string().optional(),
    INNGEST_EVENT_KEY: z.string().default(""),
    INNGEST_SIGNING_KEY: z.string().default(""),
    WORKER_CONCURRENCY: z.coerce.number().int().min(1).max(100).default(10),
    /** Proxies (CIDR) whose X-Forwarded-For is believed; empty = the socket's own address counts. */
    TRUSTED_PROXIES: list,
    /** Origins that outbound calls may reach although they are private (the sandbox, a test stand). */
    OUTBOUND_ALLOWED_ORIGINS: list,
    /** When set, connectors talk to the simulators under this address, e.g. http://127.0.0.1:4400. */
    SANDBOX_URL: z.string().default(""),
    /** Demo installation: the sign-in page shows the ready account. */
    DEMO: flag,
    DEMO_EMAIL: z.string().default(""),
    DEMO_PASSWORD: z.string().default(""),
  })
  .superRefine((value, context) => {
    const demand = (name: "DATABASE_URL" | "NEXTAUTH_SECRET") => {
      if (value[name] === "") context.addIssue({ code: "custom", path: [name], message: "is required" });
    };
    if (!building) {
      demand("DATABASE_URL");
      demand("NEXTAUTH_SECRET");
      if (value.VAULT_KEYS.length === 0) context.addIssue({ code: "custom", path: ["VAULT_KEYS"], message: "is required" });
    }
    const developer = value.INNGEST_DEV !== "0" && value.INNGEST_DEV !== "false" && value.INNGEST_DEV !== "";
    if (!building && value.NODE_ENV === "production" && developer) {
      context.addIssue({ code: "custom", path: ["INNGEST_DEV"], message: "must be 0 in production: developer mode turns off request signatures" });
    }
  });

export type Env = z.infer<typeof envSchema>;

/** @throws Error listing every bad variable, one line each. */
export function parseEnv(source: Record<string, string | undefined>): Env {
  const parsed = envSchema.safeParse(source);
  if (parsed.success) return parsed.data;
  const lines = parsed.error.issues.map((issue) => `  ${issue.path.join(".")} ${issue.message}`);
  throw new Error(`The environment is not valid:\n${lines.join("\n")}`);
}

export const env: Env = parseEnv(process.env);
