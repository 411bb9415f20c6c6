/** Ports Telegram calls; the sheet's §6. */
const PORTS = new Set(["", "443", "80", "88", "8443"]);

/** What every webhook address of this installation begins with; a secret follows. */
export const webhookBase = (publicUrl: string) => `${publicUrl}/api/notifications/telegram/`;

/** Whether Telegram can call an installation at this address. A name is believed; whether it is public shows when it is set. */
export function webhookPossible(publicUrl: string): boolean {
  if (!URL.canParse(publicUrl)) return false;
  const { protocol, hostname, port } = new URL(publicUrl);
  return protocol === "https:" && PORTS.has(port) && hostname !== "localhost" && !hostname.endsWith(".local") && hostname.includes(".");
}
