/** The configuration of one provider: key by key, and those that mean something only together. */
import { DISCOVERY_PATH } from '../../../registry/provider-view.ts'
import { AS_ALWAYS, type ConfigKey } from './config-keys.ts'
import type { Gathering } from './gathering.ts'
import { flagOf, isUnset, membersOf, NO_COUNTERPART } from './members.ts'
import { keySetOf } from './public-key.ts'
import { claimFilterCondition, hostedDomainCondition } from './restrictions.ts'

type Config = ReadonlyMap<string, unknown>
type Together = (config: Config, at: Gathering) => void

/** Source: wire.md section 4.3: what Keycloak does where a provider says nothing. */
const UNSAID_MODE = 'LEGACY'
const NOT_TAKEN = 'has a value that is not taken here'
const MODES = ['IMPORT', 'LEGACY', 'FORCE']

/** Reads the configuration into `at`. `own`: how the kind's own keys are read. */
export function readConfig(
  value: unknown,
  own: Readonly<Record<string, ConfigKey>>,
  family: Family,
  at: Gathering,
): void {
  const config = new Map([...(membersOf(value) ?? [])].filter(([, given]) => !isUnset(given)))
  const apart = TOGETHER[family]
  const read = new Set(apart.flatMap(({ keys }) => keys))
  for (const [key, given] of config) {
    if (read.has(key)) continue
    const known = Object.hasOwn(own, key) ? own[key] : undefined
    const ours = known?.read(given)
    if (known !== undefined && ours !== undefined) at.config.set(known.word, ours)
    // An object cannot always be told as text.
    else if (typeof given === 'object' || ALWAYS[family][key] !== String(given)) {
      at.note(['config', key], known === undefined ? NO_COUNTERPART : NOT_TAKEN)
    }
  }
  for (const { read } of apart) read(config, at)
}

export type Family = 'oidc' | 'google' | 'github' | 'saml'
const ALWAYS = { ...AS_ALWAYS, google: AS_ALWAYS.oidc, github: AS_ALWAYS.oidc }

interface Part {
  readonly keys: readonly string[]
  readonly read: Together
}

const syncMode: Part = {
  keys: ['syncMode'],
  read(config, at) {
    const mode = config.get('syncMode') ?? UNSAID_MODE
    if (typeof mode === 'string' && MODES.includes(mode)) at.config.set('sync_mode', mode)
    else at.note(['config', 'syncMode'], NOT_TAKEN)
  },
}

/** A secret is never said again, not even to whoever sent it. */
const secret: Part = {
  keys: ['clientSecret'],
  read(config, at) {
    const given = config.get('clientSecret')
    if (given === undefined) return
    const isMasked = typeof given === 'string' && /^\*+$/.test(given)
    const isElsewhere = typeof given === 'string' && given.startsWith('${vault.')
    const why = isMasked ? 'is masked in the export' : isElsewhere ? 'lies in a vault' : 'is not shown again'
    at.note(['config', 'clientSecret'], `${why}: send the secret as client_secret of the provider`)
  },
}

/** A pinned key counts where no key set is fetched. */
const pinnedKey: Part = {
  keys: ['publicKeySignatureVerifier', 'publicKeySignatureVerifierKeyId'],
  read(config, at) {
    const [key, kid] = [config.get('publicKeySignatureVerifier'), config.get('publicKeySignatureVerifierKeyId')]
    const keySet = flagOf(config.get('useJwksUrl')) === true ? null : keySetOf(key, kid)
    if (keySet !== null) at.config.set('jwks_json', keySet)
    else {
      if (key !== undefined) at.note(['config', 'publicKeySignatureVerifier'], 'is not used there, or is no public key')
      if (kid !== undefined) at.note(['config', 'publicKeySignatureVerifierKeyId'], 'belongs to no key that was read')
    }
  },
}

const FILTER = ['claimFilterName', 'claimFilterValue'] as const

