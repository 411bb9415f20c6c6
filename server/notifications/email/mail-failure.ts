import { z } from "zod";
import { DeliveryFailure } from "../delivery/delivery-failure";

/** What nodemailer attaches to its errors: its own code, the server's answer, and during which command it came. */
const mailErrorSchema = z.object({
  code: z.string().optional(),
  responseCode: z.number().optional(),
  response: z.string().optional(),
  command: z.string().optional(),
  message: z.string().default(""),
});

const TLS_WORDS = /certificate|self.signed|\bTLS\b|\bSSL\b|handshake|wrong version number/i;

/** What an error of a mail server means for the letter, its reader and the transport. */
export function failureOfMail(cause: unknown): DeliveryFailure {
  if (cause instanceof DeliveryFailure) return cause;
  const parsed = mailErrorSchema.safeParse(cause);
  const { code = "", responseCode, response, command = "", message } = parsed.success ? parsed.data : { message: String(cause) };
  const remoteText = response ?? message;
  const isTemporary = responseCode !== undefined && responseCode >= 400 && responseCode < 500;
  if (code === "EAUTH" && !isTemporary) return new DeliveryFailure("notices.smtp_auth", { retryable: true, blame: "transport", remoteText, cause });
  if (isTemporary) return new DeliveryFailure("notices.smtp_later", { retryable: true, remoteText, cause });
  if (responseCode !== undefined && responseCode >= 500) return refusal(responseCode, command, remoteText, cause);
  if (code === "ETLS" || TLS_WORDS.test(message)) return new DeliveryFailure("notices.smtp_tls", { retryable: true, blame: "transport", remoteText, cause });
  if (code === "EENVELOPE") return new DeliveryFailure("notices.smtp_address_refused", { retryable: false, blame: "address", remoteText, cause });
  if (code === "ETIMEDOUT") return new DeliveryFailure("notices.smtp_timeout", { retryable: true, remoteText, cause });
  return new DeliveryFailure("notices.smtp_unreachable", { retryable: true, remoteText, cause });
}

/** 5xx: about the reader when it answers RCPT, about the transport when it answers STARTTLS, MAIL or the sign-in, else about the letter. */
function refusal(responseCode: number, command: string, remoteText: string, cause: unknown): DeliveryFailure {
  if (/STARTTLS/i.test(command)) return new DeliveryFailure("notices.smtp_tls", { retryable: true, blame: "transport", remoteText, cause });
  if (/RCPT/i.test(command)) return new DeliveryFailure("notices.smtp_address_refused", { retryable: false, blame: "address", remoteText, cause });
  // 530 and 535: the server wants a sign-in it did not get.
  if (responseCode === 530 || responseCode === 535) return new DeliveryFailure("notices.smtp_auth", { retryable: true, blame: "transport", remoteText, cause });
  if (/MAIL FROM/i.test(command)) return new DeliveryFailure("notices.smtp_sender_refused", { retryable: false, blame: "transport", remoteText, cause });
  return new DeliveryFailure("notices.smtp_refused", { retryable: false, remoteText, cause });
}
