/** Counts of unread notices stop here: the bell shows "99+". */
export const UNREAD_LIMIT = 100;

/** Which text of `notifications.text` tells a notice: `title` and `body` under this key. */
export function noticeTextKey<K extends string>(kind: K, params: { readonly actor?: string | undefined }): K | "assigned_by_rule" {
  return kind === "assigned" && params.actor === undefined ? "assigned_by_rule" : kind;
}
