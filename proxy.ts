import { type NextRequest, NextResponse } from "next/server";
import { requestIdOf, securityHeaders } from "@/server/platform/security/headers";

/**
 * Runs before every route: request id, security headers, a fresh nonce. Next reads the nonce from the Content-Security-Policy
 * of the request headers and puts it on its own scripts; our own inline scripts take it from `x-nonce`.
 */
export function proxy(request: NextRequest): NextResponse {
  const nonce = crypto.randomUUID().replaceAll("-", "");
  const requestId = requestIdOf(request.headers.get("x-request-id"), () => crypto.randomUUID());
  const policy = securityHeaders({ nonce, development: process.env.NODE_ENV === "development", secure: isSecure(request) });

  const inward = new Headers(request.headers);
  inward.set("x-nonce", nonce);
  inward.set("x-request-id", requestId);
  inward.set("content-security-policy", policy["content-security-policy"] ?? "");

  const response = NextResponse.next({ request: { headers: inward } });
  for (const [name, value] of Object.entries(policy)) response.headers.set(name, value);
  response.headers.set("x-request-id", requestId);
  return response;
}

/** A proxy that ends TLS says so; without one the address itself does. A lie only changes the liar's own answer. */
function isSecure(request: NextRequest): boolean {
  const forwarded = request.headers.get("x-forwarded-proto")?.split(",")[0]?.trim();
  return (forwarded ?? request.nextUrl.protocol.replace(":", "")) === "https";
}

/** Everything but built assets, which carry no code of their own origin but ours and are immutable. */
export const config = { matcher: ["/((?!_next/static|_next/image|favicon.ico).*)"] };
