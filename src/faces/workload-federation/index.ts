/**
 * The workload-federation face: providers, trusts, service principals and credentials in the wire form of the page.
 *
 * camelCase, always 200, wrapped objects, unset fields omitted, body update masks, google.rpc errors; a body may be empty
 * where nothing is needed. A request may spell paging parameters in snake_case or camelCase.
 *
 * Source: docs/sources/workload-federation.txt and its API's description.
 */
import type { Face } from '../face.ts'
import { providerOperations } from './providers.ts'
import { mountOperations } from './routes.ts'
import { servicePrincipalOperations } from './service-principals.ts'
import { trustOperations } from './trusts.ts'

const NAME = 'workload-federation'

export const workloadFederation: Face = {
  name: NAME,
  mount: (deps) => async (app) => {
    mountOperations(app, deps, NAME, [...providerOperations, ...trustOperations, ...servicePrincipalOperations])
  },
}
