import type { SimulatorHost } from "@/sandbox/kit";
import type { Random } from "@/sandbox/kit/random";
import { ChatStore } from "./chats";
import { EntryStore, type Question, type Review } from "./feedback";
import { Ledger } from "./ledger";
import { PostingStore } from "./postings";

type Subscription = "UNSPECIFIED" | "PREMIUM" | "PREMIUM_LITE" | "PREMIUM_PLUS" | "PREMIUM_PRO";

interface Role {
  name: string;
  /** Path prefixes the role opens. */
  methods: string[];
}

export interface ApiKey {
  value: string;
  expiresAtMs: number;
  deactivated: boolean;
  roles: Role[];
  /** Addresses the key is restricted to; null for any. */
  allowedIps: string[] | null;
}

export interface Product {
  productId: number;
  sku: number;
  offerId: string;
  name: string;
  /** Kopecks. */
  priceMinor: number;
  oldPriceMinor: number;
  fboStock: number;
  /** Free pieces in the seller's first warehouse: what is reserved is not among them. */
  fbsStock: number;
  /** Free pieces in further warehouses, by id. */
  moreStock?: Record<string, number>;
  /** When its stock was last set, by warehouse, and when its price was. */
  stockSetAtMs?: Record<string, number>;
  priceSetAtMs?: number[];
  archived: boolean;
  ratioBp: number;
}

export interface PushEndpoint {
  id: number;
  url: string;
  types: string[];
  enabled: boolean;
  createdAtMs: number;
  /** Why the service itself stopped calling, or null. */
  suspended: string | null;
  answers: { ok: boolean; ms: number; type: string; atMs: number }[];
  badDays: number;
  availability: "AVAILABLE" | "UNSTABLE" | "UNAVAILABLE";
  availabilityAtMs: number;
  unreachableSinceMs: number | null;
  failingSinceMs: number | null;
}

/** Places where the documents contradict themselves or stay silent; a test may switch each of them. */
interface Quirks {
  /** Message ids as bare JSON numbers (the schema) instead of strings (the samples). */
  unquotedIds: boolean;
  /** `has_next` of the chat list as "true"/"false" (the sample) instead of a boolean (the schema). */
  hasNextAsString: boolean;
  /** `from_message_id` itself is left out of the history page instead of opening it. */
  historyFromExclusive: boolean;
  /** accrual/by-day gives a last_id on its last page too; the page after it is empty. */
  lastIdOnLastPage: boolean;
  /** A comment still with the moderators is listed too (its fields say so) instead of hidden until they decide (the description says so). */
  pendingCommentsListed: boolean;
  /** HTTP status of a wrong key: 403 (documents) or 404 (met by live clients). */
  invalidKeyStatus: number;
}

export interface Seller {
  clientId: string;
  companyName: string;
  inn: string;
  subscription: Subscription;
  offerSigned: boolean;
  keys: ApiKey[];
  products: Product[];
  chats: ChatStore;
  postings: PostingStore;
  ledger: Ledger;
  questions: EntryStore<Question>;
  reviews: EntryStore<Review>;
  /** The "Review management" subscription, which no method tells of. */
  reviewManagement: boolean;
  /** How long moderators take on average; null = until the desk decides. */
  moderationSeconds: number | null;
  endpoints: PushEndpoint[];
  quirks: Quirks;
  /** 0 switches the limit off (only the benchmarks do). */
  requestsPerSecond: number;
  /** Accruals on one page of by-day. */
  accrualPageSize: number;
  /** The same pair of product and warehouse is set once in so many seconds. */
  stockPairSeconds?: number;
  warehouses?: Warehouse[];
}

export interface Warehouse {
  id: number;
  name: string;
  isRfbs: boolean;
}

export interface StoredFile {
  clientId: string;
  name: string;
  contentType: string;
  bytes: Uint8Array;
}

