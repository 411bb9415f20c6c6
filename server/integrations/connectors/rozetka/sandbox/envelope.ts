/** A refusal as the service words it; HTTP says 200 all the same. */
export class RozetkaError extends Error {
  constructor(
    readonly code: number,
    message: string,
    readonly details: unknown = null,
  ) {
    super(message);
  }

  body(): unknown {
    return { success: false, errors: { message: this.message, code: this.code, details: this.details } };
  }
}

/** `errors` that are a map by item instead of the usual three fields. */
export class ItemErrors extends Error {
  constructor(private readonly reasons: ReadonlyMap<number, readonly string[]>) {
    super("items");
  }

  body(): unknown {
    const entries = [...this.reasons].map(([id, value]) => [String(id), { reason: [{ id: 1, value }] }]);
    return { success: false, errors: Object.fromEntries(entries) };
  }
}

export const serverError = () => new RozetkaError(0, "server_error");
export const missing = (name: string) => new RozetkaError(1001, "required_parameter", [name]);
export const badFormat = (name: string) => new RozetkaError(1002, "incorrect_data_format", [name]);
export const badLogin = () => new RozetkaError(1004, "incorrect_username_password");
export const incorrect = (details: string) => new RozetkaError(1005, "check_correctness_of_data", details);
export const denied = () => new RozetkaError(1010, "access_denied");
export const entityNotFound = () => new RozetkaError(1019, "entity_not_found");
export const wrongToken = () => new RozetkaError(1020, "incorrect_access_token");
export const notAuthorised = () => new RozetkaError(5401, "invalid_credentials");
export const notFound = () => new RozetkaError(5404, "not_found");
export const maintenance = () => new RozetkaError(5503, "technical_maintenance");
export const sessionExpired = () => new RozetkaError(6001, "session_expired");

/** One page of a list with its `_meta`; an empty list has no pages. */
export function pageOf<T>(items: readonly T[], page: number, perPage: number): { readonly page: readonly T[]; readonly _meta: unknown } {
  const pageCount = Math.ceil(items.length / perPage);
  return { page: items.slice((page - 1) * perPage, page * perPage), _meta: { totalCount: items.length, pageCount, currentPage: page, perPage } };
}
