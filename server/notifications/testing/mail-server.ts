import type { AddressInfo } from "node:net";
import { SMTPServer, type SMTPServerOptions } from "smtp-server";
import { certificate, privateKey } from "./mail-certificate";

export interface TakenLetter {
  readonly from: string;
  readonly to: readonly string[];
  readonly isProtected: boolean;
  readonly user: string | null;
  /** As it came over the wire. */
  readonly raw: string;
  /** With quoted-printable taken off. */
  readonly readable: string;
}

/** An answer the server gives to one command, in order; undefined = it agrees. */
export interface Refusal {
  readonly responseCode: number;
  readonly message: string;
}

export interface TestMailServer {
  readonly port: number;
  readonly letters: TakenLetter[];
  /** What the next RCPT, DATA and MAIL commands are answered. */
  readonly onRecipient: (Refusal | undefined)[];
  readonly onData: (Refusal | undefined)[];
  readonly onSender: (Refusal | undefined)[];
  stop(): Promise<void>;
}

export const MAIL_USER = "karavan";
export const MAIL_PASSWORD = "a long mail password";

const refusal = ({ responseCode, message }: Refusal) => Object.assign(new Error(message), { responseCode });

/** A real mail server on a free port of this machine. */
export async function startMailServer(options: SMTPServerOptions = {}): Promise<TestMailServer> {
  const letters: TakenLetter[] = [];
  const [onRecipient, onData, onSender]: (Refusal | undefined)[][] = [[], [], []];
  const say = (queue: (Refusal | undefined)[] | undefined, agree: () => void, refuse: (error: Error) => void) => {
    const next = queue?.shift();
    if (next === undefined) agree();
    else refuse(refusal(next));
  };
  const server = new SMTPServer({
    key: privateKey,
    cert: certificate,
    authOptional: true,
    logger: false,
    disableReverseLookup: true,
    onAuth: ({ username, password }, _session, callback) => {
      if (username === MAIL_USER && password === MAIL_PASSWORD) callback(null, { user: username });
      else callback(refusal({ responseCode: 535, message: "5.7.8 Authentication credentials invalid" }));
    },
    onMailFrom: (_address, _session, callback) => say(onSender, callback, callback),
    onRcptTo: (_address, _session, callback) => say(onRecipient, callback, callback),
    onData: (stream, session, callback) => {
      const chunks: Buffer[] = [];
      stream.on("data", (chunk: Buffer) => chunks.push(chunk));
      stream.on("end", () => {
        const raw = Buffer.concat(chunks).toString();
        const { mailFrom, rcptTo } = session.envelope;
        const take = () => {
          letters.push({
            from: mailFrom === false ? "" : mailFrom.address,
            to: rcptTo.map(({ address }) => address),
            isProtected: session.secure,
            user: typeof session.user === "string" ? session.user : null,
            raw,
            readable: unquote(raw),
          });
          callback();
        };
        say(onData, take, callback);
      });
    },
    ...options,
  });
  server.on("error", () => undefined);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", () => resolve()));
  return {
    port: (server.server.address() as AddressInfo).port,
    letters,
    onRecipient: onRecipient ?? [],
    onData: onData ?? [],
    onSender: onSender ?? [],
    stop: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

function unquote(raw: string): string {
  const bytes = raw.replace(/=\r?\n/g, "").replace(/=([0-9A-F]{2})/g, (_whole, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return Buffer.from(bytes, "latin1").toString("utf8");
}
