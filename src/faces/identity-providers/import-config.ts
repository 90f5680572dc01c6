/** Reads somebody's discovery document, metadata or export as configuration; stores nothing. Source: CONTRACT.md section 3. */
import type { Static } from 'typebox'
import type { Json } from '../../json.ts'
import type { ImportedSettings } from '../../registry/protocol.ts'
import { type FaceDeps, WireFaults } from '../face.ts'
import { Imported, ImportFile, ImportFromUrl } from './import-wire.ts'
import { readKeycloakExport } from './keycloak/read-export.ts'
import { operationWithBody } from './operation.ts'
import { NoQuery, ROOT } from './wire.ts'
import { OIDC_WORDS, SAML_WORDS } from './words.ts'

export const importConfig = operationWithBody(
  {
    id: 'import_identity_provider_config',
    summary:
      'Read OIDC discovery, SAML metadata or providers exported from Keycloak as configuration; nothing is stored',
    method: 'POST',
    url: `${ROOT}/import-config`,
    role: 'admin',
    query: NoQuery,
    body: ImportFromUrl,
    form: ImportFile,
    status: 200,
    answer: Imported,
  },
  async (deps, { body }) => {
    // By its content type the body is one of the two.
    const asked: Partial<Static<typeof ImportFromUrl> & Static<typeof ImportFile>> = body
    const protocol = asked.provider_id === undefined ? null : asked.provider_id === 'saml' ? 'saml' : 'oidc'
    if (asked.file !== undefined) return await readFile(deps, protocol, asked.file)
    return described(
      protocol ?? 'oidc',
      await deps.importConfig({ protocol: protocol ?? 'oidc', url: asked.from_url ?? '' }),
    )
  },
)

async function readFile(deps: FaceDeps, protocol: 'oidc' | 'saml' | null, text: string): Promise<object> {
  const exported = await readKeycloakExport(text)
  if (exported === null) {
    if (protocol === null) {
      const message = 'is required: the file is no Keycloak export, which would say so itself'
      throw new WireFaults([{ path: 'provider_id', code: 'field.missing', message }])
    }
    return described(protocol, await deps.importConfig({ protocol, text }))
  }
  if (protocol !== null && exported.providers.some(({ provider_id }) => provider_id !== protocol)) {
    const message = 'is not what the providers of the file are: leave it out for a Keycloak export'
    throw new WireFaults([{ path: 'provider_id', code: 'field.invalid', message }])
  }
  const [only] = exported.providers
  if (exported.isSingle && only !== undefined) return only
  return { items: exported.providers, total: exported.providers.length, not_understood: exported.notes }
}

/** What a document says, by our names. */
function described(protocol: 'oidc' | 'saml', { issuer, settings, unknown }: ImportedSettings): object {
  const words = protocol === 'saml' ? SAML_WORDS : OIDC_WORDS
  const config: [string, Json][] = Object.entries(words).flatMap(([word, setting]) => {
    const value = settings[setting]
    return value === undefined ? [] : [[word, value]]
  })
  if (protocol === 'oidc' && issuer !== null) config.unshift(['issuer', issuer])
  return {
    provider_id: protocol,
    config: Object.fromEntries(config),
    mappers: [],
    not_understood: unknown.map((name) => ({ loc: [name], msg: 'has no counterpart here' })),
  }
}
