/** Plays a company's SAML 2.0 identity provider. It asks nobody for anything, and takes requests of whoever sends them. */
import type { IncomingMessage, ServerResponse } from 'node:http'
import { createServer } from 'node:https'
import { connectToOf } from '../../issuer.ts'
import { answerJson, close, listen, pathOf } from '../../loopback.ts'
import { createClients } from '../clients.ts'
import { formOf, queryOf } from '../forms.ts'
import { answerPage, sendBack } from '../pages.ts'
import { COMPANY, createCast, PEOPLE, type Person, subjectOf } from '../person.ts'
import type { LoginKind, LoginOptions, SimulatedLogin } from '../simulated-login.ts'
import { SAML_FAULTS, type SamlFault } from './faults.ts'
import { makeSamlKey, type SamlKey } from './keys.ts'
import { FORMATS, metadataOf } from './metadata.ts'
import { type AuthnRequest, readAuthnRequest } from './request.ts'
import { type Draft, newId, SUCCESS, timeOf, writeResponse } from './response.ts'
import type { SignWith } from './xml.ts'

const PASSWORD = 'urn:oasis:names:tc:SAML:2.0:ac:classes:PasswordProtectedTransport'
/** What it can do beside a password. */
const CONTEXTS = [PASSWORD, 'urn:oasis:names:tc:SAML:2.0:ac:classes:TimeSyncToken', 'https://refeds.org/profile/mfa']
const LIFETIME_SECONDS = 300

/** Source: SAML 2.0 Core, Bindings, Profiles. Attributes are named as Okta and OneLogin name them. */
export const samlLogin: LoginKind = {
  name: 'saml',
  title: 'SAML 2.0',
  summary: 'SAML 2.0 over Redirect and POST, as Okta, Entra ID or ADFS speak it',
  faults: saidOf(SAML_FAULTS),
  start,
}

function saidOf(faults: Readonly<Record<string, SamlFault>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(faults).map(([name, { says }]) => [name, says]))
}

