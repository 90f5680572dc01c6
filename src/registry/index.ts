/**
 * WHAT WE TRUST
 *
 * Owns: the records (organisations, providers, service principals, credentials, trusts), their rules, the use cases that
 * make, change and remove them, the ports they need, and what is known about well-known sources (known/).
 * Does not own: how callers speak (faces/), how a protocol asks its upstream (protocols/), where records lie (storage/),
 * what a condition means (claims/).
 *
 * Every change is one transaction with its audit row; every object of another organisation answers like one that does not
 * exist; a change merges, it never erases what the caller did not see.
 *
 * Source: DESIGN.md sections 1 and 2; the pages under docs/sources/.
 */
export {}
