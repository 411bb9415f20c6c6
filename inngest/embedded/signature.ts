import { createHmac } from "node:crypto";
import canonicalize from "canonicalize";

/** The signing key without its `signkey-<environment>-` prefix; used as text, as the SDK does. */
function secretOf(signingKey: string): string {
  return signingKey.replace(/^signkey-\w+-/, "");
}

/**
 * Value of `x-inngest-signature` for a request with this JSON body (undefined = no body).
 * The SDK checks the RFC 8785 form of the parsed body, so that form is what is signed. Valid for five minutes.
 */
export function signRequest(signingKey: string, body: unknown, now: Date): string {
  const seconds = Math.floor(now.getTime() / 1000).toString();
  const text = body === undefined ? "" : (canonicalize(body) ?? "");
  const digest = createHmac("sha256", secretOf(signingKey)).update(text).update(seconds).digest("hex");
  return `t=${seconds}&s=${digest}`;
}
