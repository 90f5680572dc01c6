/** Puts the house together by hand: every room is opened here once, with what it needs, and nothing else knows them all. */
import { createHmac, randomBytes, randomFillSync } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import type { FastifyRequest } from 'fastify'
import { openChanges } from './changes.ts'
import { createConditions } from './claims/condition.ts'
import { testCondition } from './claims/test-condition.ts'
import type { Config } from './config.ts'
import { openDecisions } from './decisions/index.ts'
import type { FaceDeps } from './faces/face.ts'
import { faces, faceTags, mountFaces, refuseBeforeRouting } from './faces/index.ts'
import { startHousekeeping } from './housekeeping.ts'
import { mountConsole } from './http/console.ts'
import { createTxtLookup } from './http/dns.ts'
import { mountHealth } from './http/health.ts'
import { listenFault } from './http/listen-fault.ts'
import { logFailure } from './http/log.ts'
import { createMetrics } from './http/metrics.ts'
import { describeRoutes, mountOpenApi, VERSION } from './http/openapi.ts'
import { createOutbound } from './http/outbound.ts'
import { createWebFetch } from './http/outbound-web-fetch.ts'
import { createPageTokens } from './http/page-token.ts'
import { createRefusalLimit } from './http/refusal-limit.ts'
import { createServer } from './http/server.ts'
import { createClientAssertions } from './keys/client-assertion.ts'
import { openKeys } from './keys/index.ts'
import type { Attempt } from './planes/attempt.ts'
import { createCallers, requireLiveToken, requireToken } from './planes/callers.ts'
import { clientCredentialsGrant } from './planes/client-credentials/grant.ts'
import { decisionCodes } from './planes/faults.ts'
import { mountPlanes } from './planes/index.ts'
import { createIssuer } from './planes/issue.ts'
import { createLastUse } from './planes/last-use.ts'
import { createLiveTokens } from './planes/live-token.ts'
import { planePaths, planeTags } from './planes/openapi.ts'
import { createAccounts } from './planes/openid-provider/accounts.ts'
import { createAppAuthentication } from './planes/openid-provider/app-authentication.ts'
import { createAppDirectory } from './planes/openid-provider/app-directory.ts'
import { createConsents } from './planes/openid-provider/consents.ts'
import { openLibraryLate } from './planes/openid-provider/late-library.ts'
import { CONSOLE_APP, CONSOLE_SCOPES, ownApps } from './planes/openid-provider/own-apps.ts'
import { createPersonOfToken } from './planes/openid-provider/persons-of-tokens.ts'
import { createRefreshTokens } from './planes/openid-provider/refresh-tokens.ts'
import { openIdRoutes } from './planes/openid-provider/routes.ts'
import { libraryGrants } from './planes/openid-provider/token-grants.ts'
import { createFormTokens } from './planes/sign-in/form-tokens.ts'
import { createLibraryPages } from './planes/sign-in/library-pages.ts'
import { afterLogout } from './planes/sign-in/routes/leave.ts'
import type { SignInOptions } from './planes/sign-in/routes/options.ts'
import { signInRoutes } from './planes/sign-in/routes.ts'
import { createPersonSessions } from './planes/sign-in/sign-out/person-sessions.ts'
import { createSignOut } from './planes/sign-in/sign-out/sign-out.ts'
import { createSignedIn } from './planes/sign-in/signed-in.ts'
import { testUrlOf } from './planes/sign-in/test-ticket.ts'
import { stepUpRoutes } from './planes/step-up/index.ts'
import { jwtBearerGrant } from './planes/token-exchange/assertion-grant.ts'
import { tokenExchangeGrant } from './planes/token-exchange/grant.ts'
import { createLinkedPersons } from './planes/token-exchange/linked-persons.ts'
import { createTokenSubjects, trustsBeside } from './planes/token-exchange/subjects.ts'
import { testToken } from './planes/token-exchange/test-token.ts'
import { userinfo } from './planes/userinfo.ts'
import { openProtocols } from './protocols/index.ts'
import { peekClaims } from './protocols/jose/peek.ts'
import { readSelfSigned, selfSignedAlgorithms } from './protocols/jose/self-signed.ts'
import { parseStrictJson } from './protocols/jose/strict-json.ts'
import { serviceProviderOf, writeOurMetadata } from './protocols/saml/service-provider.ts'
import { registryFault } from './registry/faults.ts'
import { recordKeysChanged } from './registry/issuer-keys.ts'
import { DEFAULT_ORGANISATION } from './registry/organisation.ts'
import type { Provider } from './registry/provider.ts'
import { createRefresher } from './registry/refresh-upstream.ts'
import type { Registry } from './registry/registry.ts'
import { shownSamlSettings } from './registry/shown-settings.ts'
import { openSecrets } from './secrets.ts'
import { openStorage } from './storage/index.ts'
import { createUids } from './uid.ts'

