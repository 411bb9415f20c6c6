import { createTRPCClient, httpLink } from "@trpc/client";
import superjson from "superjson";
import type { AppRouter } from "@/server/trpc/root";
import { signIn } from "./sign-in";

export type Api = ReturnType<typeof createTRPCClient<AppRouter>>;

/** Karavan's API as a signed-in browser reaches it. */
export async function openApi(url: string, account: { readonly email: string; readonly password: string }): Promise<Api> {
  const cookie = await signIn(url, account);
  return createTRPCClient<AppRouter>({ links: [httpLink({ url: `${url}/api/trpc`, transformer: superjson, headers: { cookie } })] });
}

/** For what needs no session: accepting an invitation. */
export function openPublicApi(url: string): Api {
  return createTRPCClient<AppRouter>({ links: [httpLink({ url: `${url}/api/trpc`, transformer: superjson })] });
}
