/**
 * The iam-providers face: OpenID Connect providers that people sign in with, and the organizations that own them, in the
 * wire form of the page.
 *
 * camelCase, plain partial PATCH, `orgId` for operators, lists by offset and total or by page token, errors whose code is
 * the HTTP status. A client secret is written and never shown. SAML, GitHub (OAuth 2.0), step-up and workload providers
 * are not there for this face.
 *
 * wire.ts                schemas: they validate, and make the OpenAPI document
 * translate.ts           to and from the registry's words; tenant-domain.ts for the one domain of many that the page has
 * named-organisation.ts  `orgId`, which may stand in the body
 * providers.ts organizations.ts   the operations; operation.ts says what one is, routes.ts hangs them up
 *
 * Source: docs/sources/iam-providers.txt and the conventions of its API.
 */
import type { Face } from '../face.ts'
import { toIamError } from './errors.ts'
import { organizationOperations } from './organizations.ts'
import { providerOperations } from './providers.ts'
import { mountOperations } from './routes.ts'
import { ORGANIZATIONS, PROVIDERS } from './wire.ts'

const NAME = 'iam-providers'
const ROOTS = [PROVIDERS, ORGANIZATIONS]

export const iamProviders: Face = {
  name: NAME,
  about: 'OpenID Connect providers that people sign in with, and organizations: camelCase, plain PATCH, `selfLink`.',
  roots: ROOTS,
  refuse: toIamError,
  mount: (deps) => async (app) =>
    mountOperations(app, deps, {
      face: NAME,
      roots: ROOTS,
      operations: [...providerOperations, ...organizationOperations],
    }),
}
