/** Boot of the web process: a bad environment stops it here with one sentence per variable, before the first request. */
export async function register(): Promise<void> {
  if (process.env["NEXT_RUNTIME"] !== "nodejs") return;
  const [{ logger }, { recordPeerAddresses }, { openWebhookDoor }] = await Promise.all([
    import("@/server/platform/logger"),
    import("@/server/platform/security/peer-address"),
    import("@/server/integrations/index"),
  ]);
  // Pushes pass by Next; the socket's address is noted first (what is put in front later runs earlier).
  openWebhookDoor();
  recordPeerAddresses();
  logger.info("web process started");
}
