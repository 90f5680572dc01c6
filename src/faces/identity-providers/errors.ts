/** Errors of the face: `{detail: [{loc, msg, type}]}`, where `type` is the stable code. Source: CONTRACT.md section 3. */
import type { Fault, FaultKind } from '../../fault.ts'
import type { Refusal, ShapedRefusal } from '../face.ts'
import { type Block, FIELD_OF_MEMBER, WORD_OF_SETTING } from './words.ts'

/** What the request was about: the same fault stands at another place of another body. */
export interface RequestView {
  /** Where wire paths lie. */
  readonly where: 'body' | 'query'
  /** The block of configuration that the request is about. */
  readonly block: Block
  /** The body is a single mapper. */
  readonly isMapper: boolean
  /** The body names a document, whose faults are those of this field. */
  readonly documentField: 'from_url' | 'file' | null
}

export const PLAIN_VIEW: RequestView = { where: 'body', block: 'oidc_config', isMapper: false, documentField: null }

type Segment = string | number

interface Detail {
  readonly loc: readonly Segment[]
  readonly msg: string
  readonly type: string
}

/** The error body; `detail` is never empty, so that the stable code of the fault is always there. */
export function toDetail({ fault, spelling, status }: Refusal, view: RequestView = PLAIN_VIEW): ShapedRefusal {
  const detail = fault.fields.map(({ path, code, message }) =>
    spelling === 'wire'
      ? { loc: [view.where, ...segmentsOf(path)], msg: message, type: code }
      : { loc: placeOf(path, view), msg: inOurWords(message, view.block), type: code },
  )
  const all = detail.length > 0 ? withoutRepeats(detail) : [withoutField(fault)]
  return { status: status ?? STATUS[fault.kind], body: { detail: all } }
}

/** Parameters that the face judges itself; no body has a field of their names. */
const PARAMETERS: ReadonlySet<string> = new Set(['first', 'max'])

function placeOf(path: string, view: RequestView): Segment[] {
  return PARAMETERS.has(path) ? ['query', path] : ['body', ...segmentsOf(toWirePath(path, view))]
}

const STATUS: Readonly<Record<FaultKind, number>> = {
  invalid: 400,
  unauthenticated: 401,
  denied: 403,
  missing: 404,
  conflict: 409,
  // A failed discovery is a fault of what was asked for. Source: CONTRACT.md section 4.
  upstream: 400,
  limited: 429,
  unavailable: 503,
  internal: 500,
}

/** What faults without fields are about. */
const PLACES: Readonly<Record<string, readonly Segment[]>> = {
  'caller.unauthenticated': ['header', 'authorization'],
  'caller.level_unmet': ['header', 'authorization'],
  'provider.unknown': ['path', 'alias'],
  'mapper.unknown': ['path', 'id'],
  'mapper.name_taken': ['body', 'name'],
  'test.journey_unavailable': ['path', 'alias'],
}

function withoutField({ code, message }: Fault): Detail {
  return { loc: PLACES[code] ?? [], msg: message, type: code }
}

/** Issuer and discovery are one field here: the registry may say the same of both. */
function withoutRepeats(details: readonly Detail[]): Detail[] {
  return [...new Map(details.map((detail) => [JSON.stringify(detail), detail])).values()]
}

/** `oidc.clientId` → `oidc_config.client_id`; in a mapper's own body `mappers[3].type` → `identity_provider_mapper`. */
export function toWirePath(path: string, { block, isMapper, documentField }: RequestView): string {
  if (documentField !== null) return documentField
  const [, head = '', rest = ''] = /^([A-Za-z0-9]*)(.*)$/s.exec(path) ?? []
  switch (head) {
    case 'issuer':
      return block === 'saml_config' ? 'saml_config.idp_entity_id' : 'oidc_config.issuer'
    case 'syncMode':
      return `${block}.sync_mode`
    case 'oidc':
    case 'oauth2':
      return `oidc_config${settingWord(rest, 'oidc_config')}`
    case 'saml':
      return `saml_config${settingWord(rest, 'saml_config')}`
    case 'mappers':
      return isMapper ? ownMapperPath(rest) : `mappers${mapperPath(rest)}`
    default:
      return `${FIELD_OF_MEMBER.get(head) ?? head}${rest}`
  }
}

function settingWord(rest: string, block: Block): string {
  return rest.replace(/^\.([A-Za-z0-9]+)/, (_, name: string) => `.${WORD_OF_SETTING[block].get(name) ?? name}`)
}

function mapperPath(rest: string): string {
  return rest
    .replace(/^(\[\d+\])\.type$/, '$1.identity_provider_mapper')
    .replace(/\.syncMode$/, '.config.syncMode')
    .replace('.config.config.', '.config.')
}

/** Roles of a mapper are told without its place: only its configuration can name one. */
function ownMapperPath(rest: string): string {
  const own = mapperPath(rest).replace(/^\[\d+\]\.?/, '')
  return own === '' ? 'config.role' : own
}

/** Keys after these names may have dots of their own. */
const ONE_KEY = /^(attribute_mapping|(?:mappers\[\d+\]\.)?config)\.(.+)$/s

/** `mappers[0].config.user.attribute` → `mappers`, 0, `config`, `user.attribute`. */
export function segmentsOf(path: string): Segment[] {
  const [, front, key] = ONE_KEY.exec(path) ?? []
  if (front !== undefined && key !== undefined) return [...segmentsOf(front), key]
  // The body as a whole has no name.
  if (path === '' || path === 'body' || path === 'querystring') return []
  return path.split('.').flatMap((part) => {
    const name = part.replace(/(?:\[\d+\])+$/, '')
    const indices = [...part.slice(name.length).matchAll(/\d+/g)].map(([digits]) => Number(digits))
    return name === '' ? indices : [name, ...indices]
  })
}

/** Settings that a sentence names, as the caller knows them. */
function inOurWords(message: string, block: Block): string {
  return message.replace(/[a-z]+(?:[A-Z][a-z0-9]*)+/g, (name) => WORD_OF_SETTING[block].get(name) ?? name)
}
