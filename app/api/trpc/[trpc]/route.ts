import { serveTrpc } from "@/server/trpc/serve";

export const dynamic = "force-dynamic";

export { serveTrpc as GET, serveTrpc as POST };
