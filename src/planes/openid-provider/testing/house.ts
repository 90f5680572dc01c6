/** The OpenID Provider on a real server and a SQLite file, with a login that lets in whoever the test names. */
import { randomBytes, randomFillSync } from 'node:crypto'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { createServer as createSocketServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { FastifyInstance } from 'fastify'
import { openDecisions } from '../../../decisions/index.ts'
import type { Recorder } from '../../../decisions/recorder.ts'
import { callerFault } from '../../../http/caller.ts'
import { createServer } from '../../../http/server.ts'
import { openKeys } from '../../../keys/index.ts'
import type { Sealing } from '../../../keys/seal.ts'
import type { App } from '../../../registry/app.ts'
import { createApp } from '../../../registry/apps.ts'
import type { AppDraft } from '../../../registry/drafts.ts'
import type { Person } from '../../../registry/person.ts'
import { createPerson } from '../../../registry/persons.ts'
import type { Provider } from '../../../registry/provider.ts'
import { createProvider } from '../../../registry/providers.ts'
import type { Registry } from '../../../registry/registry.ts'
import { organisationRecord } from '../../../registry/testing/memory-stores.ts'
import { actorIn, createTestRegistry, operator, providerDraft } from '../../../registry/testing/registry.ts'
import { openStorage } from '../../../storage/index.ts'
import type { Storage } from '../../../storage/storage.ts'
import { createUids } from '../../../uid.ts'
import { takeBodiesAsText } from '../../form-body.ts'
import { createLiveTokens, type LiveTokens } from '../../live-token.ts'
import { createFormTokens, type FormTokens } from '../../sign-in/form-tokens.ts'
import { createLibraryPages } from '../../sign-in/library-pages.ts'
import type { Session } from '../../sign-in/session.ts'
import type { RevokeSessions } from '../../sign-in/sign-out/revoke.ts'
import { createSignOut } from '../../sign-in/sign-out/sign-out.ts'
import { createSignedIn } from '../../sign-in/signed-in.ts'
import { userinfo } from '../../userinfo.ts'
import { type Accounts, createAccounts, SESSION_OF_RESULT } from '../accounts.ts'
import { createAppDirectory } from '../app-directory.ts'
import { type Consents, createConsents } from '../consents.ts'
import { openLibraryLate } from '../late-library.ts'
import type { OpenIdLibrary } from '../library.ts'
import { ownApps } from '../own-apps.ts'
import { createPersonOfToken } from '../persons-of-tokens.ts'
import { handOver, openIdRoutes } from '../routes.ts'

export interface House {
  readonly url: string
  readonly storage: Storage
  readonly registry: Registry
  readonly accounts: Accounts
  readonly library: OpenIdLibrary
  readonly liveTokens: LiveTokens
  readonly jwks: () => { readonly keys: readonly object[] }
  /** Of kind `internal`: no request may cause one. */
  readonly errors: unknown[]
  /** All bytes of the database, as text. */
  readonly files: () => string
  readonly provider: Provider
  readonly ada: Person
  /** Members of the session that the next login makes. */
  readonly login: { session: Partial<Session> }
  newApp(draft: Partial<AppDraft>, organisation?: string): Promise<{ app: App; clientSecret: string | null }>
  close(): Promise<void>
}

const HOUR_MS = 3_600_000

export interface HouseOptions {
  /** The real way in, instead of the one that lets in whoever the test names. */
  readonly wayIn?: (parts: HouseParts) => (app: FastifyInstance) => Promise<void>
}

export interface HouseParts {
  readonly url: string
  readonly registry: Registry
  readonly storage: Storage
  readonly sealing: Sealing
  readonly library: OpenIdLibrary
  readonly accounts: Accounts
  readonly consents: Consents
  readonly signedIn: ReturnType<typeof createSignedIn>
  readonly revokeSessions: RevokeSessions
  readonly formTokens: FormTokens
  readonly recorder: Recorder
  readonly findApp: (clientId: string) => Promise<App | null>
  readonly onError: (error: unknown) => void
}

/** Ada of acme, who comes through okta. */
export async function openHouse(options: HouseOptions = {}): Promise<House> {
  const directory = mkdtempSync(join(tmpdir(), 'entente-op-'))
  const now = () => new Date()
  const newUid = createUids(Date.now, randomFillSync)
  const errors: unknown[] = []
  const onError = (error: unknown) => void errors.push(error)
  const storage = await openStorage({ url: `sqlite:${join(directory, 'entente.db')}`, now, onError })
  const { recorder, auditChain } = await openDecisions({ stores: storage, now, newUid, onError })
  storage.useAuditChain(auditChain)
  const fakes = await createTestRegistry()
  const { signing, sealing } = await openKeys({ stores: storage, masterKey: randomBytes(32), now, randomBytes })
  const registry: Registry = {
    ...fakes,
    stores: storage,
    write: storage.write,
    sealer: sealing,
    now,
    newUid,
    randomBytes,
  }
  await storage.write((tx) =>
    tx.organisations.insert(organisationRecord({ uid: newUid(), id: 'acme', displayName: 'Acme' })),
  )
  const actor = actorIn('acme')
  const settings = { oidc: { clientId: 'c' } }
  const okta = { id: 'okta', use: 'workforce' as const, known: null, issuer: 'https://okta.example', settings }
  const provider = await createProvider(registry, actor, providerDraft(okta))
  const ada = await createPerson(registry, actor, operator, {
    id: 'ada',
    displayName: 'Ada',
    email: 'ada@acme.example',
    groups: ['/staff'],
    roleIds: ['viewer'],
    links: [{ provider: 'okta', subject: 'u-1' }],
  })

  const port = await freePort()
  const url = `http://localhost:${port}`
  let generation = 0
  const { findApp, findClient } = createAppDirectory(
    storage,
    sealing,
    { generation: () => generation++ },
    url,
    ownApps(url),
  )
  const accounts = createAccounts({ stores: storage, sessions: storage.sessions, now })
  const consents = createConsents({ records: storage.opRecords, now })
  const library = openLibraryLate({
    publicUrl: url,
    records: storage.opRecords,
    sealing,
    oneTime: storage.oneTime,
    revokedTokens: storage.revokedTokens,
    now,
    accounts,
    findApp,
    findClient,
    privateKeys: signing.privateKeys,
    fetch: async () => new Response('no', { status: 500 }),
    pages: createLibraryPages({ organisations: storage.organisations, accounts, findApp }),
    consents,
    onSessionEnded: (opSession) => storage.sessions.end({ opSession }),
    onError,
  })
  const liveTokens = createLiveTokens({
    signing,
    subjects: { trusts: none(), credentials: none(), providers: none() },
    linkedPersons: { find: () => null, get: () => null },
    revokedTokens: storage.revokedTokens,
    personOf: createPersonOfToken({
      accounts,
      findApp,
      findProvider: (organisation, id) => storage.providers.get(organisation, id),
      linkedPersons: { find: () => null, get: () => null },
      now,
    }),
    publicUrl: url,
    now,
  })
  const app = await createServer({ tls: null, trustedProxies: [], logLevel: 'silent' })
  await app.register(openIdRoutes(library))
  await app.register(
    userinfo({
      accounts,
      tokenOf: async ({ authorization }) => {
        const live = await liveTokens.read(authorization?.replace(/^Bearer /, '') ?? '')
        if (live === null || live.claims.aud !== url) throw callerFault('caller.unauthenticated')
        return live
      },
    }),
  )
  await app.register(async (scope) => {
    takeBodiesAsText(scope)
    scope.post('/oauth2/token', (request, reply) =>
      handOver(library, request, reply, Object.fromEntries(new URLSearchParams(String(request.body)))),
    )
  })
  const login: House['login'] = { session: {} }
  const { revokeSessions } = createSignOut({
    sessions: storage.sessions,
    library,
    write: storage.write,
    now,
    sleep: async () => undefined,
    onUntold: (_clientId, error) => onError(error),
    onError,
  })
  const account = {
    consents,
    revokeSessions,
    signedIn: createSignedIn({ library, accounts }),
    formTokens: createFormTokens(sealing.derive('form tokens')),
  }
  const parts = { url, registry, storage, sealing, library, accounts, recorder, findApp, onError, ...account }
  if (options.wayIn !== undefined) await app.register(options.wayIn(parts))
  else
    app.get<{ Params: { uid: string } }>('/sign-in/:uid', async (request, reply) => {
      const { uid } = request.params
      const interaction = await library.interaction(request.raw, reply.raw, uid)
      if (interaction === null) return reply.code(400).send('no interaction')
      const at = now()
      const session: Session = {
        uid: newUid(),
        opSession: null,
        organisation: 'acme',
        person: ada.uid,
        provider: provider.uid,
        upstreamSession: null,
        upstreamSubject: 'u-1',
        sealedLogout: null,
        acr: 'urn:entente:acr:1fa',
        amr: ['pwd'],
        authTime: at,
        claims: {},
        lastSeenAt: at,
        createdAt: at,
        expiresAt: new Date(at.getTime() + HOUR_MS),
        endsAt: new Date(at.getTime() + HOUR_MS),
        ...login.session,
      }
      await storage.sessions.insert(session)
      const proof = {
        accountId: session.person,
        acr: session.acr ?? '',
        amr: [...session.amr],
        ts: Math.floor(at.getTime() / 1000),
      }
      const to = await library.finish(request.raw, reply.raw, { login: proof, [SESSION_OF_RESULT]: session.uid }, uid)
      return reply.redirect(to, 303)
    })
  await app.listen({ host: '127.0.0.1', port })

  return {
    url,
    storage,
    registry,
    accounts,
    library,
    liveTokens,
    jwks: signing.jwks,
    errors,
    files: () =>
      readdirSync(directory)
        .map((name) => readFileSync(join(directory, name), 'latin1'))
        .join(''),
    provider,
    ada,
    login,
    newApp: (draft, organisation = 'acme') =>
      createApp(registry, actorIn(organisation), operator, { id: null, displayName: 'Shop', ...draft }),
    async close() {
      await app.close()
      await recorder.drain()
      await storage.close()
      rmSync(directory, { recursive: true, force: true })
    },
  }
}

const none = () => ({ get: async () => null })

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createSocketServer()
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() =>
        typeof address === 'object' && address !== null ? resolve(address.port) : reject(new Error()),
      )
    })
  })
}
