/**
 * The identity-providers face: every provider that people sign in with (OpenID Connect, GitHub, SAML), its mappers, what can
 * be read from somebody's discovery document or metadata, and our own SAML metadata, in the wire form of the page.
 *
 * snake_case, `alias`, PUT and PATCH, lists as `{items, total}` by `first` and `max`, errors `{detail: [{loc, msg, type}]}`.
 * A client secret is written and never shown: ten asterisks tell that there is one.
 *
 * *wire.ts               schemas: they validate, and make the OpenAPI document; words.ts names the settings in both tongues
 * translate.ts           to and from the registry's words; provider-change.ts for PUT and PATCH, mapper-form.ts for mappers
 * providers.ts mappers.ts import-config.ts   the operations; operation.ts says what one is, routes.ts hangs them up
 * upload/                files that come as multipart/form-data
 * keycloak/              what an export of Keycloak's says, in our words
 *
 * Source: docs/sources/identity-providers.txt; CONTRACT.md section 3.
 */
import type { Face } from '../face.ts'
import { toDetail } from './errors.ts'
import { importConfig } from './import-config.ts'
import { mapperOperations } from './mappers.ts'
import { providerOperations } from './providers.ts'
import { mountOperations } from './routes.ts'
import { ROOT } from './wire.ts'

const NAME = 'identity-providers'
const ROOTS = [ROOT]

export const identityProviders: Face = {
  name: NAME,
  about: 'Providers that people sign in with (OIDC, GitHub, SAML) and their mappers: snake_case, secrets masked.',
  roots: ROOTS,
  refuse: toDetail,
  mount: (deps) => async (app) =>
    mountOperations(app, deps, {
      face: NAME,
      roots: ROOTS,
      operations: [...providerOperations, ...mapperOperations, importConfig],
    }),
}
