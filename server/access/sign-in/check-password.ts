import { AppError } from "@/server/platform/errors";
import { nobodysHash, type VerifyPassword } from "../password";
import { SESSION_ABSOLUTE_MS } from "../rules";
import type { Origin } from "../sessions/session";
import { type Account, findAccount, listSignInAddresses } from "./repository";
import { addressBucket, admitAttempt, forgiveAttempts } from "./throttle";

/** Stands in for an unknown account, so that the same queries run. */
export const NOBODY = "00000000-0000-0000-0000-000000000000";

export interface PasswordCheck {
  readonly email: string;
  readonly password: string;
  readonly origin: Origin;
  readonly now: Date;
  readonly verify: VerifyPassword;
}

/**
 * Throttled check of an e-mail and a password. An unknown e-mail takes the same steps, so neither the answer nor its duration
 * tells whether an account exists.
 * @returns the account, or null when e-mail or password is wrong.
 * @throws AppError `auth.throttled`.
 */
export async function checkPassword({ email, password, origin, now, verify }: PasswordCheck): Promise<Account | null> {
  const account = await findAccount(email);
  const attempt = { email, ip: origin.ip, isKnownAddress: await isKnownAddress(account?.id ?? NOBODY, origin.ip, now) };
  await admitAttempt(attempt);
  const isRight = await verify(account?.passwordHash ?? (await nobodysHash()), password);
  if (account === null || !isRight) return null;
  await forgiveAttempts(attempt);
  return account;
}

export const wrongCredentials = () => new AppError("auth.invalid_credentials", { status: 401 });

async function isKnownAddress(userId: string, ip: string | null, now: Date): Promise<boolean> {
  const bucket = addressBucket(ip);
  if (bucket === null) return false;
  const since = new Date(now.getTime() - SESSION_ABSOLUTE_MS);
  return (await listSignInAddresses(userId, since)).some((known) => addressBucket(known) === bucket);
}
