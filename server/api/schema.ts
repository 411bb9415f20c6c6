import { z } from "zod";

/** What a token may do; each endpoint names one. Client-safe: no server code behind it. */
export const apiScopeSchema = z.enum([
  "orders:read",
  "sales:read",
  "products:read",
  "conversations:read",
  "integrations:read",
  "integrations:write",
  "integrations:sync",
]);

/** Requests a token may make in a minute. */
export const REQUESTS_A_MINUTE = 600;
export const IDEMPOTENT_HOURS = 24;

export const createTokenInput = z.object({
  name: z.string().trim().min(1).max(80),
  scopes: z.array(apiScopeSchema).min(1).max(apiScopeSchema.options.length),
  /** Null = until it is revoked. */
  expiresInDays: z.number().int().min(1).max(3_650).nullable().default(null),
});

export const apiTokenOutput = z.object({
  id: z.uuid(),
  name: z.string(),
  /** Its first characters; the rest is known to nobody but its holder. */
  prefix: z.string(),
  scopes: z.array(apiScopeSchema),
  createdBy: z.uuid(),
  /** Null = no member any more. */
  makerName: z.string().nullable(),
  /** Scopes its maker's role does not cover by now: the token is refused them. All of them once the maker is gone or disabled. */
  blockedScopes: z.array(apiScopeSchema),
  isMakerGone: z.boolean(),
  createdAt: z.date(),
  expiresAt: z.date().nullable(),
  lastUsedAt: z.date().nullable(),
  lastUsedIp: z.string().nullable(),
  revokedAt: z.date().nullable(),
});

/** The whole token, shown this once. */
export const createTokenOutput = z.object({ token: z.string(), created: apiTokenOutput });
export const listTokensOutput = z.object({ tokens: z.array(apiTokenOutput) });
export const revokeTokenInput = z.object({ apiTokenId: z.uuid() });

/** RFC 9457, with a code that stays. */
export const problemSchema = z.object({
  type: z.string().meta({ description: "Where the code is explained." }),
  title: z.string(),
  detail: z.string().optional().meta({ description: "Why, in a sentence, where the code alone does not tell." }),
  status: z.int(),
  code: z.string().meta({ description: "Stable; texts may change." }),
  requestId: z.string(),
  errors: z
    .array(z.object({ path: z.string(), code: z.string(), message: z.string() }))
    .optional()
    .meta({ description: "What is wrong with which field." }),
});

const referenceField = z.object({
  name: z.string(),
  place: z.enum(["path", "query", "body"]),
  isRequired: z.boolean(),
  type: z.string(),
  description: z.string().nullable(),
});
const apiReferenceSchema = z.array(
  z.object({
    id: z.string(),
    method: z.enum(["GET", "POST"]),
    path: z.string(),
    scope: apiScopeSchema,
    summary: z.string(),
    description: z.string().nullable(),
    fields: z.array(referenceField),
    answers: z.array(z.object({ status: z.number(), description: z.string() })),
  }),
);

export type ApiReference = z.infer<typeof apiReferenceSchema>;
export type ApiScope = z.infer<typeof apiScopeSchema>;
export type CreateTokenInput = z.infer<typeof createTokenInput>;
export type ApiTokenView = z.infer<typeof apiTokenOutput>;
export type Problem = z.infer<typeof problemSchema>;
