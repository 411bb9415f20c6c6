import { accessRouter } from "@/server/access/router";
import { apiRouter } from "@/server/api/router";
import { catalogRouter } from "@/server/catalog/router";
import { deadlinesRouter } from "@/server/deadlines/router";
import { followUpsRouter } from "@/server/follow-ups/router";
import { homeRouter } from "@/server/home/router";
import { inboxRouter } from "@/server/inbox/router";
import { integrationsRouter } from "@/server/integrations/router";
import { jobsRouter } from "@/server/jobs/router";
import { moderationRouter } from "@/server/moderation/router";
import { notificationsRouter } from "@/server/notifications/router";
import { ordersRouter } from "@/server/orders/router";
import { repliesRouter } from "@/server/replies/router";
import { salesRouter } from "@/server/sales/router";
import { viewsRouter } from "@/server/views/router";
import { router } from "./init";

/** The whole API: one line a module, `server/<module>/router.ts` → `<module>Router`. */
export const appRouter = router({
  access: accessRouter,
  api: apiRouter,
  catalog: catalogRouter,
  deadlines: deadlinesRouter,
  followUps: followUpsRouter,
  home: homeRouter,
  inbox: inboxRouter,
  integrations: integrationsRouter,
  jobs: jobsRouter,
  moderation: moderationRouter,
  notifications: notificationsRouter,
  orders: ordersRouter,
  replies: repliesRouter,
  sales: salesRouter,
  views: viewsRouter,
});

export type AppRouter = typeof appRouter;
