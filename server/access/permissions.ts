import type { Permission, Role } from "./schema";

/**
 * The one table of who may do what. Every tRPC procedure names a permission from here (server/trpc/procedures.ts), and the
 * generated isolation test compares each procedure with this table for each role.
 */
const EVERYBODY = [
  "home.read",
  "sessions.own",
  "profile.own",
  "notifications.own",
  "views.own",
  "workspace.read",
  "organizations.read",
  "members.read",
  "catalog.read",
] as const satisfies readonly Permission[];

/** What an operator answers buyers with: the inbox, and the state of the connections the messages come through. No revenue. */
const OPERATOR = [
  ...EVERYBODY,
  "inbox.read",
  "inbox.own",
  "inbox.write",
  "inbox.export",
  "orders.read",
  "orders.write",
  "connections.read",
  "sync.run",
] as const satisfies readonly Permission[];

/** Goods and orders; neither buyers' letters nor money. */
const WAREHOUSE = [
  ...EVERYBODY,
  "orders.read",
  "orders.write",
  "orders.export",
  "catalog.write",
  "connections.read",
  "sync.run",
] as const satisfies readonly Permission[];

/** Money: sales with export, and fetching them again. */
const ACCOUNTANT = [
  ...EVERYBODY,
  "orders.read",
  "orders.export",
  "sales.read",
  "sales.export",
  "connections.read",
  "sync.run",
] as const satisfies readonly Permission[];

/** Looks at everything operational, takes nothing out, changes nothing. */
const READ_ONLY = [...EVERYBODY, "inbox.read", "inbox.own", "orders.read", "sales.read", "connections.read"] as const satisfies readonly Permission[];

const ADMIN = [
  ...EVERYBODY,
  "inbox.read",
  "inbox.own",
  "inbox.write",
  "inbox.export",
  "inbox.manage",
  "views.share",
  "guard.override",
  "replies.share",
  "automations.manage",
  "sales.read",
  "sales.export",
  "orders.read",
  "orders.write",
  "orders.export",
  "catalog.write",
  "connections.read",
  "connections.manage",
  "tokens.manage",
  "sync.run",
  "jobs.read",
  "jobs.manage",
  "members.manage",
  "organizations.manage",
  "workspace.manage",
  "audit.read",
] as const satisfies readonly Permission[];

/** An owner may also make and unmake owners. */
const OWNER = [...ADMIN, "owners.manage"] as const satisfies readonly Permission[];

const TABLE: Readonly<Record<Role, ReadonlySet<Permission>>> = {
  owner: new Set<Permission>(OWNER),
  admin: new Set<Permission>(ADMIN),
  operator: new Set<Permission>(OPERATOR),
  warehouse: new Set<Permission>(WAREHOUSE),
  accountant: new Set<Permission>(ACCOUNTANT),
  read_only: new Set<Permission>(READ_ONLY),
};

export function isPermitted(role: Role, permission: Permission): boolean {
  return TABLE[role].has(permission);
}

/** Everything the role may do, in the order of the table. */
export function permissionsOf(role: Role): Permission[] {
  return [...TABLE[role]];
}
