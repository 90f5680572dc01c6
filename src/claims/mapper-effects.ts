/** What each type of mapper wants, given the claims: one function a type, and nothing of when it may have it. */
import type { Json, JsonObject } from '../json.ts'
import { claimAt, equalsWanted, matchesWanted, ownMember, textsOf } from './claim-path.ts'
import { mapperType } from './mapper-types.ts'
import type { Run } from './run.ts'

export interface MapperToRun {
  readonly name: string
  readonly type: string
  readonly syncMode: string | null
  readonly config: JsonObject
}

export type Effect =
  | { readonly kind: 'attribute'; readonly name: string; readonly values: readonly string[] }
  | {
      readonly kind: 'role' | 'group'
      readonly name: string
      /** Whether the claims say so. */
      readonly holds: boolean
      /** Of everybody, whatever the claims. */
      readonly isHardcoded: boolean
    }
  | { readonly kind: 'note'; readonly notes: readonly (readonly [string, string])[] }
  /** A type that cannot be stored. */
  | { readonly kind: 'unknown' }
  /** Null: a placeholder without which there is no name has no value. */
  | { readonly kind: 'username'; readonly name: string | null }

export interface EffectInput {
  readonly claims: JsonObject
  readonly alias: string
  readonly newUid: () => string
  readonly run: Run
}

/** What the mapper wants. Types that nobody may store, and unknown ones, want nothing. */
export function effectOf(mapper: MapperToRun, input: EffectInput): Effect {
  const text = (key: string) => configText(mapper.config, key)
  const { claims } = input
  switch (mapper.type) {
    case 'oidc-user-attribute-idp-mapper':
      return attribute(text('user.attribute'), textsOf(claimAt(claims, text('claim'))))
    case 'saml-user-attribute-idp-mapper':
      return attribute(text('user.attribute'), textsOf(samlAttribute(mapper.config, claims)))
    case 'github-user-attribute-mapper':
    case 'google-user-attribute-mapper':
      return attribute(text('userAttribute'), textsOf(claimAt(claims, text('jsonField'))))
    case 'hardcoded-attribute-idp-mapper':
      return attribute(text('attribute'), [text('attribute.value')])
    case 'oidc-role-idp-mapper':
      return member('role', text('role'), equalsWanted(claimAt(claims, text('claim')), text('claim.value')))
    case 'saml-role-idp-mapper':
      return member('role', text('role'), equalsWanted(samlAttribute(mapper.config, claims), text('attribute.value')))
    case 'oidc-advanced-role-idp-mapper':
    case 'saml-advanced-role-idp-mapper':
      return member(
        'role',
        text('role'),
        allMatch(mapper, input).every(({ matches }) => matches),
      )
    case 'oidc-advanced-group-idp-mapper':
    case 'saml-advanced-group-idp-mapper':
      return member(
        'group',
        text('group'),
        allMatch(mapper, input).every(({ matches }) => matches),
      )
    case 'keycloak-oidc-role-to-role-idp-mapper':
      return member('role', text('role'), hasExternalRole(claims, text('external.role')))
    case 'oidc-hardcoded-role-idp-mapper':
      return { kind: 'role', name: text('role'), holds: true, isHardcoded: true }
    case 'oidc-hardcoded-group-idp-mapper':
      return { kind: 'group', name: text('group'), holds: true, isHardcoded: true }
    case 'oidc-user-session-note-idp-mapper':
      return { kind: 'note', notes: notesOf(mapper, input) }
    case 'hardcoded-user-session-attribute-idp-mapper':
      return { kind: 'note', notes: [[text('attribute'), text('attribute.value')]] }
    case 'oidc-username-idp-mapper':
    case 'saml-username-idp-mapper':
      return username(mapper, input)
    default:
      return { kind: 'unknown' }
  }
}

function configText(config: JsonObject, key: string): string {
  const value = Object.hasOwn(config, key) ? config[key] : undefined
  return typeof value === 'string' ? value : ''
}

/** The names that the pages know the person's own members by. */
const MEMBERS: Readonly<Record<string, string>> = { given_name: 'firstName', family_name: 'lastName' }

function attribute(name: string, values: readonly string[]): Effect {
  return { kind: 'attribute', name: Object.hasOwn(MEMBERS, name) ? (MEMBERS[name] ?? name) : name, values }
}

function member(kind: 'role' | 'group', name: string, holds: boolean): Effect {
  return { kind, name, holds, isHardcoded: false }
}

