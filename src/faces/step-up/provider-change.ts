/** What an update asks of the registry: body mask, and settings of which only one block may be set. */
import type { Static } from 'typebox'
import type { JsonObject } from '../../json.ts'
import type { ProviderChange } from '../../registry/drafts.ts'
import { withoutUnset } from '../google-rpc/unset.ts'
import { type MaskRules, maskedFields, maskPaths } from '../google-rpc/update-mask.ts'
import { toMode } from './translate.ts'
import { MICROSOFT_FIELDS, OAUTH2_FIELDS, type UpdateProvider } from './wire.ts'

const BLOCKS = { oauth2: OAUTH2_FIELDS, microsoft: MICROSOFT_FIELDS } as const

const MASK: MaskRules = {
  mutable: [
    'displayName',
    'issuerUrl',
    'clientId',
    'enabled',
    ...Object.entries(BLOCKS).flatMap(([block, names]) => [block, ...names.map((name) => `${block}.${name}`)]),
  ],
  // The secret stands beside the object, or has a call of its own.
  readOnly: ['id', 'createdAt', 'updatedAt', 'lastTestedAt', 'clientSecret'],
}

/**
 * The change that the mask picks out of the body. A block that is named and there as a whole takes the other one's place,
 * as setting one member of a protobuf oneof clears the others; single fields of a block do not.
 *
 * Faults: request.invalid, with every bad path of the mask
 */
export function toProviderChange(body: Static<typeof UpdateProvider>): ProviderChange {
  const given = withoutNulls(body.stepUpProvider ?? {})
  const fields = maskedFields(given, body.updateMask, MASK)
  const settings = settingsOf(fields, given, body.updateMask)
  return {
    ...(fields.has('displayName') ? { displayName: textOf(fields.get('displayName')) } : {}),
    // A cleared issuer is none at all: the registry says that it is none.
    ...(fields.has('issuerUrl') ? { issuer: textOf(fields.get('issuerUrl')) ?? '' } : {}),
    ...(fields.has('enabled') ? { enabled: fields.get('enabled') === true } : {}),
    // An empty secret is an unset one in this API's protobuf form.
    ...(body.clientSecret ? { secrets: { clientSecret: body.clientSecret } } : {}),
    // The schema has let only JSON through.
    ...(Object.keys(settings).length > 0 ? { settings: { oidc: settings as JsonObject } } : {}),
  }
}

function settingsOf(
  fields: ReadonlyMap<string, unknown>,
  given: Readonly<Record<string, unknown>>,
  mask: string | null | undefined,
): Record<string, unknown> {
  const settings: Record<string, unknown> = {}
  if (fields.has('clientId')) settings.clientId = fields.get('clientId')
  const paths = maskPaths(mask)
  for (const [block, names] of Object.entries(BLOCKS)) {
    const named = names.filter((name) => fields.has(`${block}.${name}`))
    const isThere = Object.hasOwn(given, block)
    const isWhole = paths.length === 0 ? isThere : paths.includes(block)
    if (isWhole && !isThere) settings[block] = null
    else if (isWhole || named.length > 0) settings[block] = blockOf(block, named, fields)
    const other = block === 'oauth2' ? 'microsoft' : 'oauth2'
    if (isWhole && isThere && !isAsked(other, fields, given, paths)) settings[other] = null
  }
  return settings
}

/** Whether the update sets anything in the block by itself. */
function isAsked(
  block: string,
  fields: ReadonlyMap<string, unknown>,
  given: Readonly<Record<string, unknown>>,
  paths: readonly string[],
): boolean {
  if (paths.length === 0 || paths.includes(block)) return Object.hasOwn(given, block)
  return [...fields.keys()].some((path) => path.startsWith(`${block}.`))
}

function blockOf(block: string, names: readonly string[], fields: ReadonlyMap<string, unknown>): object {
  const settingOf = (name: string) => {
    const value = fields.get(`${block}.${name}`)
    return name === 'validationMode' ? toMode(value) : value
  }
  return Object.fromEntries(names.map((name) => [name, settingOf(name)]))
}

/** Null is unset: without a mask the field stays as it is, named by the mask it is cleared. */
function withoutNulls(provider: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const own = withoutUnset(provider)
  for (const block of Object.keys(BLOCKS)) {
    const value = own[block]
    if (typeof value === 'object' && value !== null) own[block] = withoutUnset({ ...value })
  }
  return own
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' ? value : null
}
