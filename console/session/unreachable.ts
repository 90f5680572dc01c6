/**
 * Whether nobody answered: what `fetch` and `import()` throw then is a TypeError, like many a fault of our own, and only its
 * sentence tells: "Failed to fetch", "Load failed", "NetworkError when attempting to fetch resource".
 */
export function isUnreachable(error: unknown): boolean {
  return error instanceof TypeError && /fetch|load|network/i.test(error.message)
}

/** What people are told of it. */
export const UNREACHABLE = 'The server could not be reached.'
