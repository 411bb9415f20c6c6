import { z } from "zod";

export const roleSchema = z.enum(["owner", "admin", "operator", "warehouse", "accountant", "read_only"]);
export type Role = z.infer<typeof roleSchema>;

export const conversationScopeSchema = z.enum(["all", "team", "own"]);
export type ConversationScope = z.infer<typeof conversationScopeSchema>;

export const permissionSchema = z.enum([
  "home.read",
  "inbox.read",
  "inbox.write",
  "inbox.own",
  "inbox.export",
  "inbox.manage",
  "guard.override",
  "replies.share",
  "automations.manage",
  "sales.read",
  "sales.export",
  "catalog.read",
  "catalog.write",
  "orders.read",
  "orders.write",
  "orders.export",
  "tokens.manage",
  "connections.read",
  "connections.manage",
  "sync.run",
  "jobs.read",
  "jobs.manage",
  "members.read",
  "members.manage",
  "owners.manage",
  "organizations.read",
  "organizations.manage",
  "workspace.read",
  "workspace.manage",
  "audit.read",
  "sessions.own",
  "profile.own",
  "notifications.own",
  "views.own",
  "views.share",
]);
export type Permission = z.infer<typeof permissionSchema>;

export const localeSchema = z.enum(["en", "ru", "uk", "tr"]);
export type Locale = z.infer<typeof localeSchema>;

/** An IANA zone this JavaScript engine knows. */
export const timeZoneSchema = z.string().max(64).refine(isTimeZone, "unknown time zone");

function isTimeZone(zone: string): boolean {
  try {
    return new Intl.DateTimeFormat("en", { timeZone: zone }).resolvedOptions().timeZone !== "";
  } catch {
    return false;
  }
}

/** Trimmed and lower-cased: the form in which addresses are stored and compared. */
export const emailSchema = z.string().trim().toLowerCase().max(254).pipe(z.email());

/** Long rather than ornate (NIST SP 800-63B); the upper bound keeps hashing cheap to ask for. */
export const PASSWORD_MIN = 10;
export const passwordSchema = z.string().min(PASSWORD_MIN).max(200);
const personNameSchema = z.string().trim().min(1).max(120);
const titleSchema = z.string().trim().min(1).max(120);
/** A person's own keys by shortcut id: pressed together with mod or shift among them, one after the other otherwise; none = switched off. */
export const shortcutMapSchema = z.record(z.string().max(60), z.array(z.string().max(20)).max(4));

export const okOutput = z.object({ ok: z.literal(true) });
export const createdOutput = z.object({ id: z.uuid() });

export const sessionMeOutput = z.object({
  userId: z.uuid(),
  memberId: z.uuid(),
  sessionId: z.uuid(),
  email: z.string(),
  name: z.string(),
  locale: localeSchema,
  role: roleSchema,
  conversationScope: conversationScopeSchema,
  permissions: z.array(permissionSchema),
  workspace: z.object({ id: z.uuid(), name: z.string(), locale: localeSchema, timeZone: z.string() }),
});

export const sessionListOutput = z.array(
  z.object({
    sessionId: z.uuid(),
    isCurrent: z.boolean(),
    createdAt: z.date(),
    lastSeenAt: z.date(),
    expiresAt: z.date(),
    ip: z.string().nullable(),
    userAgent: z.string().nullable(),
  }),
);
export const sessionEndInput = z.object({ sessionId: z.uuid() });
export const sessionEndOthersOutput = z.object({ ended: z.number().int() });
export const workspacesOfMineOutput = z.array(z.object({ id: z.uuid(), name: z.string(), role: roleSchema, isCurrent: z.boolean() }));
export const switchWorkspaceInput = z.object({ workspaceId: z.uuid() });

/** Sign-in goes through next-auth (`signIn("credentials", { email, password, redirect: false })`), not through tRPC. */
export const signInInput = z.object({ email: emailSchema, password: z.string().min(1).max(200), workspaceId: z.uuid().optional() });

/** What next-auth hands the sign-in form as `error`: a stable code, with seconds behind `auth.throttled`. */
export function parseSignInError(error: string): { code: string; retryAfterSeconds: number | null } {
  const [code = "internal", seconds] = error.split(":");
  return { code, retryAfterSeconds: seconds === undefined ? null : Number(seconds) };
}

export const setupStatusOutput = z.object({ isSetUp: z.boolean() });
export const organizationFields = {
  name: titleSchema,
  legalName: z.string().trim().max(200).nullable().default(null),
  taxId: z.string().trim().max(32).nullable().default(null),
  /** ISO 3166-1 alpha-2. */
  country: z
    .string()
    .regex(/^[A-Z]{2}$/)
    .default("RU"),
  /** ISO 4217. */
  currency: z
    .string()
    .regex(/^[A-Z]{3}$/)
    .default("RUB"),
  timeZone: timeZoneSchema.default("Europe/Moscow"),
};
export const createFirstOwnerInput = z.object({
  email: emailSchema,
  name: personNameSchema,
  password: passwordSchema,
  locale: localeSchema.default("en"),
  timeZone: timeZoneSchema.default("UTC"),
  workspaceName: titleSchema,
  organization: z.object(organizationFields),
});
export type CreateFirstOwnerInput = z.output<typeof createFirstOwnerInput>;

