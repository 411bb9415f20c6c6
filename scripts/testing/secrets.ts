/** Fixed secrets for tests; good for nothing else. */
export const testSecrets = {
  LOG_LEVEL: "silent",
  NEXTAUTH_URL: "http://127.0.0.1:3000",
  NEXTAUTH_SECRET: "test-session-secret-test-session-secret",
  VAULT_KEYS: `test-1:${Buffer.alloc(32, 7).toString("base64")}`,
  INNGEST_DEV: "0",
  INNGEST_EVENT_KEY: "test-event-key",
  INNGEST_SIGNING_KEY: `signkey-test-${"ab".repeat(32)}`,
  OUTBOUND_ALLOWED_ORIGINS: "http://127.0.0.1",
} as const;
