/**
 * The manifests face: documents `apiVersion/kind/metadata/spec`, and what no other page covers. Our native API.
 *
 * Owns: kinds/ (each kind's spec and its translation), reading.ts and writing.ts (the operations that all kinds share),
 * apply/ (many documents at once), schema/ (JSON Schema for editors).
 * Does not own: rules (registry/), the commands that call it (cli/).
 *
 * Kubernetes habits: lists with limit and continue, label selectors, resourceVersion, conditions, Status errors; JSON or
 * YAML both ways. A namespace is an organisation.
 *
 * Source: docs/sources/workforce-manifest.txt for the form; Kubernetes API conventions.
 */
import type { Face } from '../face.ts'
import { kinds } from './kinds/index.ts'
import { ROOT } from './reading.ts'
import { mountKinds } from './routes.ts'
import { mountSchema } from './schema/routes.ts'
import { toStatus } from './status.ts'

const NAME = 'manifests'

export const manifests: Face = {
  name: NAME,
  roots: [ROOT],
  about: 'Documents of every kind with apiVersion, kind, metadata and spec, as JSON or YAML; many at once by `apply`.',
  refuse: (refusal) => toStatus(refusal),
  mount: (deps) => async (app) => {
    // Beside the kinds, whose callers have to be known.
    await app.register(async (scope) => mountSchema(scope, deps, NAME, `${ROOT}/schema.json`))
    await app.register(async (scope) => mountKinds(scope, deps, NAME, kinds))
  },
}
