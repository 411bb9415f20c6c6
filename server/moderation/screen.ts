import { MARKETPLACE_DOMAINS } from "./addresses/domains";
import { addresses } from "./addresses/find-addresses";
import { cleanWording } from "./clean-wording";
import { readsLikeLeak } from "./likeness/model";
import { type Match, toFinding } from "./match";
import { nameMentions } from "./names/find-names";
import { namesAndAccounts } from "./names/invitations";
import { atomsOf } from "./numbers/atoms";
import { shapedAtoms } from "./numbers/dates";
import { phonesOf } from "./numbers/find-phones";
import { maskedPhones } from "./numbers/masked-phones";
import { ibans, paymentNumbers } from "./numbers/payment-numbers";
import { piecedPhones } from "./numbers/pieced-phones";
import { runsOf } from "./numbers/runs";
import { builtCodes } from "./phrases/built-codes";
import { cancelledDeals } from "./phrases/cancelled-deals";
import { dealsInSteps } from "./phrases/deals-in-steps";
import { hints } from "./phrases/hints";
import { insteadOfMarketplace } from "./phrases/instead";
import { offPlatform } from "./phrases/off-platform";
import { paidByHand } from "./phrases/paid-by-hand";
import { payments } from "./phrases/payments";
import { privateDeals } from "./phrases/private-deals";
import { promoCodes } from "./phrases/promo-codes";
import { spelledCodes } from "./phrases/spelled-codes";
import { splitPayments } from "./phrases/split-payments";
import type { Finding, Verdict } from "./schema";
import { type Reading, read } from "./text/tokens";
import { TaggedWords } from "./text/word-tags";

export interface ScreenOptions {
  /** Host names that may be written beside the marketplaces' own, with everything below them. */
  readonly allowedDomains?: readonly string[] | undefined;
  /** Numbers known to be orders, parcels or products of this conversation: never taken for a phone, card or account. */
  readonly ownNumbers?: readonly string[] | undefined;
  /** Whether a text that no rule stops is also asked what it reads like. False for documents: only replies were learned from. */
  readonly likeness?: boolean | undefined;
}

function mark(taken: Uint8Array, matches: readonly Match[]): void {
  for (const { first, last } of matches) taken.fill(1, first, last + 1);
}

function numbersOf(reading: Reading, words: TaggedWords, taken: Uint8Array): Match[] {
  const known = ibans(reading, words);
  mark(taken, known);
  const atoms = atomsOf(reading).filter((atom) => taken[atom.first] !== 1 && taken[atom.last] !== 1);
  const apart = shapedAtoms(reading, words, atoms);
  const paid: Match[] = [];
  for (const run of runsOf(reading, atoms, apart)) paid.push(...paymentNumbers(reading, words, run));
  mark(taken, paid);
  const phones: Match[] = [];
  const rest = atoms.filter((atom) => taken[atom.first] !== 1);
  for (const run of runsOf(reading, rest, apart)) phones.push(...phonesOf(reading, words, run));
  mark(taken, phones);
  const masked = maskedPhones(reading, words, taken);
  mark(taken, masked);
  const apartOrTaken = (atom: { readonly first: number }) => apart.has(atom.first) || taken[atom.first] === 1;
  const pieced = piecedPhones(
    reading,
    words,
    rest.filter((atom) => !apartOrTaken(atom)),
  );
  mark(taken, pieced);
  return [...known, ...paid, ...phones, ...masked, ...pieced];
}

/** All findings of a text, in the order they stand in it. Linear in the length of the text. */
export function findLeaks(text: string, options: ScreenOptions = {}): Finding[] {
  const reading = read(text);
  const words = new TaggedWords(reading.tokens, reading.skeletons);
  const taken = new Uint8Array(reading.tokens.length);
  const allowed = [...MARKETPLACE_DOMAINS, ...(options.allowedDomains ?? [])];
  const hosts = addresses(reading, words, allowed);
  mark(taken, hosts);
  const numbers = numbersOf(reading, words, taken);
  const names = namesAndAccounts(reading, words, nameMentions(reading), taken);
  const phrases = [
    ...payments(reading, words),
    ...promoCodes(reading, words),
    ...spelledCodes(reading, words),
    ...builtCodes(reading, words),
    ...paidByHand(reading, words),
    ...offPlatform(reading, words),
    ...cancelledDeals(reading, words),
    ...dealsInSteps(reading, words),
    ...privateDeals(reading, words),
    ...insteadOfMarketplace(reading, words),
    ...splitPayments(reading, words),
    ...hints(reading, words),
  ];
  const findings = [...hosts, ...numbers, ...names, ...phrases].map((match) => toFinding(reading, match));
  const found = withoutRepeats(findings.filter((finding) => !isOwnNumber(finding, options.ownNumbers ?? [])));
  if (found.length > 0 || options.likeness === false) return found;
  const like = readsLikeLeak(reading, words, allowed);
  return like === undefined ? [] : [toFinding(reading, like)];
}

const NUMBER_KINDS = new Set<Finding["kind"]>(["phone", "card", "bank_account"]);

function isOwnNumber(finding: Finding, own: readonly string[]): boolean {
  if (own.length === 0 || !NUMBER_KINDS.has(finding.kind)) return false;
  const digits = finding.matched.replace(/\D/g, "");
  return digits !== "" && own.some((number) => number.replace(/\D/g, "") === digits);
}

/** Of findings of one kind that overlap, the one that begins first, and of those the longest. */
function withoutRepeats(findings: readonly Finding[]): Finding[] {
  const ordered = [...findings].sort((left, right) => left.start - right.start || right.end - left.end);
  const ends = new Map<Finding["kind"], number>();
  return ordered.filter(({ kind, start, end }) => {
    if (start < (ends.get(kind) ?? 0)) return false;
    ends.set(kind, end);
    return true;
  });
}

/**
 * Whether a reply carries anything out of the marketplace: contacts, links, payment details, foreign promo codes, invitations.
 * Pure; says what matched, where in the original text, through which disguise, and how the reply could read without it.
 */
export function screen(input: { readonly text: string }, options: ScreenOptions = {}): Verdict {
  const findings = findLeaks(input.text, options);
  if (findings.length === 0) return { findings, clean: input.text };
  const isClean = (text: string) => findLeaks(text, options).length === 0;
  return { findings, clean: cleanWording(input.text, findings, isClean) };
}
