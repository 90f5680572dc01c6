/**
 * INWARD, OPERATORS
 *
 * Owns: the management APIs. Each face is a folder: wire schema (it validates and makes the OpenAPI document), pure
 * translation to and from the registry's words, error shape, routes.
 * Does not own: rules (registry/), callers and page tokens (http/), how tokens are judged (planes/).
 *
 * workload-federation   /api/v1/workload_federation/…, /api/v1/service_principals/…, /api/v1/search/workload_federation_trusts,
 *                       /api/v1/auth/introspect
 * step-up               /api/v1/step-up/…, /api/v1/search/step-up/…
 * iam-providers         /v1/regions/global/iam/providers…, /v1/regions/global/organizations…
 * identity-providers    /api/identity-providers…
 * manifests             /apis/entente.dev/v1/…
 *
 * conformance.ts is what every face must prove; faults.ts what faces refuse by themselves. A further face is a folder and
 * its line below.
 */
import type { FastifyInstance } from 'fastify'
import { type Face, type FaceDeps, refusalOf, type ShapedRefusal } from './face.ts'
import { iamProviders } from './iam-providers/index.ts'
import { identityProviders } from './identity-providers/index.ts'
import { manifests } from './manifests/index.ts'
import { stepUp } from './step-up/index.ts'
import { workloadFederation } from './workload-federation/index.ts'

export const faces: readonly Face[] = [workloadFederation, stepUp, iamProviders, identityProviders, manifests]

/** The faces as the OpenAPI document lists them. */
export const faceTags = faces.map(({ name, about }) => ({ name, description: about }))

/** Mounts every face in a scope of its own. */
export async function mountFaces(app: FastifyInstance, deps: FaceDeps): Promise<void> {
  for (const face of faces) await app.register(face.mount(deps))
}

/** The answer to a request that the server refuses before a route is found (a malformed address), in the face's shape; null outside the faces. */
export function refuseBeforeRouting(path: string, error: unknown): ShapedRefusal | null {
  const face = faces.find(({ roots }) => roots.some((root) => path === root || path.startsWith(`${root}/`)))
  return face === undefined ? null : face.refuse(refusalOf(error))
}
