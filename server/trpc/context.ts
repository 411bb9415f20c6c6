import { randomUUID } from "node:crypto";
import { clientAddress, getSession, type MemberSession } from "@/server/access/index";
import { currentRequestId } from "@/server/platform/logger";

export interface TrpcContext {
  /** Null when nobody is signed in or the session has ended. */
  readonly session: MemberSession | null;
  readonly requestId: string;
  /** The caller's address as far as trusted proxies tell it. */
  readonly ip: string | null;
  readonly userAgent: string | null;
  readonly headers: Headers;
}

/** One query per HTTP request: the session row decides, so an ended session is refused from the next request on. */
export async function createContext(headers: Headers): Promise<TrpcContext> {
  return {
    session: await getSession(headers),
    requestId: currentRequestId() ?? randomUUID(),
    ip: clientAddress(headers),
    userAgent: headers.get("user-agent"),
    headers,
  };
}
