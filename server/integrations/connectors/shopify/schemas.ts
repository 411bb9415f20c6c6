import { z } from "zod";

/** What is read of Shopify's answers, and nothing else. Enums stay plain words: their list grows with every version. */
const gid = z.string().regex(/^gid:\/\/shopify\/\w+\/[\w?=&-]+$/);
const amount = z.object({ amount: z.string(), currencyCode: z.string() });
const bag = z.object({ shopMoney: amount });
const instant = z.iso.datetime({ offset: true }).transform((text) => new Date(text));
const pageInfo = z.object({ hasNextPage: z.boolean(), endCursor: z.string().nullable() });
export const userErrors = z.array(z.object({ field: z.array(z.string()).nullish(), message: z.string(), code: z.string().nullish() }));
export type UserError = z.output<typeof userErrors>[number];
/** One page of records that are judged one by one. */
const rawPage = z.object({ pageInfo, nodes: z.array(z.unknown()) });

export const tokenSchema = z.object({ access_token: z.string().min(8), expires_in: z.number().positive(), scope: z.string().optional() });

export const shopSchema = z.object({
  shop: z.object({
    id: z.string(),
    name: z.string(),
    myshopifyDomain: z.string(),
    currencyCode: z.string(),
    ianaTimezone: z.string(),
    plan: z.object({ publicDisplayName: z.string() }),
  }),
  currentAppInstallation: z.object({ accessScopes: z.array(z.object({ handle: z.string() })) }),
});
export const locationSchema = z.object({ location: z.object({ id: gid, name: z.string() }).nullable() });

export const orderLineSchema = z.object({
  id: gid,
  title: z.string(),
  variantTitle: z.string().nullish(),
  sku: z.string().nullish(),
  quantity: z.number().int(),
  currentQuantity: z.number().int(),
  discountedUnitPriceAfterAllDiscountsSet: bag,
  variant: z.object({ id: gid, barcode: z.string().nullish() }).nullish(),
});
export type RemoteOrderLine = z.output<typeof orderLineSchema>;

/** Everything about an order but its lines, which come as a page or, from a bulk operation, as rows of their own. */
export const orderHeadSchema = z.object({
  id: gid,
  name: z.string(),
  createdAt: instant,
  processedAt: instant,
  updatedAt: instant,
  cancelledAt: instant.nullish(),
  cancelReason: z.string().nullish(),
  displayFinancialStatus: z.string().nullish(),
  displayFulfillmentStatus: z.string(),
  email: z.string().nullish(),
  phone: z.string().nullish(),
  note: z.string().nullish(),
  totalPriceSet: bag,
  customer: z
    .object({
      id: gid,
      displayName: z.string().nullish(),
      defaultEmailAddress: z.object({ emailAddress: z.string() }).nullish(),
      defaultPhoneNumber: z.object({ phoneNumber: z.string() }).nullish(),
    })
    .nullish(),
  shippingAddress: z
    .object({
      name: z.string().nullish(),
      address1: z.string().nullish(),
      address2: z.string().nullish(),
      city: z.string().nullish(),
      province: z.string().nullish(),
      zip: z.string().nullish(),
      country: z.string().nullish(),
      phone: z.string().nullish(),
    })
    .nullish(),
  shippingLine: z.object({ title: z.string() }).nullish(),
  transactions: z.array(z.object({ kind: z.string(), status: z.string(), processedAt: instant.nullish() })),
  fulfillments: z.array(
    z.object({
      id: gid,
      status: z.string(),
      displayStatus: z.string().nullish(),
      createdAt: instant,
      deliveredAt: instant.nullish(),
      trackingInfo: z.array(z.object({ company: z.string().nullish(), number: z.string().nullish() })),
    }),
  ),
});
export type RemoteOrderHead = z.output<typeof orderHeadSchema>;

const linePage = z.object({ pageInfo, nodes: z.array(orderLineSchema) });
export const orderSchema = orderHeadSchema.extend({ lineItems: linePage });
export const ordersPageSchema = z.object({ orders: rawPage });
export const oneOrderSchema = z.object({ order: z.unknown() });
export const orderLinesSchema = z.object({ order: z.object({ lineItems: linePage }).nullable() });
export const countSchema = z.object({ ordersCount: z.object({ count: z.number().int() }).nullable() });

export const fulfilmentOrdersSchema = z.object({
  order: z
    .object({
      cancelledAt: z.string().nullish(),
      fulfillmentOrders: z.object({
        pageInfo,
        nodes: z.array(
          z.object({
            id: gid,
            status: z.string(),
            supportedActions: z.array(z.object({ action: z.string() })),
            assignedLocation: z.object({ location: z.object({ id: gid }).nullish() }),
          }),
        ),
      }),
    })
    .nullable(),
});
export const shipSchema = z.object({ fulfillmentCreate: z.object({ fulfillment: z.object({ id: gid }).nullable(), userErrors }).nullable() });
export const trackSchema = z.object({ fulfillmentTrackingInfoUpdate: z.object({ fulfillment: z.object({ id: gid }).nullable(), userErrors }).nullable() });
export const cancelSchema = z.object({ orderCancel: z.object({ job: z.object({ id: z.string() }).nullable(), orderCancelUserErrors: userErrors }).nullable() });

