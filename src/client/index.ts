/**
 * THE CALLER'S SIDE
 *
 * Owns: the typed TypeScript client of every face and endpoint, published as `entente/client`.
 * Does not own: what is asked or answered (faces/, planes/). `api.ts` is generated from the document that they make of
 * themselves (`npm run docs`), so the client cannot know what the server does not.
 * Imports nothing of the house: it runs wherever there is `fetch`.
 */
import type { components } from './api.ts'

export type { components, operations, paths } from './api.ts'
export { createEntenteClient, type EntenteClient, type EntenteClientOptions } from './client.ts'
export { dataOf, EntenteRefusal } from './refusal.ts'

/** A schema of the API by its name in the OpenAPI document: `Schema<'identity-providers.Provider'>`. */
export type Schema<Name extends keyof components['schemas']> = components['schemas'][Name]
