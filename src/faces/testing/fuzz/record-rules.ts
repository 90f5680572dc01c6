/**
 * What must hold of everything that is stored, said a second time: written from the specification (DESIGN.md section 2,
 * CONTRACT.md sections 3 and 4) and from none of the code that enforces it, so that a mistake there is no mistake here.
 */
import { isIPv4, isIPv6 } from 'node:net'
import { parse as parseCel } from '@bufbuild/cel'
import type { Organisation } from '../../../registry/organisation.ts'
import type { Credential, ServicePrincipal } from '../../../registry/service-principal.ts'
import type { Trust } from '../../../registry/trust.ts'

/** Says what is wrong, if it is. */
export type Judge = (holds: boolean, rule: string) => void

export function judgeWith(rules: (judge: Judge) => void): string[] {
  const broken: string[] = []
  rules((holds, rule) => {
    if (!holds) broken.push(rule)
  })
  return broken
}

/** Dates are as in an audit row: RFC 3339 text. */
export type Recorded<T> = {
  readonly [K in keyof T]: T[K] extends Date ? string : T[K] extends Date | null ? string | null : T[K]
}

const UUID_V7 = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/
const ID = /^[a-z]([-a-z0-9]*[a-z0-9])?$/
const CUTENAME = /^[a-z]+-[a-z]+-[0-9]{5}$/
const ROLE = /^[a-z][a-z0-9._:-]{0,62}$/
const BUILTIN = ['operator', 'admin', 'viewer']

interface Common {
  readonly uid: string
  readonly id: string
  readonly version: number
  readonly createdAt: string
  readonly updatedAt: string
  readonly displayName: string | null
  readonly description?: string | null
  readonly labels?: Readonly<Record<string, string>>
}

export function judgeCommon(record: Common, judge: Judge): void {
  const { uid, id, version, createdAt, updatedAt, displayName, description = null, labels = {} } = record
  judge(UUID_V7.test(uid), `uid is a UUIDv7: ${uid}`)
  judge((ID.test(id) || CUTENAME.test(id)) && id.length <= 63, `id is a slug: ${id}`)
  judge(Number.isSafeInteger(version) && version >= 1, `version is at least 1: ${version}`)
  const [created, updated] = [Date.parse(createdAt), Date.parse(updatedAt)]
  judge(created > 0 && updated >= created, `made before it was changed: ${createdAt}, ${updatedAt}`)
  judge(
    displayName === null || (isText(displayName, 255) && displayName.trim() !== '' && !/[\t\r\n]/.test(displayName)),
    'display name is a line of 1 to 255',
  )
  judge(description === null || isText(description, 2048), 'description is a text of at most 2048')
  const entries = Object.entries(labels)
  judge(entries.length <= 64, 'at most 64 labels')
  for (const [key, value] of entries) {
    const [name = '', prefix] = key.split('/').reverse()
    const isName = (text: string) => /^[A-Za-z0-9]([-._A-Za-z0-9]*[A-Za-z0-9])?$/.test(text) && text.length <= 63
    judge(
      isName(name) &&
        key.split('/').length <= 2 &&
        (prefix === undefined || /^[a-z0-9]([-.a-z0-9]*[a-z0-9])?$/.test(prefix)),
      `label key: ${key}`,
    )
    judge(value === '' || isName(value), `label value: ${value}`)
  }
}

/** Well-formed, without controls but those of paragraphs, and no longer than so many characters. */
export function isText(text: unknown, most: number): boolean {
  if (typeof text !== 'string' || [...text].length > most) return false
  return (
    Buffer.from(text, 'utf8').toString('utf8') === text &&
    [...text].every((one) => ['\t', '\n', '\r'].includes(one) || !isControl(one.codePointAt(0) ?? 0))
  )
}

/** C0, DEL and C1. */
function isControl(code: number): boolean {
  return code < 0x20 || (code >= 0x7f && code < 0xa0)
}

/** As another implementation reads it. */
export function isCel(expression: string): boolean {
  try {
    parseCel(expression)
    return true
  } catch {
    return false
  }
}

export function areScopes(scopes: readonly string[]): boolean {
  return scopes.length <= 64 && scopes.every((scope) => /^[\x21\x23-\x5b\x5d-\x7e]{1,256}$/.test(scope))
}

function areRoles(roles: readonly string[]): boolean {
  return roles.length <= 64 && roles.every((role) => ROLE.test(role))
}

