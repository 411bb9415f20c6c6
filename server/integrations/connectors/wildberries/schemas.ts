import { z } from "zod";

/** Remote payloads, only the fields we read. Enums stay plain strings: an unknown value is the mapper's "other", never an error. */

/** Integers come as numbers or, beyond 2^53, through the lossless parser as digits. */
export const digits = z.union([z.string().regex(/^\d+$/), z.number().int().nonnegative().transform(String)]);
export const maybeDigits = z
  .unknown()
  .transform((value) => {
    const parsed = digits.safeParse(value);
    return parsed.success && parsed.data !== "0" ? parsed.data : undefined;
  })
  .optional();
export const maybeText = z
  .string()
  .nullish()
  .transform((text) => (text === null || text === undefined || text === "" ? undefined : text));
export const listOf = <S extends z.ZodType>(item: S) =>
  z
    .array(item)
    .nullish()
    .transform((items) => items ?? []);
/** Nanoseconds and offsets occur; anything unreadable refuses the record. */
export const instant = z.iso.datetime({ offset: true }).transform((text) => new Date(text));
const maybeInstant = z
  .unknown()
  .transform((value) => {
    const parsed = instant.safeParse(value);
    return parsed.success && parsed.data.getTime() > 0 ? parsed.data : undefined;
  })
  .optional();

export const sellerInfoSchema = z.object({ name: maybeText, sid: maybeText, tin: maybeText, tradeMark: maybeText });
export const pingSchema = z.object({ Status: z.string() });

const goodCard = z
  .object({ nmID: maybeDigits, rid: maybeText, size: maybeText })
  .nullish()
  .transform((card) => card ?? undefined);

/** Items are parsed one by one, so that one odd chat or event does not take its page with it. */
export const chatsSchema = z.object({ result: listOf(z.unknown()) });
export const chatSchema = z.object({ chatID: z.string().min(1), replySign: maybeText, clientName: maybeText, goodCard });
export type RemoteChat = z.output<typeof chatSchema>;

export const eventsSchema = z.object({
  result: z
    .object({ next: digits.nullish(), totalEvents: z.number().nullish(), events: listOf(z.unknown()) })
    .nullish()
    .transform((result) => result ?? { next: undefined, totalEvents: 0, events: [] }),
});
const downloadable = { downloadID: maybeText };
export const eventSchema = z.object({
  chatID: z.string().min(1),
  eventID: z.string().min(1),
  addTimestamp: z.number().positive(),
  message: z
    .object({
      text: maybeText,
      attachments: z
        .object({
          goodCard,
          files: listOf(z.object({ ...downloadable, name: maybeText, contentType: maybeText })),
          images: listOf(z.object(downloadable)),
        })
        .nullish(),
    })
    .nullish(),
  replySign: maybeText,
  sender: z.string().default(""),
  clientName: maybeText,
});
export type RemoteEvent = z.output<typeof eventSchema>;

export const messageSentSchema = z.object({ result: z.unknown(), errors: listOf(z.string()) });
export const pendingFileSchema = z.object({ retrySeconds: z.number().nonnegative().default(30) });

const product = z
  .object({ nmId: maybeDigits, productName: maybeText, supplierArticle: maybeText })
  .nullish()
  .transform((details) => details ?? undefined);

export const questionSchema = z.object({
  id: z.string().min(1),
  text: z.string().default(""),
  createdDate: instant,
  state: z.string().default(""),
  answer: z.object({ text: z.string().default(""), editable: z.boolean().nullish(), createDate: maybeInstant }).nullish(),
  productDetails: product,
});
export type RemoteQuestion = z.output<typeof questionSchema>;

export const reviewSchema = z.object({
  id: z.string().min(1),
  text: maybeText,
  pros: maybeText,
  cons: maybeText,
  productValuation: z.number().nullish(),
  createdDate: instant,
  answer: z.object({ text: z.string().default(""), state: z.string().default(""), editable: z.boolean().nullish() }).nullish(),
  productDetails: product,
  photoLinks: listOf(z.object({ fullSize: maybeText, miniSize: maybeText })),
  video: z.object({ durationSec: z.number().nullish() }).nullish(),
  userName: maybeText,
  bables: listOf(z.string()),
});
export type RemoteReview = z.output<typeof reviewSchema>;

/** `error: true` also comes with HTTP 200. */
const envelope = <S extends z.ZodType>(data: S) => z.object({ data, error: z.boolean().default(false), errorText: maybeText });
export const questionsSchema = envelope(z.object({ questions: listOf(z.unknown()) }).nullish());
export const oneQuestionSchema = envelope(z.unknown());
export const reviewsSchema = envelope(z.object({ feedbacks: listOf(z.unknown()) }).nullish());
export const oneReviewSchema = envelope(z.unknown());
export const changedSchema = envelope(z.unknown());

export const decimal = z
  .union([z.string(), z.number().transform(String)])
  .nullish()
  .transform((value) => (value === null || value === undefined || value.trim() === "" ? "0" : value.trim()));
/** The specification's root is the list itself; one community note shows it below `data`. */
export const salesSchema = z.union([z.array(z.unknown()), z.object({ data: listOf(z.unknown()) }).transform(({ data }) => data)]);
export const saleSchema = z.object({
  rrdId: digits,
  currency: z.string().default("RUB"),
  rrDate: z.string().regex(/^\d{4}-\d{2}-\d{2}/),
  docTypeName: z.string().default(""),
  sellerOperName: z.string().default(""),
  bonusTypeName: maybeText,
  quantity: z.number().default(0),
  nmId: maybeDigits,
  vendorCode: maybeText,
  title: maybeText,
  subjectName: maybeText,
  srid: maybeText,
  orderId: maybeDigits,
  retailPriceWithDisc: decimal,
  forPay: decimal,
  deliveryService: decimal,
  penalty: decimal,
  additionalPayment: decimal,
  paidStorage: decimal,
  deduction: decimal,
  paidAcceptance: decimal,
  cashbackAmount: decimal,
  cashbackCommissionChange: decimal,
});
/** What a row is asked for: a fifth of its 80 fields. */
export const SALE_FIELDS: readonly string[] = Object.keys(saleSchema.shape);
export type RemoteSale = z.output<typeof saleSchema>;

export const cardsSchema = z.object({
  cards: listOf(
    z.object({
      nmID: digits,
      vendorCode: maybeText,
      title: maybeText,
      subjectName: maybeText,
      photos: listOf(z.object({ c246x328: maybeText, c516x688: maybeText, square: maybeText, big: maybeText })),
      sizes: listOf(z.object({ chrtID: digits, techSize: maybeText, wbSize: maybeText, skus: listOf(z.string()) })),
    }),
  ),
  cursor: z.object({ updatedAt: maybeText, nmID: maybeDigits, total: z.number().default(0) }),
});
export type RemoteCard = z.output<typeof cardsSchema>["cards"][number];
