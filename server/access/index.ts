export { isPermitted } from "./permissions";
export type { ConversationScope, Permission, Role } from "./schema";
export { getSession, isSessionLive } from "./sessions/get-session";
export type { Actor, MemberSession } from "./sessions/session";
export { isSetUp } from "./setup/is-set-up";
export { createFirstOwner } from "./setup/create-first-owner";
export { authOptions } from "./sign-in/auth-options";
export { clientAddress } from "./sign-in/client-address";