/** By name, else by friendly name: the reader of assertions keeps both apart, so that neither can pose as the other. */
function samlAttribute(config: JsonObject, claims: JsonObject): Json | undefined {
  const name = configText(config, 'attribute.name')
  const friendly = configText(config, 'attribute.friendly.name')
  return (name === '' ? undefined : ownMember(claims.attributes, name)) ?? ownMember(claims.friendlyNames, friendly)
}

interface Pair {
  readonly key: string
  readonly value: string
  readonly found: Json | undefined
  readonly matches: boolean
}

/** Pairs with whether each fits; a list without pairs fits nobody. */
function allMatch({ config }: MapperToRun, { claims, run }: EffectInput): readonly Pair[] {
  const isSaml = config.attributes !== undefined
  const isRegex = [config['are.claim.values.regex'], config['are.attribute.values.regex']].some(
    (flag) => flag === true || flag === 'true',
  )
  const pairs = pairsOf(isSaml ? config.attributes : config.claims)
  if (pairs.length === 0) return [{ key: '', value: '', found: undefined, matches: false }]
  return pairs.map(({ key, value }) => {
    const found = isSaml
      ? (ownMember(claims.attributes, key) ?? ownMember(claims.friendlyNames, key))
      : claimAt(claims, key)
    return { key, value, found, matches: isRegex ? matchesWanted(found, value, run) : equalsWanted(found, value) }
  })
}

function pairsOf(given: Json | undefined): { key: string; value: string }[] {
  let list: unknown = given
  if (typeof given === 'string') {
    try {
      list = JSON.parse(given)
    } catch {
      return []
    }
  }
  if (!Array.isArray(list)) return []
  const pairs = list.map((pair: unknown) => Object(pair))
  return pairs.flatMap(({ key, value }) =>
    typeof key === 'string' && typeof value === 'string' ? [{ key, value }] : [],
  )
}

function notesOf(mapper: MapperToRun, input: EffectInput): [string, string][] {
  return allMatch(mapper, input).flatMap(({ key, found, matches }): [string, string][] =>
    matches && typeof found === 'string' ? [[key, found]] : [],
  )
}

/** `role` of the realm, or `client.role`, as access tokens of Keycloak list them. */
function hasExternalRole(claims: JsonObject, role: string): boolean {
  if (role === '') return false
  const realm = ownMember(ownMember(claims, 'realm_access'), 'roles')
  if (Array.isArray(realm) && realm.includes(role)) return true
  const dot = role.indexOf('.')
  if (dot < 1) return false
  const client = ownMember(ownMember(ownMember(claims, 'resource_access'), role.slice(0, dot)), 'roles')
  return Array.isArray(client) && client.includes(role.slice(dot + 1))
}

/** No user name is longer. */
const NAME_CHARACTERS = 255

function username({ type, config }: MapperToRun, input: EffectInput): Effect {
  const target = configText(config, 'target')
  // Ids and names of links are the provider's own here and are never rewritten: CONTRACT.md section 7, "Links".
  if (target !== '' && target !== 'LOCAL') return { kind: 'note', notes: [] }
  const standard = mapperType(type)?.properties.find(({ name }) => name === 'template')?.defaultValue ?? ''
  const template = configText(config, 'template') || standard
  let isWhole = true
  const name = template.replace(/\$\{([^{}]*)\}/g, (_all, inside: string) => {
    const [source = '', ...changes] = inside.split('|').map((part) => part.trim())
    const value = placeholder(source, input)
    if (value === null) isWhole = false
    return changes.reduce(changed, value ?? '')
  })
  const isUsable = isWhole && name !== '' && name.length <= NAME_CHARACTERS && !/[\p{Cc}\p{Cs}]/u.test(name)
  return { kind: 'username', name: isUsable ? name : null }
}

function placeholder(source: string, { claims, alias, newUid }: EffectInput): string | null {
  if (source === 'ALIAS') return alias
  if (source === 'UUID') return newUid()
  if (source === 'NAMEID') return textsOf(ownMember(claims, 'subject'))[0] ?? null
  if (source.startsWith('CLAIM.')) return textsOf(claimAt(claims, source.slice('CLAIM.'.length)))[0] ?? null
  if (source.startsWith('ATTRIBUTE.')) {
    const name = source.slice('ATTRIBUTE.'.length)
    return textsOf(ownMember(claims.attributes, name) ?? ownMember(claims.friendlyNames, name))[0] ?? null
  }
  return null
}

function changed(text: string, change: string): string {
  if (change === 'uppercase') return text.toUpperCase()
  if (change === 'lowercase') return text.toLowerCase()
  return change === 'localpart' ? text.replace(/@[^@]*$/, '') : text
}
