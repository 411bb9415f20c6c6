import { redirect } from "next/navigation";
import type { MemberSession } from "@/server/access/index";
import { defaultQuery } from "@/server/views/index";
import type { ViewPage } from "@/server/views/schema";

/** What Next gives a page for its address. */
export type Search = Promise<Readonly<Record<string, string | readonly string[] | undefined>>>;

/** A bare address opens with the person's own view of the page; one that says anything means just that. */
export async function openDefaultView(session: MemberSession, page: ViewPage, search: Search): Promise<void> {
  if (Object.keys(await search).length > 0) return;
  const query = await defaultQuery(session, page);
  if (query !== null) redirect(`/${page}?${query}`);
}