async function start(options: LoginOptions): Promise<SimulatedLogin> {
  const issuer = options.issuer ?? 'https://saml.corp.example'
  const entityId = `${issuer}/metadata`
  const { now } = options
  const cast = createCast(options.people ?? PEOPLE)
  const clients = createClients(options.clients ?? [], now)
  const foreign = await makeSamlKey(now())
  let keys: readonly SamlKey[] = [await makeSamlKey(now())]
  const happening = new Set<string>()
  const rows = () => [...happening].flatMap((name) => SAML_FAULTS[name] ?? [])
  const asked = new Map<string, number>()
  let last: string | null = null

  function draftOf(person: Person, request: AuthnRequest): Draft {
    const at = Math.floor(now().getTime() / 1000)
    const isByMail = request.nameIdFormat === FORMATS.emailAddress
    const format = isByMail ? FORMATS.emailAddress : FORMATS.persistent
    return {
      issuer: entityId,
      destination: request.acsUrl,
      recipient: request.acsUrl,
      audience: request.issuer,
      inResponseTo: request.id,
      status: SUCCESS,
      nameId: { format, value: isByMail ? person.email : subjectOf(person) },
      attributes: attributesOf(person),
      at,
      notBefore: at - 30,
      notOnOrAfter: at + LIFETIME_SECONDS,
      authnInstant: at,
      context: request.contexts.find((one) => CONTEXTS.includes(one)) ?? PASSWORD,
      sessionIndex: newId(),
      sessionNotOnOrAfter: null,
    }
  }

  function responseFor(request: AuthnRequest): string {
    const person = rows().reduce((before, row) => row.person?.(before, cast) ?? before, cast.comes(request.loginHint))
    let draft = draftOf(person, request)
    for (const row of rows()) draft = { ...draft, ...row.draft?.(draft) }
    const signs = rows().find((row) => row.signs !== undefined)?.signs ?? ['response', 'assertion']
    const { key, certificate } = rows().some((row) => row.isOtherKey === true) ? foreign : (keys[0] ?? foreign)
    const hash = rows().find((row) => row.hash !== undefined)?.hash ?? 'sha256'
    const by: SignWith = { key, certificate, hash }
    const xml = writeResponse(
      draft,
      { response: signs.includes('response') ? by : null, assertion: signs.includes('assertion') ? by : null },
      (assertion) => rows().reduce((before, row) => row.assertion?.(before, draft) ?? before, assertion),
    )
    return rows().reduce((before, row) => row.document?.(before, draft) ?? before, xml)
  }

  async function signOn(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const isPost = request.method === 'POST'
    const parameters = isPost ? await formOf(request) : queryOf(request)
    const read = readAuthnRequest(parameters, isPost ? 'post' : 'redirect')
    if (read === null) return answerPage(response, 400, 'This request is nobody’s', 'There is no AuthnRequest in it.')
    const isAgain = rows().some((row) => row.delivers === 'the last one again')
    const xml = isAgain && last !== null ? last : responseFor(read)
    last = xml
    const isAlone = rows().some((row) => row.delivers === 'without RelayState')
    const fields = {
      SAMLResponse: Buffer.from(xml).toString('base64'),
      ...(isAlone || read.relayState === null ? {} : { RelayState: read.relayState }),
    }
    sendBack(response, { redirectUri: read.acsUrl, responseMode: 'form_post' }, fields)
  }

  function metadata(response: ServerResponse): void {
    const fault = rows().find((row) => row.metadata !== undefined)?.metadata
    if (fault === 'unavailable') {
      answerJson(response, 503, { error: 'unavailable' })
      return
    }
    const named = fault === 'other entity' ? `${issuer}/other` : entityId
    const until = fault === 'past' ? timeOf(Math.floor(now().getTime() / 1000) - 86_400) : null
    response.writeHead(200, { 'content-type': 'application/samlmetadata+xml' }).end(
      metadataOf(
        named,
        issuer,
        keys.map(({ certificate }) => certificate),
        until,
      ),
    )
  }

  const { certificatePem, keyPem } = await options.authority.issue([new URL(issuer).hostname])
  const server = createServer({ cert: certificatePem, key: keyPem }, (request, response) => {
    const path = pathOf(request)
    const name = path.slice(1)
    asked.set(name, (asked.get(name) ?? 0) + 1)
    if (path === '/metadata') return metadata(response)
    if (path !== '/sso') return answerJson(response, 404, { error: 'not found' })
    signOn(request, response).catch((error: unknown) => answerPage(response, 400, 'This went wrong', String(error)))
  })
  const port = await listen(server, options.port)
  return {
    name: samlLogin.name,
    title: samlLogin.title,
    issuer: entityId,
    registration: {
      alias: 'corp-saml',
      display_name: 'Corp (SAML)',
      provider_id: 'saml',
      known_provider: 'custom_saml',
      saml_config: { metadata_url: entityId },
      domains: [COMPANY.domain],
    },
    connectTo: connectToOf(issuer, port),
    port,
    cast,
    clients,
    faults: samlLogin.faults,
    async fail(fault) {
      if (!Object.hasOwn(SAML_FAULTS, fault))
        throw new Error(`${fault}: there are ${Object.keys(SAML_FAULTS).join(', ')}`)
      happening.add(fault)
    },
    mend() {
      happening.clear()
      cast.choose(null)
    },
    async rotate({ keepOld = true } = {}) {
      const made = await makeSamlKey(now())
      keys = keepOld ? [made, ...keys].slice(0, 3) : [made]
      return made.kid
    },
    asked: () => Object.fromEntries(asked),
    stop: () => close(server),
  }
}

function attributesOf({ login, name, email, groups, claims = {} }: Person): Draft['attributes'] {
  const [firstName = name, ...rest] = name.split(' ')
  const usual = { login: [login], email: [email], firstName: [firstName], lastName: [rest.join(' ')], groups }
  const own = Object.entries(claims).map(([key, value]): [string, readonly string[] | null] => [
    key,
    value === null ? null : [value].flat().map(String),
  ])
  const all = [...Object.entries(usual), ...own].filter((one): one is [string, readonly string[]] => one[1] !== null)
  return Object.fromEntries(all)
}
