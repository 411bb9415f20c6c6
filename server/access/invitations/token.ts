import { createHash, randomBytes } from "node:crypto";

/** 256 random bits for the link; 43 characters of base64url. */
export function newInvitationToken(): string {
  return randomBytes(32).toString("base64url");
}

/** What the database keeps of a token. A plain hash is enough for 256 random bits. */
export function hashInvitationToken(token: string): string {
  return createHash("sha256").update(token).digest("hex");
}
