import { newId } from "@/lib/ids";
import { writeAudit } from "@/server/platform/audit";
import { type Clock, systemClock } from "@/server/platform/clock";
import { conflict, invalid, notFound } from "@/server/platform/errors";
import { inSystem, type Tx } from "@/server/platform/transaction";
import { hashPassword, verifyPassword } from "../password";
import { invitationState } from "../rules";
import { type Locale, PASSWORD_MIN, passwordSchema } from "../schema";
import type { Origin } from "../sessions/session";
import { checkPassword, wrongCredentials } from "../sign-in/check-password";
import { findAccount } from "../sign-in/repository";
import { claimInvitation, findInvitationByToken, findUserId, insertMembership, insertUser, lockEmail } from "./repository";
import { hashInvitationToken } from "./token";

async function findPending(token: string, now: Date) {
  const row = await findInvitationByToken(hashInvitationToken(token));
  if (row === null) throw notFound("invitation.not_found");
  const state = invitationState(row, now);
  if (state !== "pending") throw conflict(`invitation.${state}`);
  return row;
}

/**
 * What the bearer of a link may know of it.
 * @throws AppError `invitation.not_found` (404), `invitation.accepted`, `invitation.revoked`, `invitation.expired` (409).
 */
export async function inspectInvitation(token: string, clock: Clock = systemClock) {
  const row = await findPending(token, clock.now());
  const hasAccount = (await findAccount(row.email)) !== null;
  return { email: row.email, role: row.role, workspaceId: row.workspaceId, workspaceName: row.workspace.name, hasAccount, expiresAt: row.expiresAt };
}

export interface Acceptance {
  readonly token: string;
  readonly name?: string | undefined;
  readonly password: string;
  readonly locale: Locale;
}

/**
 * Lets the invited person in. A new person gets an account; one who has it proves it with its password, throttled like a sign-in.
 * @throws AppError as `inspectInvitation`, and `password.too_short` (400, params.min), `profile.name_needed` (400),
 * `auth.invalid_credentials` (401), `auth.throttled` (429), `invitation.already_member` (409).
 */
export async function acceptInvitation(acceptance: Acceptance, origin: Origin, clock: Clock = systemClock): Promise<{ email: string; workspaceId: string }> {
  const now = clock.now();
  const invitation = await findPending(acceptance.token, now);
  const { email, workspaceId, role } = invitation;
  const person = await provePerson(email, acceptance, origin, now);
  await inSystem(async (tx) => {
    await lockEmail(tx, email);
    const userId = await settleUser(tx, email, person);
    if (!(await claimInvitation(tx, invitation.id, now))) throw conflict("invitation.accepted");
    const membershipId = newId();
    if (!(await insertMembership(tx, { id: membershipId, workspaceId, userId, role }))) throw conflict("invitation.already_member");
    await writeAudit(
      { workspaceId, db: tx },
      {
        actor: { kind: "user", id: userId },
        ip: origin.ip ?? undefined,
        action: "invitation.accepted",
        subject: { type: "invitation", id: invitation.id },
        details: { role },
      },
    );
  });
  return { email, workspaceId };
}

type Person = { readonly userId: string } | { readonly name: string; readonly passwordHash: string; readonly locale: Locale };

async function provePerson(email: string, acceptance: Acceptance, origin: Origin, now: Date): Promise<Person> {
  if ((await findAccount(email)) !== null) {
    const account = await checkPassword({ email, password: acceptance.password, origin, now, verify: verifyPassword });
    if (account === null) throw wrongCredentials();
    return { userId: account.id };
  }
  if (!passwordSchema.safeParse(acceptance.password).success) throw invalid("password.too_short", { min: PASSWORD_MIN });
  if (acceptance.name === undefined) throw invalid("profile.name_needed");
  return { name: acceptance.name, passwordHash: await hashPassword(acceptance.password), locale: acceptance.locale };
}

/** The account's id; makes it for a new person. One that appeared meanwhile was not proved: the form is to be sent again. */
async function settleUser(tx: Tx, email: string, person: Person): Promise<string> {
  if ("userId" in person) return person.userId;
  if ((await findUserId(tx, email)) !== null) throw wrongCredentials();
  const id = newId();
  await insertUser(tx, { id, email, ...person });
  return id;
}
