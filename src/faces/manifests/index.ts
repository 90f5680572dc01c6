/**
 * The manifests face: documents `apiVersion/kind/metadata/spec`, and what no other page covers. Our native API.
 *
 * Kubernetes habits: lists with limit and continue, label selectors, Status errors; JSON or YAML both ways. A namespace is
 * an organisation. In this version: Organization (list, get, create) and Decision (list, get).
 *
 * Source: docs/sources/workforce-manifest.txt for the form; Kubernetes API conventions.
 */
import type { Face } from '../face.ts'
import { API_VERSION } from './kind.ts'
import { kinds } from './kinds/index.ts'
import { mountKinds } from './routes.ts'
import { toStatus } from './status.ts'

const NAME = 'manifests'

export const manifests: Face = {
  name: NAME,
  roots: [`/apis/${API_VERSION}`],
  refuse: toStatus,
  mount: (deps) => async (app) => mountKinds(app, deps, NAME, kinds),
}