export interface Running {
  readonly url: string
  /** Set when it was made at this start; to be shown once, on a terminal only. */
  readonly operatorToken: string | null
  /** Stops listening, lets running requests end, writes what waits, closes the database. */
  close(): Promise<void>
}

/** Opens everything, migrates the database, and listens. Faults: storage.*, keys.*, secrets.* */
export async function startServer(config: Config): Promise<Running> {
  const { url: publicUrl } = config
  const now = () => new Date()
  const newUid = createUids(Date.now, randomFillSync)
  const engine = config.databaseUrl.startsWith('sqlite:') ? 'sqlite' : 'postgres'
  const secrets = openSecrets({ ...config, engine, randomBytes })
  const app = await createServer({ ...config, refuseBeforeRouting })
  const onFailure = (error: unknown) => app.log.error({ err: error }, 'background work failed')
  const onError = (error: unknown, request: FastifyRequest) => logFailure(request, error)

  const storage = await openStorage({ url: config.databaseUrl, now, onError: onFailure })
  const { signing, sealing, saml } = await openKeys({ stores: storage, masterKey: secrets.masterKey, now, randomBytes })
  const { recorder, auditChain } = await openDecisions({ stores: storage, now, newUid, onError: onFailure })
  storage.useAuditChain(auditChain)
  const changes = openChanges(storage, onFailure)
  const freshness = { generation: changes.generation }

  const { upstreamAllow: allow, upstreamConnectTo: connectTo, upstreamCaPem: caPem } = config
  const outbound = createOutbound({ allow, connectTo, caPem })
  const webFetch = createWebFetch(outbound.fetch, (url) => ({
    allowPlainHttp: outbound.allowsPlainHttp(url),
    // A login asks its provider for tokens and user info in one breath.
    reuse: true,
  }))
  const protocols = openProtocols({
    fetch: outbound.fetch,
    webFetch,
    signAssertion: createClientAssertions({ signing, publicUrl, now, randomBytes }),
    allowsPlainHttp: outbound.allowsPlainHttp,
    mayAsk: outbound.mayAsk,
    now,
    publicUrl,
    randomBytes,
    samlKey: saml,
    takeOnce: storage.oneTime.consume,
    onKeysChanged(change) {
      app.log.info(change, 'an issuer publishes other keys than before')
      // Not by the road that drops every cache: nothing changed that anybody has cached.
      recordKeysChanged(storage, change).catch(onFailure)
    },
    onFetchFailed: (providerUid, error) =>
      app.log.warn({ providerUid, err: error }, 'keys of an issuer could not be fetched'),
  })
  const conditions = createConditions()
  const subjects = createTokenSubjects(storage, publicUrl, freshness)
  const { revokedTokens, oneTime, organisations } = storage
  const linkedPersons = createLinkedPersons(storage.persons, freshness)
  const accounts = createAccounts({ stores: storage, sessions: storage.sessions, now })
  const appDirectory = createAppDirectory(storage, sealing, freshness, publicUrl, ownApps(publicUrl))
  const personOf = createPersonOfToken({
    accounts,
    linkedPersons,
    findApp: appDirectory.findApp,
    findProvider: (organisation, id) => storage.providers.get(organisation, id),
    now,
  })
  const liveTokens = createLiveTokens({ signing, subjects, linkedPersons, revokedTokens, personOf, publicUrl, now })
  const dpop = { readSelfSigned, algorithms: selfSignedAlgorithms, oneTime }
  const callers = createCallers({
    ...dpop,
    operatorToken: secrets.operatorToken,
    liveTokens,
    organisations,
    freshness,
    publicUrl,
    now,
  })
  const issuer = createIssuer({ signing, publicUrl, newUid })
  const neighbours = (cutename: string) => trustsBeside(subjects, cutename)
  const consents = createConsents({ records: storage.opRecords, now })
  const library = openLibraryLate({
    publicUrl,
    records: storage.opRecords,
    sealing,
    oneTime,
    revokedTokens,
    now,
    accounts,
    ...appDirectory,
    privateKeys: signing.privateKeys,
    fetch: webFetch,
    pages: createLibraryPages({ organisations, accounts, findApp: appDirectory.findApp }),
    consents,
    onSessionEnded: (opSession) => storage.sessions.end({ opSession }),
    onError: onFailure,
  })
  const signOut = createSignOut({
    sessions: storage.sessions,
    library,
    write: changes.write,
    now,
    sleep,
    onUntold: (clientId, error) => app.log.warn({ clientId, err: error }, 'an app was not told that a session ended'),
    onError: onFailure,
  })
  const registry: Registry = {
    stores: storage,
    write: signOut.write,
    protocols,
    conditions,
    sealer: sealing,
    allowsPlainHttp: outbound.allowsPlainHttp,
    generation: changes.generation,
    now,
    newUid,
    randomBytes,
    publicUrl,
  }
  const refresher = createRefresher({
    registry,
    takeOnce: storage.oneTime.consume,
    onOutcome({ organisation, id: provider }, outcome, err) {
      if (outcome !== 'unchanged') app.log.info({ organisation, provider, outcome, err }, 'metadata were read again')
    },
  })
  const apps = createAppAuthentication({ library, findApp: appDirectory.findApp })
  const plane = { ...dpop, apps, protocols, conditions, linkedPersons, issuer, neighbours, publicUrl, subjects }
  const limit = createRefusalLimit({ perMinute: config.refusalsPerMinute, now })
  const metrics = createMetrics(Object.keys(decisionCodes))
  const onDecision = (attempt: Attempt, code: string) =>
    metrics.decision(attempt.plane, code === 'granted' ? 'granted' : 'refused', code)
  const used = createLastUse(storage.credentials, onFailure)

  const samlMetadata = async (provider: Provider, isSigned: boolean) => {
    const { nameIdFormat, wantAuthnRequestsSigned, wantAssertionsEncrypted } = shownSamlSettings(provider)
    const settings = {
      nameIdFormat: typeof nameIdFormat === 'string' ? nameIdFormat : null,
      authnRequestsSigned: wantAuthnRequestsSigned === true,
      wantAssertionsEncrypted: wantAssertionsEncrypted === true,
      certificates: await saml.certificates(),
    }
    return await writeOurMetadata(serviceProviderOf(publicUrl, provider), settings, isSigned ? saml : null)
  }

  await describeRoutes(app, publicUrl, { paths: planePaths, tags: [...faceTags, ...planeTags] })
  metrics.mount(app)
  mountHealth(app, storage.ping)
  await mountPlanes(app, {
    grants: [tokenExchangeGrant(plane), jwtBearerGrant(plane), clientCredentialsGrant({ ...plane, used })],
    libraryGrants: libraryGrants({ library, findApp: appDirectory.findApp }),
    readJson: parseStrictJson,
    algorithms: selfSignedAlgorithms,
    recorder,
    limit,
    subjects,
    liveTokens,
    refreshTokens: createRefreshTokens({ library, accounts, findApp: appDirectory.findApp, publicUrl }),
    revokedTokens,
    apps,
    callers,
    oneTime,
    signing,
    publicUrl,
    now,
    newUid,
    onDecision,
    onLimited: metrics.limited,
    onError,
  })
  const signIn: SignInOptions = {
    registry,
    stores: storage,
    protocols,
    conditions,
    logins: storage.logins,
    sessions: storage.sessions,
    signedIn: createSignedIn({ library, accounts }),
    revokeSessions: signOut.revokeSessions,
    consents,
    formTokens: createFormTokens(sealing.derive('form tokens')),
    sealing,
    library,
    accounts,
    findApp: appDirectory.findApp,
    recorder,
    oneTime,
    limit,
    samlMetadata,
    onKeyUnknown: (organisation, provider) => void refresher.soon(organisation, provider).catch(onFailure),
    publicUrl,
    now,
    newUid,
    randomBytes,
    onDecision,
    onError,
  }
  await app.register(openIdRoutes(library, afterLogout(signIn)))
  await app.register(
    userinfo({
      accounts,
      tokenOf: (presented) =>
        requireLiveToken({ ...dpop, liveTokens, publicUrl, now }, presented, requireToken(presented)),
    }),
  )
  await app.register(signInRoutes(signIn))
  await app.register(stepUpRoutes(signIn))
  mountConsole(app, {
    issuer: publicUrl,
    clientId: CONSOLE_APP,
    scope: CONSOLE_SCOPES.join(' '),
    defaultOrganization: DEFAULT_ORGANISATION,
    version: VERSION,
  })
  const faceDeps: FaceDeps = {
    registry,
    callers,
    // Page tokens are good on every process and after a restart, so their key comes from one that is.
    pageTokens: createPageTokens(createHmac('sha256', secrets.masterKey).update('page tokens').digest()),
    decisions: storage.decisions,
    auditRows: storage.auditRows,
    sessions: {
      list: createPersonSessions({ sessions: storage.sessions, stores: storage, now }),
      revoke: signOut.revokeSessions,
    },
    signingKeys: async () =>
      (await storage.signingKeys.list()).map(({ publicJwk, sealedPrivateKey: _, ...key }) => ({
        ...key,
        jwk: JSON.parse(publicJwk),
      })),
    rotateSigningKey: signing.rotate,
    importConfig: async ({ protocol, ...source }) => {
      const reader = protocols[protocol]?.importSettings
      if (reader === undefined) throw registryFault('provider.protocol_unsupported')
      return await reader(source)
    },
    txt: createTxtLookup({ servers: config.dns }),
    samlMetadata: (provider) => samlMetadata(provider, false),
    testCondition,
    beginTest: (provider) => {
      if (protocols[provider.protocol]?.signIn === undefined) throw registryFault('test.journey_unavailable')
      return testUrlOf({ publicUrl, sealing, now, newUid }, provider)
    },
    testToken: async ({ trust, evidence, address }) => {
      const subject = await subjects.trusts.get(trust.cutename)
      if (subject === null) throw registryFault('trust.unknown')
      return await testToken(
        { protocols, conditions, neighbours, recorder, now, newUid, peekClaims },
        { subject, evidence, address },
      )
    },
    onError,
  }
  await mountFaces(app, faceDeps)
  await mountOpenApi(
    app,
    faces.map((face) => face.name),
  )
  const housekeeping = startHousekeeping({
    ...storage,
    signing,
    refreshUpstreams: refresher.hourly,
    limit,
    now,
    onFailure,
    log: app.log,
  })

  const close = async () => {
    await app.close()
    housekeeping.stop()
    changes.stop()
    await signOut.drain()
    await recorder.drain()
    await outbound.close()
    await storage.close()
  }
  try {
    await app.listen({ host: config.listen.host, port: config.listen.port })
  } catch (error) {
    await close()
    throw listenFault(config.listen, error)
  }
  return { url: publicUrl, operatorToken: secrets.operatorTokenIsNew ? secrets.operatorToken : null, close }
}
