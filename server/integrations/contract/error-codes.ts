/** One code as the catalogue of errors shows it; its sentence, cause and remedy are texts of `messages/`. */
export interface ErrorCode {
  /** The service's own words or codes it is known by, as its documentation quotes them. */
  readonly says?: readonly string[] | undefined;
  /** HTTP status it comes with, where that is always the same. */
  readonly status?: number | undefined;
  /** Explained by another code of the same namespace, or by one of the shared explanations. Absent = it has its own. */
  readonly like?: string | undefined;
}

/** Codes without their namespace, `key_invalid` for `ozon.key_invalid`. */
export type ErrorCodes = Readonly<Record<string, ErrorCode>>;
