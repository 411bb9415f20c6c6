import { z } from "zod";

/** What a reply may not carry out of the marketplace. `file` means that an attachment could not be looked into. */
export const FINDING_KINDS = [
  "link",
  "email",
  "phone",
  "messenger",
  "social",
  "card",
  "iban",
  "bank_account",
  "promo_code",
  "off_platform",
  "qr_code",
  "file",
] as const;

/** Why it was found, and through which disguise. Every code has a sentence in `messages/<locale>/moderation.json`, dots nested. */
export const FINDING_REASONS = [
  "link.plain",
  "link.address",
  "link.spaced",
  "link.dot_word",
  "link.look_alike",
  "link.no_dot",
  "email.plain",
  "email.spaced",
  "email.at_word",
  "email.look_alike",
  "phone.plain",
  "phone.spaced",
  "phone.spelled_digits",
  "phone.fancy_digits",
  "phone.look_alike",
  "phone.in_context",
  "messenger.handle",
  "messenger.invitation",
  "messenger.disguised",
  "messenger.private_channel",
  "social.handle",
  "social.invitation",
  "social.disguised",
  "card.plain",
  "card.disguised",
  "card.in_context",
  "iban.plain",
  "iban.in_context",
  "bank_account.number",
  "bank_account.bank_code",
  "bank_account.transfer",
  "bank_account.wallet",
  "promo_code.other_site",
  "promo_code.unknown_place",
  "off_platform.direct_order",
  "off_platform.own_site",
  "off_platform.search_engine",
  "off_platform.other_marketplace",
  "off_platform.reads_like",
  "qr_code.image",
  "qr_code.pdf",
  "file.unreadable",
  "file.too_complex",
] as const;

export const findingSchema = z.object({
  kind: z.enum(FINDING_KINDS),
  reason: z.enum(FINDING_REASONS),
  /** UTF-16 offsets in the text as it was written, end exclusive; both 0 for what was found in a file's image. */
  start: z.number().int().nonnegative(),
  end: z.number().int().nonnegative(),
  /** The text between the offsets; for a code in a file, what it says. */
  matched: z.string(),
  certainty: z.enum(["certain", "likely"]),
});

export const verdictSchema = z.object({
  findings: z.array(findingSchema),
  /** The text without what was found, fit to be sent; the text itself when nothing was found. */
  clean: z.string(),
});

/** A reply is screened as it is typed. Longer than any channel takes, so that pasting too much is answered by the channel's own rule. */
export const screenInput = z.object({ text: z.string().max(100_000) });

export type FindingKind = z.infer<typeof findingSchema>["kind"];
export type FindingReason = z.infer<typeof findingSchema>["reason"];
export type Finding = Readonly<z.infer<typeof findingSchema>>;
export type Verdict = { readonly findings: readonly Finding[]; readonly clean: string };
