import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { cache } from "react";
import { getSession, isPermitted, type MemberSession, type Permission } from "@/server/access/index";

/** The session behind this page request; asked once per render, whoever needs it. */
export const currentSession = cache(async (): Promise<MemberSession | null> => getSession(new Headers(await headers())));

/** The session, or off to sign-in and back to `path` afterwards. Pages call it themselves: a layout is not run again on every navigation. */
export async function requireMember(path?: string): Promise<MemberSession> {
  const session = await currentSession();
  if (session === null) redirect(path === undefined ? "/sign-in" : `/sign-in?back=${encodeURIComponent(path)}`);
  return session;
}

/** The session of a member who may see the page; anybody else goes home, where their menu shows what is theirs. */
export async function requirePermission(permission: Permission, path?: string): Promise<MemberSession> {
  const session = await requireMember(path);
  if (!isPermitted(session.role, permission)) redirect("/");
  return session;
}
