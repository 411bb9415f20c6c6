import { decode } from "next-auth/jwt";
import { z } from "zod";
import { env } from "@/server/platform/env";

/** Browsers refuse a `__Secure-` cookie that did not come over https, and accept no overwrite of it from http. */
export const isSecureOrigin = env.NEXTAUTH_URL.startsWith("https://");
export const SESSION_COOKIE = isSecureOrigin ? "__Secure-karavan.session" : "karavan.session";

const tokenSchema = z.object({ sid: z.uuid() });

/** The session id inside next-auth's encrypted token; null for anything that is not one of ours. */
export function sessionIdOf(token: unknown): string | null {
  const parsed = tokenSchema.safeParse(token);
  return parsed.success ? parsed.data.sid : null;
}

function readCookie(header: string, name: string): string | null {
  for (const part of header.split(";")) {
    const at = part.indexOf("=");
    if (at > 0 && part.slice(0, at).trim() === name) return part.slice(at + 1).trim();
  }
  return null;
}

/** Which session row the request's cookie names. A forged, damaged or outdated cookie counts as none. */
export async function readSessionId(headers: Headers): Promise<string | null> {
  const sealed = readCookie(headers.get("cookie") ?? "", SESSION_COOKIE);
  if (sealed === null || sealed === "") return null;
  try {
    return sessionIdOf(await decode({ token: sealed, secret: env.NEXTAUTH_SECRET }));
  } catch {
    // next-auth's decryption throws for whatever it did not seal itself; to us that is a request without a session.
    return null;
  }
}