const claimFilter: Part = {
  keys: ['filteredByClaim', ...FILTER],
  read(config, at) {
    const isFiltered = config.has('filteredByClaim') && flagOf(config.get('filteredByClaim')) !== false
    if (!isFiltered) {
      for (const key of FILTER) if (config.has(key)) at.note(['config', key], 'is not used there')
      return
    }
    const condition = claimFilterCondition(config.get('claimFilterName'), config.get('claimFilterValue'))
    if (condition !== null) at.conditions.push(condition)
    else at.restrict(['config', 'filteredByClaim'], 'could not be said as a condition')
  },
}

const hostedDomain: Part = {
  keys: ['hostedDomain'],
  read(config, at) {
    if (!config.has('hostedDomain')) return
    const condition = hostedDomainCondition(config.get('hostedDomain'))
    if (condition !== null) at.conditions.push(condition)
    else at.restrict(['config', 'hostedDomain'], 'could not be said as a condition')
  },
}

/** Organisations of Keycloak's send people by the domain of their address, as sign-in domains do here. */
const homeRealm: Part = {
  keys: ['kc.org.domain', 'kc.org.broker.redirect.mode.email-matches'],
  read(config, at) {
    const [domain, mode] = [config.get('kc.org.domain'), config.get('kc.org.broker.redirect.mode.email-matches')]
    const isSent = typeof domain === 'string' && domain.toUpperCase() !== 'ANY' && flagOf(mode) !== false
    if (isSent) at.domains.push(domain)
    else if (domain !== undefined)
      at.note(['config', 'kc.org.domain'], 'does not name the one domain whose people come here')
    if (mode !== undefined && !(isSent && flagOf(mode) === true)) {
      at.note(['config', 'kc.org.broker.redirect.mode.email-matches'], NO_COUNTERPART)
    }
  },
}

/** Where the document was once read: what follows from the issuer is nothing new. */
const discovery: Part = {
  keys: ['metadataDescriptorUrl'],
  read(config, at) {
    const url = config.get('metadataDescriptorUrl')
    if (url === undefined || url === `${config.get('issuer')}${DISCOVERY_PATH}`) return
    at.note(['config', 'metadataDescriptorUrl'], 'is not the discovery document of the issuer')
  },
}

const metadata: Part = {
  keys: ['useMetadataDescriptorUrl', 'metadataDescriptorUrl'],
  read(config, at) {
    const url = config.get('metadataDescriptorUrl')
    if (typeof url === 'string' && flagOf(config.get('useMetadataDescriptorUrl')) === true)
      at.config.set('metadata_url', url)
    else if (url !== undefined) at.note(['config', 'metadataDescriptorUrl'], 'is not used there')
  },
}

/** A GitHub server of one's own. */
const githubServer: Part = {
  keys: ['baseUrl', 'apiUrl'],
  read(config, at) {
    const base = serverOf(config.get('baseUrl'))
    const api = serverOf(config.get('apiUrl'))
    if (base !== null) {
      at.config.set('authorization_url', `${base}/login/oauth/authorize`)
      at.config.set('token_url', `${base}/login/oauth/access_token`)
    } else if (config.has('baseUrl')) at.note(['config', 'baseUrl'], NOT_TAKEN)
    if (api !== null) at.config.set('user_info_url', `${api}/user`)
    else if (config.has('apiUrl')) at.note(['config', 'apiUrl'], NOT_TAKEN)
  },
}

/** An address without its last slash. */
function serverOf(url: unknown): string | null {
  if (typeof url !== 'string' || !URL.canParse(url)) return null
  return url.endsWith('/') ? url.slice(0, -1) : url
}

const PEOPLE = [syncMode, homeRealm]
const CLIENT = [...PEOPLE, secret, claimFilter]
const TOGETHER: Readonly<Record<Family, readonly Part[]>> = {
  oidc: [...CLIENT, pinnedKey, discovery],
  google: [...CLIENT, hostedDomain, discovery],
  github: [...CLIENT, githubServer],
  saml: [...PEOPLE, metadata],
}