export interface OzonState {
  host: SimulatorHost;
  random: Random;
  sellers: Map<string, Seller>;
  files: Map<string, StoredFile>;
  /** Called after a message of ours arrived; the live buyers listen here. */
  onSellerMessage: (seller: Seller, chatId: string) => void;
  /** Called after an answer or comment of ours arrived. */
  onSellerReply: (seller: Seller, entryId: string) => void;
  /** Called at each authorised call. */
  onApiUse: () => void;
  nextEndpointId: number;
  lastMessageId: bigint;
}

const DAY_MS = 86_400_000;

const ALL_METHODS = [
  "/v1/roles",
  "/v1/seller",
  "/v3/chat",
  "/v1/chat",
  "/v2/chat",
  "/v1/notification",
  "/v4/posting",
  "/v3/posting",
  "/v1/finance",
  "/v2/finance",
  "/v3/product",
  "/v2/posting",
  "/v2/fbs/posting",
  "/v2/product",
  "/v2/products",
  "/v1/product",
  "/v2/warehouse",
  "/v1/question",
  "/v1/review",
  "/v2/review",
];

/** The roles a key can be made with; the names are the documented style, the prefixes cover what is simulated. */
export const ROLES: Record<string, Role> = {
  admin: { name: "Admin", methods: ALL_METHODS },
  chats: { name: "Chat", methods: ["/v3/chat", "/v1/chat", "/v2/chat"] },
  posting: { name: "Posting FBS", methods: ["/v4/posting/fbs", "/v3/posting/fbs", "/v2/posting/fbs", "/v2/fbs/posting"] },
  fbo: { name: "Posting FBO", methods: ["/v3/posting/fbo"] },
  finance: { name: "Finance", methods: ["/v1/finance", "/v2/finance"] },
  product: { name: "Product", methods: ["/v3/product", "/v2/product", "/v2/products", "/v1/product", "/v2/warehouse"] },
  question: { name: "Questions & Answers", methods: ["/v1/question"] },
  review: { name: "Review", methods: ["/v1/review", "/v2/review"] },
  seller: { name: "Seller info", methods: ["/v1/seller"] },
  notification: { name: "Notification", methods: ["/v1/notification"] },
};

export function createSeller(input: { clientId: string; apiKey: string; nowMs: number } & Partial<Seller> & { keyDays?: number }): Seller {
  const { apiKey, nowMs, keyDays, ...given } = input;
  return {
    companyName: "ООО «Уютный дом»",
    inn: "7701234567",
    subscription: "PREMIUM_PLUS",
    offerSigned: true,
    keys: [
      {
        value: apiKey,
        expiresAtMs: nowMs + (keyDays ?? 80) * DAY_MS,
        deactivated: false,
        roles: [ROLES["admin"] ?? { name: "Admin", methods: ALL_METHODS }],
        allowedIps: null,
      },
    ],
    products: [],
    chats: new ChatStore(),
    postings: new PostingStore(),
    ledger: new Ledger(),
    questions: new EntryStore<Question>(),
    reviews: new EntryStore<Review>(),
    reviewManagement: true,
    moderationSeconds: null,
    endpoints: [],
    quirks: {
      unquotedIds: false,
      hasNextAsString: false,
      historyFromExclusive: false,
      lastIdOnLastPage: false,
      pendingCommentsListed: false,
      invalidKeyStatus: 403,
    },
    requestsPerSecond: 50,
    accrualPageSize: 1_000,
    ...given,
  };
}

/** Message ids grow with time and are unique: 3.0e18 + microseconds, bumped when two fall together. */
export function nextMessageId(state: OzonState, atMs: number): string {
  const wanted = messageIdAt(atMs);
  state.lastMessageId = wanted > state.lastMessageId ? wanted : state.lastMessageId + 1n;
  return state.lastMessageId.toString();
}

export function messageIdAt(atMs: number): bigint {
  return 3_000_000_000_000_000_000n + BigInt(Math.floor(atMs)) * 1_000n;
}
