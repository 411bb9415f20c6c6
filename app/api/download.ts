import { createTranslator } from "next-intl";
import { isLocale } from "@/lib/i18n/locales";
import { loadMessages } from "@/lib/i18n/messages";
import { getSession, isPermitted, type MemberSession, type Permission } from "@/server/access/index";
import { withRequestId } from "@/server/platform/logger";
import { problem, problemOf } from "./problem";

interface Download {
  readonly fileName: string;
  readonly contentType: string;
  readonly body: ReadableStream<Uint8Array>;
}

/** The words of an export in the person's language, by their keys below a prefix of one namespace. */
export interface ExportTexts {
  text(key: string): string;
  named<K extends string>(keys: readonly K[], prefix: string): Record<K, string>;
}

/** A route that gives a file to whoever may have it; everything else is a problem document. */
export async function download<Q>(
  request: Request,
  permission: Permission,
  query: { safeParse(value: unknown): { readonly success: true; readonly data: Q } | { readonly success: false } },
  make: (session: MemberSession, query: Q) => Promise<Download>,
): Promise<Response> {
  const session = await getSession(request.headers);
  if (session === null) return problem(401, "access.signed_out");
  if (!isPermitted(session.role, permission)) return problem(403, "access.forbidden");
  const parsed = query.safeParse(Object.fromEntries(new URL(request.url).searchParams));
  if (!parsed.success) return problem(400, "input.invalid");
  return withRequestId(request.headers.get("x-request-id"), async () => {
    try {
      const { fileName, contentType, body } = await make(session, parsed.data);
      return new Response(body, {
        headers: {
          "content-type": contentType,
          "content-disposition": `attachment; filename="${fileName}"`,
          "cache-control": "no-store",
          "x-content-type-options": "nosniff",
        },
      });
    } catch (error) {
      return problemOf(error);
    }
  });
}

export async function exportTexts(wanted: string, namespace: string): Promise<ExportTexts> {
  const locale = isLocale(wanted) ? wanted : "en";
  const t = createTranslator({ locale, messages: await loadMessages(locale), namespace });
  return {
    text: (key) => t(key),
    named: <K extends string>(keys: readonly K[], prefix: string) => Object.fromEntries(keys.map((key) => [key, t(`${prefix}.${key}`)])) as Record<K, string>,
  };
}
