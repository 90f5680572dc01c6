/**
 * INWARD, OPERATORS
 *
 * Owns: the management APIs. Each face is a folder: wire schema (it validates and makes the OpenAPI document), pure
 * translation to and from the registry's words, error shape, routes.
 * Does not own: rules (registry/), callers and page tokens (http/), how tokens are judged (planes/).
 *
 * workload-federation   /api/v1/workload_federation/…, /api/v1/service_principals/…, /api/v1/search/workload_federation_trusts
 * manifests             /apis/entente.dev/v1/…
 *
 * A further face is a folder and its line below.
 */
import type { FastifyInstance } from 'fastify'
import type { Face, FaceDeps } from './face.ts'
import { manifests } from './manifests/index.ts'
import { workloadFederation } from './workload-federation/index.ts'

export const faces: readonly Face[] = [workloadFederation, manifests]

/** Mounts every face in a scope of its own. */
export async function mountFaces(app: FastifyInstance, deps: FaceDeps): Promise<void> {
  for (const face of faces) await app.register(face.mount(deps))
}
