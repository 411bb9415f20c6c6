import { z } from "zod";

/** Remote payloads, only the fields we read. Enums stay plain strings: an unknown value is the mapper's "other", never an error. */

/** int64 comes as a number, or as digits where it is beyond 2^53 (the lossless parser) or in a notification. */
export const remoteId = z.union([z.string().regex(/^\d+$/), z.number().int().nonnegative().transform(String)]);
/** Absent, null, zero and nonsense are all "not told". */
export const maybeId = z
  .unknown()
  .transform((value) => {
    const parsed = remoteId.safeParse(value);
    return parsed.success && parsed.data !== "0" ? parsed.data : undefined;
  })
  .optional();
export const instant = z.iso.datetime({ offset: true, local: false }).transform((text) => new Date(text));
export const maybeText = z
  .string()
  .nullish()
  .transform((text) => (text === null || text === undefined || text === "" ? undefined : text));
export const listOf = <S extends z.ZodType>(item: S) =>
  z
    .array(item)
    .nullish()
    .transform((items) => items ?? []);
const paging = z
  .object({ nextPageToken: maybeText })
  .nullish()
  .transform((page) => page?.nextPageToken);
export const word = z
  .string()
  .nullish()
  .transform((text) => text ?? "");
/** Nearly every answer stands in `result`. */
export const wrapped = <S extends z.ZodType>(result: S) =>
  z.object({ result }).transform((answer): z.output<S> => (answer as { readonly result: z.output<S> }).result);

export const tokenSchema = wrapped(z.object({ apiKey: z.object({ name: word, authScopes: listOf(z.string()) }) }));

export const campaignsSchema = z.object({
  campaigns: listOf(
    z.object({
      id: maybeId,
      domain: maybeText,
      business: z.object({ id: maybeId, name: maybeText }).nullish(),
      placementType: maybeText,
      apiAvailability: maybeText,
    }),
  ),
  paging,
});
export type RemoteCampaign = z.output<typeof campaignsSchema>["campaigns"][number];

export const settingsSchema = wrapped(
  z.object({
    info: z.object({ id: maybeId, name: maybeText }).nullish(),
    settings: z.object({ currency: maybeText }).nullish(),
    subscriptionLevel: maybeText,
  }),
);

const chatContextSchema = z
  .object({
    type: word,
    customer: z.object({ name: maybeText, publicId: maybeText }).nullish(),
    campaignId: maybeId,
    orderId: maybeId,
  })
  .nullish();
export type RemoteChatContext = z.output<typeof chatContextSchema>;

export const chatSchema = z.object({
  chatId: remoteId,
  context: chatContextSchema,
  status: word,
  createdAt: instant,
  updatedAt: instant,
});
export type RemoteChat = z.output<typeof chatSchema>;
/** Items are parsed one by one, so that one odd chat or message does not take its page with it. */
export const chatListSchema = wrapped(z.object({ chats: listOf(z.unknown()), paging }));
export const oneChatSchema = wrapped(chatSchema);

export const messageSchema = z.object({
  messageId: remoteId,
  createdAt: instant,
  sender: word,
  message: maybeText,
  payload: listOf(z.object({ name: word, url: z.string(), size: z.number().nullish() })),
});
export type RemoteMessage = z.output<typeof messageSchema>;
export const historySchema = wrapped(z.object({ context: chatContextSchema, messages: listOf(z.unknown()), paging }));
export const newChatSchema = wrapped(z.object({ chatId: remoteId }));
export const okSchema = z.object({ status: z.string().refine((status) => status !== "ERROR") });

export const feedbackSchema = z.object({
  feedbackId: remoteId,
  createdAt: instant,
  needReaction: z.boolean().nullish(),
  identifiers: z.object({ orderId: maybeId, offerId: maybeText }).nullish(),
  author: maybeText,
  description: z.object({ advantages: maybeText, disadvantages: maybeText, comment: maybeText }).nullish(),
  media: z.object({ photos: listOf(z.string()), videos: listOf(z.string()) }).nullish(),
  statistics: z.object({ rating: z.number(), commentsCount: z.union([z.number(), z.string().transform(Number)]).nullish() }),
});
export type RemoteFeedback = z.output<typeof feedbackSchema>;
export const feedbackListSchema = wrapped(z.object({ feedbacks: listOf(z.unknown()), paging }));