function isRange(text: string): boolean {
  const [address = '', prefix, ...rest] = text.split('/')
  const bits = isIPv4(address) ? 32 : isIPv6(address) && !address.includes('%') ? 128 : -1
  return rest.length === 0 && bits > 0 && (prefix === undefined || (/^\d{1,3}$/.test(prefix) && Number(prefix) <= bits))
}

export function trustRules(trust: Recorded<Trust>): string[] {
  return judgeWith((judge) => {
    judgeCommon(trust, judge)
    judge(CUTENAME.test(trust.cutename), `cutename: ${trust.cutename}`)
    judge(UUID_V7.test(trust.principal) && UUID_V7.test(trust.provider), 'principal and provider are uids')
    const { condition, tokenLifetimeSeconds: seconds } = trust
    judge(
      condition === null || (Buffer.byteLength(condition) <= 1024 && isText(condition, 1024)),
      'condition is at most 1024 bytes of text',
    )
    judge(condition === null || isCel(condition), `condition compiles: ${condition}`)
    judge(areRoles(trust.scopedRoleIds), 'scoped roles are roles')
    judge(
      trust.allowSourceCidrs.length <= 32 && trust.allowSourceCidrs.every(isRange),
      `ranges: ${trust.allowSourceCidrs}`,
    )
    judge(
      trust.passthroughClaims.length <= 32 && trust.passthroughClaims.every((name) => name !== '' && isText(name, 256)),
      'claims to pass on',
    )
    judge(
      trust.allowedResources.length <= 32 && trust.allowedResources.every(isAbsoluteUri),
      `resources: ${trust.allowedResources}`,
    )
    judge(areScopes(trust.allowedScopes), `scopes: ${trust.allowedScopes}`)
    judge(seconds === null || (Number.isInteger(seconds) && seconds >= 300 && seconds <= 3600), `lifetime: ${seconds}`)
    judge(
      typeof trust.enabled === 'boolean' && typeof trust.capLifetimeToSubject === 'boolean',
      'switches are switches',
    )
    judge(
      trust.examples.every((example) => typeof example === 'object' && example !== null),
      'examples are objects',
    )
  })
}

function isAbsoluteUri(text: string): boolean {
  return text.length <= 2048 && URL.canParse(text) && !text.includes('#') && /^[\x21-\x7e]+$/.test(text)
}

export function credentialRules(credential: Recorded<Credential>): string[] {
  return judgeWith((judge) => {
    judgeCommon(credential, judge)
    judge(CUTENAME.test(credential.id), `id is a cutename: ${credential.id}`)
    judge(areRoles(credential.scopedRoleIds), 'scoped roles are roles')
    judge(credential.allowSourceCidrs.length <= 32 && credential.allowSourceCidrs.every(isRange), 'ranges')
    const lifetime = Date.parse(credential.expiresAt) - Date.parse(credential.createdAt)
    judge(lifetime > 0 && lifetime <= 180 * 86_400_000, `lives at most 180 days: ${lifetime}`)
    judge(typeof credential.requireDpop === 'boolean', 'requireDpop is a switch')
  })
}

export function principalRules(principal: Recorded<ServicePrincipal>): string[] {
  return judgeWith((judge) => {
    judgeCommon(principal, judge)
    judge(areRoles(principal.roleIds), `roles: ${principal.roleIds}`)
    judge(principal.organisation === 'default' || !principal.roleIds.includes('operator'), 'operators are of default')
    judge(typeof principal.enabled === 'boolean', 'enabled is a switch')
  })
}

export function organisationRules(organisation: Recorded<Organisation>): string[] {
  return judgeWith((judge) => {
    judgeCommon(organisation, judge)
    const { host, roles, settings } = organisation
    judge(host === null || (host === host.toLowerCase() && new URL(`https://${host}`).host === host), `host: ${host}`)
    judge(host === null || !/(^|\.)entente\.example$/.test(host), `host is not the server's own: ${host}`)
    judge(areRoles(roles) && !roles.some((role) => BUILTIN.includes(role)), `roles: ${roles}`)
    judge(JSON.stringify(settings).length <= 65_536, 'settings are small')
    judge(
      Object.keys(settings).every((name) => ['branding', 'session', 'levels', 'stepUpFor'].includes(name)),
      `settings: ${Object.keys(settings)}`,
    )
  })
}
