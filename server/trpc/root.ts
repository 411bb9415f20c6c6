import { accessRouter } from "@/server/access/router";
import { catalogRouter } from "@/server/catalog/router";
import { homeRouter } from "@/server/home/router";
import { inboxRouter } from "@/server/inbox/router";
import { integrationsRouter } from "@/server/integrations/router";
import { jobsRouter } from "@/server/jobs/router";
import { salesRouter } from "@/server/sales/router";
import { router } from "./init";

/** The whole API: one line a module, `server/<module>/router.ts` → `<module>Router`. */
export const appRouter = router({
  access: accessRouter,
  catalog: catalogRouter,
  home: homeRouter,
  inbox: inboxRouter,
  integrations: integrationsRouter,
  jobs: jobsRouter,
  sales: salesRouter,
});

export type AppRouter = typeof appRouter;
