import { z } from "zod";
import { ConnectorError } from "../../contract/errors";
import type { ConnectorContext } from "../../contract/ports";
import { type Call, type ClientContext, raw } from "./caller";
import { LINK_DOMAINS, MEDIA_GROUP } from "./endpoints";
import { yandexError } from "./errors";
import { instant, maybeText, word, wrapped } from "./schemas";

/** The realization report of one shop and month: asked for, waited for, fetched. */
const FILE_TIMEOUT_MS = 60_000;
const MAX_FILE_BYTES = 64 * 1024 * 1024;

const madeSchema = wrapped(z.object({ reportId: z.string().min(1) }));
const reportSchema = wrapped(z.object({ status: word, subStatus: maybeText, generationRequestedAt: instant, file: maybeText }));

export function reportCalls(call: Call, context: ClientContext & Pick<ConnectorContext, "baseUrl">) {
  return {
    /** @param month YYYY-MM, one that is over. Asking twice makes two reports, which does no harm. */
    makeReport(campaignId: string, month: string) {
      const [year, number] = month.split("-").map(Number);
      return call.json("makeReport", { query: { format: "JSON" }, body: { campaignId: raw(campaignId), year, month: number } }, madeSchema, "idempotent");
    },
    report: (reportId: string) => call.json("report", { reportId }, reportSchema),
    reportFile: (link: string) => reportFile(context, link),
  };
}

/**
 * The archive behind a link. The link itself is the right to read: the key stays at home.
 * @returns undefined when the link is no longer good.
 * @throws ConnectorError `yandex-market.report_host` for an address that is not the Market's.
 */
async function reportFile(context: ClientContext & Pick<ConnectorContext, "baseUrl">, link: string): Promise<Uint8Array | undefined> {
  const response = await context.http.send({
    method: "GET",
    path: "/report-file",
    link: ownLink(link, context.baseUrl),
    group: MEDIA_GROUP,
    repeatable: true,
    timeoutMs: FILE_TIMEOUT_MS,
    maxBytes: MAX_FILE_BYTES,
  });
  if (response.status >= 200 && response.status < 300) return response.body;
  if ([401, 403, 404, 410].includes(response.status)) return undefined;
  const { status, headers } = response;
  throw yandexError({ path: "report file", status, headers, body: response.text(), isWrite: false, now: context.clock.now() });
}

/** A link may lie with the service (also one at another address: the sandbox) or in a storage of Yandex. */
function ownLink(link: string, baseUrl: string): string {
  const target = URL.canParse(link) ? new URL(link) : undefined;
  const host = target?.hostname ?? "";
  const isYandex = target?.protocol === "https:" && LINK_DOMAINS.some((domain) => host === domain || host.endsWith(`.${domain}`));
  if (target === undefined || (!isYandex && target.origin !== new URL(baseUrl).origin)) {
    throw new ConnectorError("invalid", "yandex-market.report_host", { params: { host } });
  }
  return target.href;
}
