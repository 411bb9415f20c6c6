import { router } from "@/server/trpc/init";
import { auditRouter } from "./audit/router";
import { invitationRouter } from "./invitations/router";
import { memberRouter } from "./members/router";
import { organizationRouter } from "./organizations/router";
import { preferenceRouter } from "./preferences/router";
import { profileRouter } from "./profile/router";
import { sessionRouter } from "./sessions/router";
import { setupRouter } from "./setup/router";
import { workspaceRouter } from "./workspace/router";

/** Everything about people, rights and the tenant, one router a noun. */
export const accessRouter = router({
  setup: setupRouter,
  session: sessionRouter,
  members: memberRouter,
  invitations: invitationRouter,
  organizations: organizationRouter,
  workspace: workspaceRouter,
  profile: profileRouter,
  preferences: preferenceRouter,
  audit: auditRouter,
});