export const saleLineSchema = z.object({
  id: gid,
  title: z.string(),
  sku: z.string().nullish(),
  quantity: z.number().int(),
  originalTotalSet: bag,
  discountAllocations: z.array(z.object({ allocatedAmountSet: bag })),
  variant: z.object({ id: gid }).nullish(),
});
export type RemoteSaleLine = z.output<typeof saleLineSchema>;
const saleLinePage = z.object({ pageInfo, nodes: z.array(saleLineSchema) });
export const saleLinesSchema = z.object({ order: z.object({ lineItems: saleLinePage }).nullable() });

export const soldOrderSchema = z.object({
  id: gid,
  name: z.string(),
  processedAt: instant,
  test: z.boolean(),
  displayFinancialStatus: z.string().nullish(),
  transactions: z.array(
    z.object({
      id: gid,
      kind: z.string(),
      status: z.string(),
      processedAt: instant.nullish(),
      fees: z.array(z.object({ id: z.string(), type: z.string(), amount })),
    }),
  ),
  refunds: z.array(z.object({ id: gid, createdAt: instant.nullish(), totalRefundedSet: bag })),
  lineItems: saleLinePage,
});
export type RemoteSoldOrder = z.output<typeof soldOrderSchema>;

export const refundLineSchema = z.object({
  id: gid.nullish(),
  quantity: z.number().int(),
  subtotalSet: bag,
  lineItem: z.object({ id: gid, title: z.string(), sku: z.string().nullish(), variant: z.object({ id: gid }).nullish() }),
});
export type RemoteRefundLine = z.output<typeof refundLineSchema>;
export const refundLinesSchema = z.object({ refund: z.object({ refundLineItems: z.object({ pageInfo, nodes: z.array(refundLineSchema) }) }).nullable() });

export const variantSchema = z.object({
  id: gid,
  title: z.string(),
  sku: z.string().nullish(),
  barcode: z.string().nullish(),
  price: z.string(),
  compareAtPrice: z.string().nullish(),
  updatedAt: instant,
  product: z.object({
    id: gid,
    title: z.string(),
    status: z.string(),
    hasOnlyDefaultVariant: z.boolean(),
    onlineStoreUrl: z.string().nullish(),
    featuredMedia: z.object({ preview: z.object({ image: z.object({ url: z.string() }).nullish() }).nullish() }).nullish(),
  }),
  inventoryItem: z.object({
    id: gid,
    tracked: z.boolean(),
    inventoryLevel: z.object({ quantities: z.array(z.object({ name: z.string(), quantity: z.number().int() })) }).nullish(),
  }),
});
export type RemoteVariant = z.output<typeof variantSchema>;
export const variantsPageSchema = z.object({ productVariants: rawPage });

export const setStockSchema = z.object({ inventorySetQuantities: z.object({ userErrors }).nullable() });
export const activateSchema = z.object({ inventoryActivate: z.object({ inventoryLevel: z.object({ id: z.string() }).nullable(), userErrors }).nullable() });
export const setPricesSchema = z.object({
  productVariantsBulkUpdate: z.object({ productVariants: z.array(z.object({ id: gid })).nullish(), userErrors }).nullable(),
});

const bulkOperation = z.object({ id: gid, status: z.string() });
export const bulkRunSchema = z.object({ bulkOperationRunQuery: z.object({ bulkOperation: bulkOperation.nullable(), userErrors }).nullable() });
export const bulkStatusSchema = z.object({
  bulkOperation: bulkOperation
    .extend({
      createdAt: instant,
      errorCode: z.string().nullish(),
      objectCount: z.string(),
      rootObjectCount: z.string(),
      fileSize: z.string().nullish(),
      url: z.string().nullish(),
    })
    .nullable(),
});

export const subscriptionsSchema = z.object({
  webhookSubscriptions: z.object({ pageInfo, nodes: z.array(z.object({ id: gid, topic: z.string(), uri: z.string() })) }),
});
export const subscribeSchema = z.object({
  webhookSubscriptionCreate: z.object({ webhookSubscription: z.object({ id: gid }).nullable(), userErrors }).nullable(),
});
export const unsubscribeSchema = z.object({
  webhookSubscriptionDelete: z.object({ deletedWebhookSubscriptionId: z.string().nullable(), userErrors }).nullable(),
});
