import { randomBytes } from "node:crypto";
import { hash, verify } from "@node-rs/argon2";

/** argon2id with OWASP's parameters (Password Storage Cheat Sheet, 2025): 19 MiB, 2 passes, 1 lane. argon2id is the library's default. */
const PARAMETERS = { memoryCost: 19_456, timeCost: 2, parallelism: 1, outputLen: 32 } as const;

export function hashPassword(password: string): Promise<string> {
  return hash(password, PARAMETERS);
}

/** Tells whether `password` is the one behind `passwordHash`. */
export type VerifyPassword = (passwordHash: string, password: string) => Promise<boolean>;

export const verifyPassword: VerifyPassword = (passwordHash, password) => verify(passwordHash, password);

let nobodys: Promise<string> | undefined;

/** A hash no password opens: unknown accounts are checked against it, so that an answer's duration does not tell whether one exists. */
export function nobodysHash(): Promise<string> {
  nobodys ??= hashPassword(randomBytes(32).toString("base64url"));
  return nobodys;
}
