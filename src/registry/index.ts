/**
 * WHAT WE TRUST
 *
 * Owns: organisations, providers, service principals, credentials and trusts; their rules; the use cases that make, change
 * and remove them; the ports they need; what is known about well-known sources (known/).
 * Does not own: how callers speak (faces/), how a protocol asks its upstream (protocols/), where records lie (storage/),
 * what a condition means (claims/). Knows no HTTP, SQL, framework or clock.
 *
 * Every change is one transaction with its audit row. Every object of another organisation answers like one that does not
 * exist. A change merges: it never erases what the caller did not see. Nobody opens a road to roles above their own.
 *
 * providers.ts, service-principals.ts, credentials.ts, trusts.ts, organisations.ts   use cases
 * provider-rules.ts, trust-rules.ts, issuer.ts, roles.ts, names.ts, texts.ts, limits.ts   rules
 * audience.ts, cutename.ts, exchange-subject.ts   the names in a token request, and what they stand for
 * registry.ts   what the use cases are given; drafts.ts   what a face asks for; *-store.ts, protocol.ts   ports
 * Source: DESIGN.md sections 1 and 2; CONTRACT.md sections 2 to 5; the pages under docs/sources/.
 */
export {}
