/**
 * The workload-federation face: providers, trusts, service principals and credentials in the wire form of the page.
 *
 * camelCase, always 200, wrapped objects, unset fields omitted, body update masks, google.rpc errors; a body may be empty
 * where nothing is needed. A request may spell paging parameters in snake_case or camelCase.
 *
 * wire.ts                schemas: they validate, and make the OpenAPI document
 * translate.ts           to and from the registry's words; test-token.ts for the report of a tested token
 * providers.ts trusts.ts service-principals.ts credentials.ts callers.ts   the operations; ../google-rpc hangs them up, with
 *                        masks, pages and errors as this API has them
 *
 * Source: docs/sources/workload-federation.txt and its API's description.
 */
import type { Face } from '../face.ts'
import { toRpcError, type Words } from '../google-rpc/errors.ts'
import { mountOperations } from '../google-rpc/routes.ts'
import { callerOperations } from './callers.ts'
import { credentialOperations } from './credentials.ts'
import { providerOperations } from './providers.ts'
import { servicePrincipalOperations } from './service-principals.ts'
import { trustOperations } from './trusts.ts'

/** Core word → wire word; what is not here is spelt alike. */
const WORDS: Words = {
  issuer: 'issuerUrl',
  known: 'wellKnownProvider',
  condition: 'conditionExpression',
  provider: 'providerId',
  enabled: 'disabled',
  lifetimeSeconds: 'expires',
}

const NAME = 'workload-federation'
const ROOTS = ['/api/v1/workload_federation', '/api/v1/service_principals', '/api/v1/search/workload_federation_trusts']

export const workloadFederation: Face = {
  name: NAME,
  about: 'Issuers of workload tokens, service principals, and the trusts and credentials by which they act.',
  roots: ROOTS,
  refuse: (refusal) => toRpcError(refusal, { words: WORDS }),
  mount: (deps) => async (app) =>
    mountOperations(app, deps, {
      face: NAME,
      roots: ROOTS,
      words: WORDS,
      operations: [
        ...providerOperations,
        ...trustOperations,
        ...servicePrincipalOperations,
        ...credentialOperations,
        ...callerOperations,
      ],
    }),
}
