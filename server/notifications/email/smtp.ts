import { isIP } from "node:net";
import { createTransport, type Transporter } from "nodemailer";
import { checkLiteral, isAllowedOrigin, isPublicAddress, type ResolveAll, resolveAll } from "@/server/platform/http/address";
import { HttpFailure } from "@/server/platform/http/failure";
import { DeliveryFailure } from "../delivery/delivery-failure";
import { failureOfMail } from "./mail-failure";

export interface MailServer {
  readonly host: string;
  readonly port: number;
  readonly security: "tls" | "starttls" | "none";
  readonly user: string;
  readonly password: string;
  readonly fromAddress: string;
  readonly fromName: string;
}

export interface Letter {
  /** The same on every try, so that a mailbox that got it twice can tell. */
  readonly messageId: string;
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  /** Where the reader stops these letters. */
  readonly settingsUrl: string;
}

export interface MailOptions {
  readonly timeoutMs: number;
  readonly allowedOrigins: readonly string[];
  readonly resolve?: ResolveAll | undefined;
  /** A further certificate authority (PEM). An operator adds theirs for the whole process, with NODE_EXTRA_CA_CERTS. */
  readonly trustedCa?: string | undefined;
}

/** Signs in and leaves: nothing is sent. @throws DeliveryFailure */
export async function verifyMailServer(server: MailServer, options: MailOptions): Promise<void> {
  await withServer(server, options, async (transporter) => {
    await transporter.verify();
  });
}

/** Hands one letter to the server. Resolves when the server has taken responsibility for it. @throws DeliveryFailure */
export async function sendLetter(server: MailServer, letter: Letter, options: MailOptions): Promise<void> {
  await withServer(server, options, async (transporter) => {
    await transporter.sendMail({
      from: server.fromName === "" ? server.fromAddress : { name: server.fromName, address: server.fromAddress },
      to: letter.to,
      subject: letter.subject,
      text: letter.text,
      html: letter.html,
      messageId: `<${letter.messageId}@${server.fromAddress.slice(server.fromAddress.indexOf("@") + 1)}>`,
      headers: { "Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "All", "List-Unsubscribe": `<${letter.settingsUrl}>` },
      disableFileAccess: true,
      disableUrlAccess: true,
    });
  });
}

async function withServer(server: MailServer, options: MailOptions, work: (transporter: Transporter) => Promise<void>): Promise<void> {
  const { timeoutMs } = options;
  const transporter = createTransport({
    host: await addressOf(server, options),
    port: server.port,
    secure: server.security === "tls",
    requireTLS: server.security === "starttls",
    ignoreTLS: server.security === "none",
    ...(server.user === "" ? {} : { auth: { user: server.user, pass: server.password } }),
    connectionTimeout: timeoutMs,
    greetingTimeout: timeoutMs,
    socketTimeout: timeoutMs,
    // The certificate has to be that of the name, although we dial the address we have checked.
    tls: {
      minVersion: "TLSv1.2",
      ...(isIP(bare(server.host)) === 0 ? { servername: server.host } : {}),
      ...(options.trustedCa === undefined ? {} : { ca: options.trustedCa }),
    },
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  try {
    await work(transporter);
  } catch (error) {
    throw failureOfMail(error);
  } finally {
    transporter.close();
  }
}

const bare = (host: string) => host.replace(/^\[|\]$/g, "");

/**
 * The address to dial: resolved once and checked, so that a name that changes between check and use gains nothing. Private
 * addresses are dialled only where the operator lists them (`smtp://host:port` in OUTBOUND_ALLOWED_ORIGINS).
 */
async function addressOf({ host, port }: MailServer, { allowedOrigins, resolve = resolveAll }: MailOptions): Promise<string> {
  if (isAllowedOrigin(new URL(`smtp://${host}:${port}`), allowedOrigins)) return bare(host);
  try {
    checkLiteral(host);
    if (isIP(bare(host)) !== 0) return bare(host);
    const addresses = await resolve(host);
    const open = addresses.filter((entry) => isPublicAddress(entry.address));
    const [first] = [...open.filter((entry) => entry.family === 4), ...open];
    if (first === undefined) throw new HttpFailure(addresses.length === 0 ? "dns" : "private-address", { host });
    return first.address;
  } catch (cause) {
    if (cause instanceof HttpFailure && cause.reason === "private-address") {
      throw new DeliveryFailure("notices.smtp_private_address", { retryable: false, blame: "transport", cause });
    }
    throw new DeliveryFailure("notices.smtp_unreachable", { retryable: true, cause });
  }
}