export const organizationSchema = z.object({
  id: z.uuid(),
  name: z.string(),
  legalName: z.string().nullable(),
  taxId: z.string().nullable(),
  country: z.string(),
  currency: z.string(),
  timeZone: z.string(),
  createdAt: z.date(),
  archivedAt: z.date().nullable(),
});
export const organizationListInput = z.object({ includeArchived: z.boolean().default(false) });
export const organizationListOutput = z.array(organizationSchema);
export const organizationCreateInput = z.object(organizationFields);
export const organizationUpdateInput = z.object({ organizationId: z.uuid(), ...organizationFields });
export const organizationRefInput = z.object({ organizationId: z.uuid() });

export const memberSchema = z.object({
  memberId: z.uuid(),
  userId: z.uuid(),
  name: z.string(),
  email: z.string(),
  role: roleSchema,
  conversationScope: conversationScopeSchema,
  createdAt: z.date(),
  disabledAt: z.date().nullable(),
  lastSeenAt: z.date().nullable(),
  isYou: z.boolean(),
});
export const memberListOutput = z.array(memberSchema);
export const memberUpdateInput = z.object({
  memberId: z.uuid(),
  role: roleSchema.optional(),
  conversationScope: conversationScopeSchema.optional(),
  isDisabled: z.boolean().optional(),
});

export const invitationStateSchema = z.enum(["pending", "accepted", "revoked", "expired"]);
export const invitationListOutput = z.array(
  z.object({
    invitationId: z.uuid(),
    email: z.string(),
    role: roleSchema,
    state: invitationStateSchema,
    invitedByName: z.string().nullable(),
    createdAt: z.date(),
    expiresAt: z.date(),
  }),
);
export const invitationCreateInput = z.object({ email: emailSchema, role: roleSchema });
/** `url` holds the token and is shown this once. */
export const invitationCreateOutput = z.object({ invitationId: z.uuid(), url: z.string(), expiresAt: z.date() });
export const invitationRefInput = z.object({ invitationId: z.uuid() });
const invitationToken = z.string().regex(/^[\w-]{43}$/);
export const invitationInspectInput = z.object({ token: invitationToken });
export const invitationInspectOutput = z.object({
  email: z.string(),
  role: roleSchema,
  workspaceId: z.uuid(),
  workspaceName: z.string(),
  /** The invited address already has an account: the form asks for its password and no name. */
  hasAccount: z.boolean(),
  expiresAt: z.date(),
});
/** `password` is a new one, or, when the address has an account, that account's. */
export const invitationAcceptInput = z.object({
  token: invitationToken,
  name: personNameSchema.optional(),
  password: z.string().min(1).max(200),
  locale: localeSchema.default("en"),
});
/** Sign in next with `email`, the same password and `workspaceId`. */
export const invitationAcceptOutput = z.object({ email: z.string(), workspaceId: z.uuid() });

export const workspaceSchema = z.object({ id: z.uuid(), name: z.string(), locale: localeSchema, timeZone: z.string(), createdAt: z.date() });
export const workspaceUpdateInput = z.object({ name: titleSchema, locale: localeSchema, timeZone: timeZoneSchema });

export const profileSchema = z.object({ email: z.string(), name: z.string(), locale: localeSchema });
export const profileUpdateInput = z.object({ name: personNameSchema, locale: localeSchema });
export const passwordChangeInput = z.object({ currentPassword: z.string().min(1).max(200), newPassword: passwordSchema });
export const passwordChangeOutput = z.object({ endedSessions: z.number().int() });

export const auditListInput = z.object({
  action: z.string().max(80).optional(),
  actorId: z.uuid().optional(),
  subjectType: z.string().max(40).optional(),
  subjectId: z.string().max(64).optional(),
  from: z.date().optional(),
  to: z.date().optional(),
  cursor: z.uuid().optional(),
  limit: z.number().int().min(1).max(200).default(50),
});
export const auditListOutput = z.object({
  entries: z.array(
    z.object({
      entryId: z.uuid(),
      at: z.date(),
      action: z.string(),
      actorKind: z.string(),
      actorId: z.string().nullable(),
      /** Null for the system and for people who are not members any more. */
      actorName: z.string().nullable(),
      subjectType: z.string().nullable(),
      subjectId: z.string().nullable(),
      details: z.record(z.string(), z.json()),
      ip: z.string().nullable(),
      requestId: z.string().nullable(),
    }),
  ),
  nextCursor: z.uuid().nullable(),
});
export type AuditListInput = z.output<typeof auditListInput>;
