/**
 * The sizes of this room's fields, in one place. Texts are counted in characters (code points), lists in items.
 * Where a source page or CONTRACT.md names a number it holds; the others keep a record small enough to be read on every exchange.
 */

/** A line of a list. Source: the common limit for display names in the source pages' family (1–255). */
export const DISPLAY_NAME_CHARACTERS = 255

/** A paragraph; longer texts belong into a document that it links to. */
export const DESCRIPTION_CHARACTERS = 2048

/** No browser and few servers take longer URLs; a SPIFFE ID has the same bound (SPIFFE-ID section 2). */
export const ISSUER_CHARACTERS = 2048

/** Roles travel in every token: 64 of 63 characters stay below 5 KiB. */
export const ROLES = 64

/** Source: workload-federation documentation, allow_source_cidrs. */
export const SOURCE_CIDRS = 32

/** Claims travel in every token likewise; 32 are more than any known source has worth passing on. */
export const PASSTHROUGH_CLAIMS = 32

/** Namespaced claim names are URLs, the longest in use have about 80 characters. */
export const CLAIM_NAME_CHARACTERS = 256

/** Targets of one job; more of them deserve a trust of their own. */
export const RESOURCES = 32
export const RESOURCE_CHARACTERS = 2048

export const SCOPES = 64
export const SCOPE_CHARACTERS = 256

/** Source: Kubernetes, "Labels and Selectors"; the number is ours. */
export const LABELS = 64

/** Source: CONTRACT.md section 6. */
export const TOKEN_LIFETIME_SECONDS = { least: 300, most: 3600 } as const

const DAY_SECONDS = 86_400

/** Source: wire.md section 1.4 for the most; a quarter is what most rotation rules ask for. */
export const CREDENTIAL_LIFETIME_SECONDS = { least: 1, usual: 90 * DAY_SECONDS, most: 180 * DAY_SECONDS } as const

/** Settings of an organisation, as JSON text: branding, levels and session rules need a few kilobytes. */
export const ORGANISATION_SETTINGS_CHARACTERS = 65_536

/** How many trusts `provider.has_trusts` lists: enough to act on, small enough for one answer. */
export const LISTED_TRUSTS = 50

/** Domains of one provider: a large company has some dozens. */
export const DOMAINS = 100

/** Mappers of one provider; each runs at a sign-in. */
export const MAPPERS = 100

/** Redirect URIs of one app: every stage and every country of it. */
export const APP_URIS = 100
export const URI_CHARACTERS = 2048

/** Providers, and organisations, that one app names; who needs more serves all. */
export const ALLOWED_PROVIDERS = 200

/** Groups of one person travel in their tokens; large companies have people in several hundred. */
export const GROUPS = 500
export const GROUP_CHARACTERS = 256

/** Ways in of one person. */
export const LINKS = 50

/** Source: RFC 5321 §4.5.3.1.3, less the angle brackets. */
export const EMAIL_CHARACTERS = 254

/** Source: OpenID Connect Core §2 for `sub`, and Entra's `{tid}/{oid}` fits. */
export const SUBJECT_CHARACTERS = 255

/** Client secrets in use have up to some hundred characters. */
export const SECRET_CHARACTERS = 4096

/** A sentence that a person reads before they prove themselves, and an auditor afterwards. */
export const REASON_CHARACTERS = 512

/** Names of tasks in the caller's own world. */
export const TASK_CHARACTERS = 256

/** How old a proof may be at most: after a day it proves nothing of today. Units: seconds */
export const PROOF_AGE_SECONDS = 86_400

/** Long enough to sign in, find a phone and prove oneself; too short for a link to lie about. Units: seconds */
export const STEP_UP_SECONDS = 900
