import type { AuthOptions } from "next-auth";
import { env } from "@/server/platform/env";
import { AppError } from "@/server/platform/errors";
import { logger } from "@/server/platform/logger";
import { SESSION_ABSOLUTE_MS } from "../rules";
import { endOwnSession } from "../sessions/end-session";
import { loadSession } from "../sessions/get-session";
import { clientAddress } from "./client-address";
import { isSecureOrigin, SESSION_COOKIE, sessionIdOf } from "./cookie";
import { signIn } from "./sign-in";

const MAX_AGE_SECONDS = SESSION_ABSOLUTE_MS / 1000;

/** The form's `error`: a stable code, with the seconds to wait behind `auth.throttled` (`parseSignInError` reads it). */
function signInFailure(error: unknown): Error {
  if (!(error instanceof AppError)) {
    logger.error({ err: error }, "sign-in failed");
    return new Error("internal");
  }
  const { seconds } = error.params;
  return new Error(seconds === undefined ? error.code : `${error.code}:${seconds}`);
}

function headersOf(plain: Record<string, unknown> | undefined): Headers {
  const headers = new Headers();
  for (const [name, value] of Object.entries(plain ?? {})) if (typeof value === "string") headers.set(name, value);
  return headers;
}

/**
 * next-auth keeps the browser's side: CSRF, cookie, encrypted token. The token carries a session row's id and nothing else; the
 * row decides (sessions/get-session.ts).
 */
export const authOptions: AuthOptions = {
  secret: env.NEXTAUTH_SECRET,
  providers: [
    {
      id: "credentials",
      name: "Credentials",
      type: "credentials",
      credentials: { email: {}, password: {}, workspaceId: {} },
      async authorize(credentials, request) {
        const headers = headersOf(request.headers);
        try {
          const input = { email: credentials?.["email"], password: credentials?.["password"], workspaceId: credentials?.["workspaceId"] || undefined };
          const { sessionId } = await signIn(input, { ip: clientAddress(headers), userAgent: headers.get("user-agent")?.slice(0, 400) ?? null });
          return { id: sessionId };
        } catch (error) {
          throw signInFailure(error);
        }
      },
    },
  ],
  session: { strategy: "jwt", maxAge: MAX_AGE_SECONDS },
  jwt: { maxAge: MAX_AGE_SECONDS },
  useSecureCookies: isSecureOrigin,
  cookies: { sessionToken: { name: SESSION_COOKIE, options: { httpOnly: true, sameSite: "lax", path: "/", secure: isSecureOrigin } } },
  pages: { signIn: "/sign-in", error: "/sign-in" },
  callbacks: {
    async jwt({ token, user }) {
      // `user` is there at sign-in only: what authorize returned.
      if (user as unknown) return { sid: user.id };
      const sessionId = sessionIdOf(token);
      if (sessionId === null || (await loadSession(sessionId)) === null) throw new AppError("access.signed_out", { status: 401 });
      return { sid: sessionId };
    },
    session: ({ session }) => ({ expires: session.expires }),
    redirect: ({ url, baseUrl }) => (url.startsWith("/") && !url.startsWith("//") ? `${baseUrl}${url}` : baseUrl),
  },
  events: {
    async signOut({ token }) {
      const sessionId = sessionIdOf(token);
      if (sessionId !== null) await endOwnSession(sessionId);
    },
  },
  logger: {
    error: (code, metadata) => logger.warn({ code, err: metadata instanceof Error ? metadata.message : undefined }, "next-auth"),
    warn: (code) => logger.debug({ code }, "next-auth"),
    debug: (code) => logger.trace({ code }, "next-auth"),
  },
};
