/** Security headers of every answer. Pure, so that a test can read them; `proxy.ts` sends them. */
export interface PolicyInput {
  readonly nonce: string;
  /** React's refresh evaluates code in development. */
  readonly development: boolean;
  /** Whether browsers reach us by https. */
  readonly secure: boolean;
}

/**
 * Scripts run only with this request's nonce or loaded by such a script. Styles: elements need the nonce, style attributes
 * are allowed, because positioned lists and panels set them (they cannot run code). Images may be blobs and data (previews).
 */
export function contentSecurityPolicy({ nonce, development, secure }: PolicyInput): string {
  const directives = [
    "default-src 'self'",
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${development ? " 'unsafe-eval'" : ""}`,
    // Development injects style elements without a nonce on hot reload.
    `style-src 'self' ${development ? "'unsafe-inline'" : `'nonce-${nonce}'`}`,
    "style-src-attr 'unsafe-inline'",
    "img-src 'self' blob: data:",
    "media-src 'self' blob:",
    "font-src 'self'",
    `connect-src 'self'${development ? " ws: wss:" : ""}`,
    "worker-src 'self' blob:",
    "manifest-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-src 'none'",
    "frame-ancestors 'none'",
    ...(secure ? ["upgrade-insecure-requests"] : []),
  ];
  return directives.join("; ");
}

export function securityHeaders(input: PolicyInput): Readonly<Record<string, string>> {
  return {
    "content-security-policy": contentSecurityPolicy(input),
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "strict-origin-when-cross-origin",
    "permissions-policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    // Only over https: a browser must not be told to insist on what the installation does not offer.
    ...(input.secure ? { "strict-transport-security": "max-age=31536000; includeSubDomains" } : {}),
  };
}

const REQUEST_ID = /^[\w-]{8,64}$/;

/** The caller's request id when it is a plain token, else a new one. @param fresh makes an id */
export function requestIdOf(given: string | null, fresh: () => string): string {
  return given !== null && REQUEST_ID.test(given) ? given : fresh();
}