const author = z.object({ type: word, name: maybeText }).nullish();
export const commentSchema = z.object({ id: remoteId, text: z.string(), author, status: word, feedbackId: remoteId });
export type RemoteComment = z.output<typeof commentSchema>;
export const commentListSchema = wrapped(z.object({ comments: listOf(z.unknown()), paging }));
export const writtenCommentSchema = wrapped(z.object({ id: remoteId, status: word }));

export const questionSchema = z.object({
  questionIdentifiers: z.object({ id: remoteId, offerId: maybeText }),
  text: z.string(),
  createdAt: instant,
  author,
});
export type RemoteQuestion = z.output<typeof questionSchema>;
export const questionListSchema = wrapped(z.object({ questions: listOf(z.unknown()), paging }));

const answerText = z.object({ id: remoteId, text: z.string(), author, status: word, createdAt: instant });
export const answerSchema = answerText.extend({ comments: listOf(answerText) });
export type RemoteAnswer = z.output<typeof answerSchema>;
export const answerListSchema = wrapped(z.object({ answers: listOf(z.unknown()), paging }));
export const writtenAnswerSchema = wrapped(z.object({ entity: z.object({ id: remoteId, type: word }) }));

export const ordersSchema = z.object({
  orders: listOf(
    z.object({
      orderId: remoteId,
      programType: maybeText,
      creationDate: instant.nullish(),
      items: listOf(z.object({ offerId: maybeText, offerName: maybeText })),
    }),
  ),
  paging,
});
export type RemoteOrder = z.output<typeof ordersSchema>["orders"][number];

/** The same list for the stream of orders: items are parsed one by one. */
export const rawOrdersSchema = z.object({ orders: listOf(z.unknown()), paging });

const amount = z.union([z.number(), z.string()]);
const day = z.string().transform((text) => text.slice(0, 10));
export const orderStatsSchema = wrapped(z.object({ orders: listOf(z.unknown()), paging }));
export const statsOrderSchema = z.object({
  id: remoteId,
  creationDate: day,
  status: word,
  fake: z.boolean().nullish(),
  items: listOf(
    z.object({
      offerName: maybeText,
      shopSku: maybeText,
      count: z.number().nullish(),
      prices: listOf(z.object({ total: amount.nullish() })),
      details: listOf(z.object({ itemStatus: word, itemCount: z.number().nullish(), updateDate: day.nullish() })),
    }),
  ),
  payments: listOf(z.object({ date: day.nullish() })),
  commissions: listOf(z.object({ type: word, actual: amount.nullish() })),
  currency: word,
});
export type RemoteStatsOrder = z.output<typeof statsOrderSchema>;

export const offersSchema = wrapped(
  z.object({
    offerMappings: listOf(
      z.object({
        offer: z
          .object({
            offerId: z.string().min(1),
            name: maybeText,
            pictures: listOf(z.string()),
            barcodes: listOf(z.string()),
            basicPrice: z.object({ value: amount, currencyId: word, discountBase: amount.nullish() }).nullish(),
            campaigns: listOf(z.object({ campaignId: maybeId, status: word })),
            archived: z.boolean().nullish(),
            groupId: maybeText,
          })
          .nullish(),
        mapping: z.object({ marketSku: maybeId, marketSkuName: maybeText }).nullish(),
        showcaseUrls: listOf(z.object({ showcaseType: word, showcaseUrl: maybeText })),
      }),
    ),
    paging,
  }),
);
export type RemoteOffer = z.output<typeof offersSchema>["offerMappings"][number];

export const stocksSchema = wrapped(
  z.object({
    warehouses: listOf(
      z.object({
        warehouseId: remoteId,
        offers: listOf(z.object({ offerId: z.string(), stocks: listOf(z.object({ type: word, count: z.number() })) })),
      }),
    ),
  }),
);
export type RemoteWarehouse = z.output<typeof stocksSchema>["warehouses"][number];
