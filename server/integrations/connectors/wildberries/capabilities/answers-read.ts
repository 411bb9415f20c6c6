import type { z } from "zod";
import { ConnectorError } from "../../../contract/errors";
import type { WildberriesClient } from "../client";
import { questionSchema, type RemoteQuestion, type RemoteReview, reviewSchema } from "../schemas";

/** @throws ConnectorError `not-found`, `malformed`. */
export async function readQuestion(client: WildberriesClient, id: string): Promise<RemoteQuestion> {
  return read(() => client.question(id), questionSchema, "/api/v1/question");
}

/** @throws ConnectorError `not-found`, `malformed`. */
export async function readReview(client: WildberriesClient, id: string): Promise<RemoteReview> {
  return read(() => client.review(id), reviewSchema, "/api/v1/feedback");
}

async function read<S extends z.ZodType>(ask: () => Promise<unknown>, schema: S, method: string): Promise<z.output<S>> {
  const parsed = schema.safeParse(await asked(ask));
  if (!parsed.success) throw new ConnectorError("malformed", undefined, { params: { method }, cause: parsed.error });
  return parsed.data;
}

/** An unknown id is refused with 422 "could not get by id", not 404. */
async function asked(ask: () => Promise<unknown>): Promise<unknown> {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof ConnectorError && error.httpStatus === 422) throw new ConnectorError("not-found", undefined, { cause: error, httpStatus: 422 });
    throw error;
  }
}
