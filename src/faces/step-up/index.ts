/**
 * The step-up face: providers of a fresh, stronger proof, and the transactions in which one was asked for, in the wire form
 * of the page.
 *
 * camelCase, always 200, wrapped objects, unset fields omitted, body update masks (by POST on the object), google.rpc
 * errors; null counts as unset, and a body may be empty where nothing is needed. A client secret is written at creation
 * and by its own call, and never shown. Test begins a
 * transaction and answers where a browser takes it.
 *
 * wire.ts                schemas: they validate, and make the OpenAPI document
 * translate.ts           to and from the registry's words; provider-change.ts for masks and the one block of settings
 * providers.ts transactions.ts   the operations; ../google-rpc hangs them up, with masks, pages and errors as this API has them
 *
 * Source: docs/sources/step-up.txt and its API's description.
 */
import type { Face } from '../face.ts'
import { toRpcError } from '../google-rpc/errors.ts'
import { mountOperations } from '../google-rpc/routes.ts'
import { providerOperations } from './providers.ts'
import { transactionOperations } from './transactions.ts'
import { WORDS } from './translate.ts'

const NAME = 'step-up'
const ROOTS = ['/api/v1/step-up', '/api/v1/search/step-up']

export const stepUp: Face = {
  name: NAME,
  about: 'Providers of a fresh, stronger proof, and the transactions that asked for one.',
  roots: ROOTS,
  refuse: (refusal) => toRpcError(refusal, { words: WORDS }),
  mount: (deps) => async (app) =>
    mountOperations(app, deps, {
      face: NAME,
      roots: ROOTS,
      words: WORDS,
      operations: [...providerOperations, ...transactionOperations],
    }),
}
