/** A moment as the search syntax takes it; quoted, or its colons would end the term. */
export const searchTime = (at: Date) => `'${at.toISOString().replace(/\.\d{3}Z$/, "Z")}'`;
