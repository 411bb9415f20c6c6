// A tried starting point for .dependency-cruiser.cjs: every rule has a name and severity error.
const TEST = "\\.(test|spec)\\.tsx?$|/testing/|^e2e/|^sandbox/";
/** domain modules = every folder of server/ that is not shared machinery */
const SHARED = "platform|trpc|integrations";
module.exports = {
  forbidden: [
    { name: "no-cycles", severity: "error", from: {}, to: { circular: true, viaOnly: { dependencyTypesNot: ["type-only"] } } },
    { name: "lib-is-a-leaf", severity: "error", from: { path: "^lib/" }, to: { path: "^(app|components|server|inngest|prisma|sandbox|cli|e2e)/" } },
    {
      name: "platform-knows-no-domain",
      severity: "error",
      from: { path: "^server/platform/" },
      to: { path: "^(server/(?!platform/)|app|components|inngest/(?!client\\.ts$)|sandbox|cli|e2e)" },
    },
    {
      name: "module-surface-only",
      comment: "cross-module imports go through the other module index.ts or schema.ts",
      severity: "error",
      from: { path: `^server/((?!(?:${SHARED})/)[^/]+)/`, pathNot: TEST },
      to: { path: `^server/(?!(?:${SHARED})/)[^/]+/`, pathNot: ["^server/$1/", "^server/[^/]+/(index|schema|events)\\.ts$"] },
    },
    {
      name: "tests-use-testing-surfaces",
      comment: "a test may build on another module's testing/ folder, and on nothing else inside it",
      severity: "error",
      from: { path: `^server/((?!(?:${SHARED})/)[^/]+)/.*(?:\\.test\\.ts$|/testing/)` },
      to: { path: `^server/(?!(?:${SHARED})/)[^/]+/`, pathNot: ["^server/$1/", "^server/[^/]+/(index|schema|events)\\.ts$", "^server/[^/]+/testing/"] },
    },
    {
      name: "integrations-surface-only",
      comment: "domains see integrations/index.ts and contract/ only",
      severity: "error",
      from: { path: "^(server/(?!integrations/|platform/|trpc/)|inngest/|cli/|app/)", pathNot: TEST },
      to: { path: "^server/integrations/", pathNot: ["^server/integrations/(index|schema|router|events)\\.ts$", "^server/integrations/contract/(?!testing/)"] },
    },
    {
      name: "integrations-know-no-domain",
      severity: "error",
      from: { path: "^server/integrations/", pathNot: TEST },
      to: { path: `^server/(?!(?:${SHARED})/)` },
    },
    {
      name: "contract-is-a-leaf",
      severity: "error",
      from: { path: "^server/integrations/contract/" },
      to: { path: "^server/", pathNot: ["^server/integrations/contract/", "^server/platform/(errors|clock)\\.ts$"] },
    },
    {
      name: "connector-is-an-island",
      comment: "a connector sees the contract, the platform HTTP kit, lib and itself; no db, no domain, no sibling",
      severity: "error",
      from: { path: "^server/integrations/connectors/([^/]+)/", pathNot: ["/sandbox/", TEST] },
      to: {
        path: "^(server|sandbox|app|components|inngest|prisma)/",
        pathNot: [
          "^server/integrations/connectors/$1/(?!sandbox/)",
          "^server/integrations/contract/(?!testing/)",
          "^server/platform/(http|crypto|errors|clock)",
        ],
      },
    },
    {
      name: "registry-is-the-only-list",
      severity: "error",
      from: { path: "^server/", pathNot: ["^server/integrations/registry\\.ts$", "^server/integrations/connectors/", TEST] },
      to: { path: "^server/integrations/connectors/" },
    },
    {
      name: "sandbox-never-ships",
      severity: "error",
      from: { path: "^(app|components|server|inngest|cli|lib)/", pathNot: ["/sandbox/", TEST] },
      to: { path: "(^|/)sandbox/" },
    },
    {
      name: "simulator-is-independent",
      comment: "a simulator that reuses the client schemas would share its mistakes",
      severity: "error",
      from: { path: "^server/integrations/connectors/([^/]+)/sandbox/" },
      to: { path: "^server/", pathNot: ["^server/integrations/connectors/$1/sandbox/"] },
    },
    {
      name: "routes-are-thin",
      comment: "route handlers reach trpc, inngest, and module surfaces only",
      severity: "error",
      from: { path: "^app/" },
      to: { path: "^server/", pathNot: ["^server/trpc/", "^server/[^/]+/(index|schema)\\.ts$", "^server/platform/(env|logger|errors|health)"] },
    },
    {
      name: "ui-sees-no-server",
      comment: "UI may import server types and client-safe schema.ts, nothing that runs",
      severity: "error",
      from: { path: "^components/" },
      to: { path: "^(server|inngest|prisma|sandbox|cli)/", pathNot: ["^server/[^/]+/schema\\.ts$"], dependencyTypesNot: ["type-only"] },
    },
    {
      name: "schema-is-client-safe",
      severity: "error",
      from: { path: "^server/[^/]+/schema\\.ts$" },
      to: {
        path: "^(server|inngest|prisma|node:|node_modules/(?!zod))",
        pathNot: ["^server/[^/]+/schema\\.ts$", "^node_modules/zod"],
        dependencyTypesNot: ["type-only"],
      },
    },
    { name: "primitives-know-no-feature", severity: "error", from: { path: "^components/ui/" }, to: { path: "^(components/(?!ui/)|server/)" } },
    {
      name: "feature-ui-surface-only",
      severity: "error",
      from: { path: "^components/((?!ui/|layout/|providers/)[^/]+)/" },
      to: { path: "^components/(?!ui/|layout/|providers/)[^/]+/", pathNot: ["^components/$1/", "^components/[^/]+/index\\.ts$"] },
    },
    {
      name: "prisma-stays-in-repositories",
      comment: "client and generated types are reached from repository files, platform, trpc context and integrations only",
      severity: "error",
      from: { path: `^(app|components|inngest|cli|server/(?!(?:${SHARED})/)[^/]+)/`, pathNot: ["(^|[/.])repository\\.ts$", TEST] },
      to: { path: "^server/platform/(db\\.ts|generated/)" },
    },
    {
      name: "rules-are-pure",
      severity: "error",
      from: { path: "/rules\\.ts$" },
      to: { path: "^server/", pathNot: ["/(rules|schema)\\.ts$", "^server/integrations/contract/"], dependencyTypesNot: ["type-only"] },
    },
    {
      name: "functions-call-modules-not-insides",
      severity: "error",
      from: { path: "^inngest/" },
      to: {
        path: "^server/",
        pathNot: ["^server/[^/]+/(index|schema|events)\\.ts$", "^server/platform/(logger|errors|env|shutdown)", "^server/integrations/contract/"],
      },
    },
    {
      name: "root-sees-only-routers",
      severity: "error",
      from: { path: "^server/trpc/", pathNot: TEST },
      to: { path: `^server/(?!(?:platform|trpc)/)`, pathNot: ["^server/[^/]+/router\\.ts$", "^server/access/index\\.ts$"] },
    },
    {
      name: "cli-uses-surfaces",
      severity: "error",
      from: { path: "^cli/" },
      to: {
        path: "^server/",
        pathNot: ["^server/[^/]+/(index|schema)\\.ts$", "^server/platform/", "^server/integrations/contract/(?!testing/)"],
        dependencyTypesNot: ["type-only"],
      },
    },
    {
      name: "sandbox-sees-only-simulators",
      severity: "error",
      from: { path: "^sandbox/" },
      to: { path: "^(server|app|components|inngest|cli|prisma)/", pathNot: ["^server/integrations/connectors/[^/]+/sandbox/"] },
    },
    { name: "nobody-imports-tests", severity: "error", from: { pathNot: TEST }, to: { path: "\\.(test|spec)\\.tsx?$|/testing/|^e2e/" } },
    {
      name: "server-knows-only-the-event-client",
      severity: "error",
      from: { path: "^server/", pathNot: TEST },
      to: { path: "^inngest/", pathNot: ["^inngest/client\\.ts$"] },
    },
    {
      name: "event-client-single-door",
      severity: "error",
      from: { path: "^server/", pathNot: ["^server/platform/events\\.ts$", TEST] },
      to: { path: "^inngest/client\\.ts$" },
    },
    {
      name: "event-client-is-a-leaf",
      severity: "error",
      from: { path: "^inngest/client\\.ts$" },
      to: { path: "^(server|app|components|inngest)/", pathNot: ["^server/[^/]+/events\\.ts$"] },
    },
    { name: "server-knows-no-ui", severity: "error", from: { path: "^(server|inngest|lib|sandbox|cli)/" }, to: { path: "^(app|components)/" } },
    {
      name: "mapper-is-pure",
      severity: "error",
      from: { path: "/connectors/[^/]+/(mapper|errors|webhook)\\.ts$" },
      to: { path: "/connectors/[^/]+/client\\.ts$|^server/platform/http" },
    },
    { name: "no-orphans", severity: "warn", from: { orphan: true, pathNot: ["\\.d\\.ts$", "(^|/)\\.[^/]+", "\\.config\\.", TEST] }, to: {} },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    tsPreCompilationDeps: true,
    // Not tsConfig: its path plugin treats the root as a base URL, and the package "inngest" would be taken for our folder of that name.
    webpackConfig: { fileName: ".dependency-cruiser.resolve.cjs" },
    includeOnly: "^(app|components|server|inngest|prisma|sandbox|cli|e2e|lib)/",
    enhancedResolveOptions: { exportsFields: ["exports"], conditionNames: ["import", "require", "node", "default", "types"] },
  },
};
