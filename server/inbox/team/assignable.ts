import { isPermitted } from "@/server/access/index";
import { type Role, roleSchema } from "@/server/access/schema";

/** Roles that may answer buyers: only they are given conversations. */
export function assignableRoles(): Role[] {
  return roleSchema.options.filter((role) => isPermitted(role, "inbox.write"));
}

/** Roles that may read the inbox: they can be mentioned. */
export function readingRoles(): Role[] {
  return roleSchema.options.filter((role) => isPermitted(role, "inbox.read"));
}
