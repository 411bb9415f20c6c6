export { isPermitted } from "./permissions";
export type { Permission } from "./schema";
export { getSession, isSessionLive } from "./sessions/get-session";
export type { Actor, MemberSession } from "./sessions/session";
export { createFirstOwner } from "./setup/create-first-owner";
export { isSetUp } from "./setup/is-set-up";
export { authOptions } from "./sign-in/auth-options";
export { clientAddress } from "./sign-in/client-address";
export { maySee, type Place, toViewer, type Viewer, viewerOf } from "./viewer";
