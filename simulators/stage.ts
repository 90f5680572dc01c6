/** Several simulated sources and logins side by side, under one authority, told what to do at one control endpoint. */
import { type CertificateAuthority, createAuthority } from './certificates.ts'
import { type Commands, type Control, openControl } from './control.ts'
import { commandsOfLogin, loginShown } from './people/login-commands.ts'
import type { LoginKind, SimulatedLogin } from './people/simulated-login.ts'
import type { SimulatedSource, SourceKind, TokenWish } from './workloads/source.ts'
import { isTokenFault, TOKEN_FAULTS } from './workloads/token-faults.ts'

export interface StageOptions {
  /** Default: one of its own. */
  readonly authority?: CertificateAuthority
  readonly controlPort?: number
  /** By name of the source: the port it listens on; default a free one. */
  readonly ports?: Readonly<Record<string, number>>
  /** By name of the source: the issuer it plays; default its usual one. */
  readonly issuers?: Readonly<Record<string, string>>
  readonly now?: () => Date
  /** Logins of people beside the sources; default none. */
  readonly logins?: readonly LoginKind[]
}

export interface Stage {
  readonly sources: readonly SimulatedSource[]
  readonly logins: readonly SimulatedLogin[]
  readonly caPem: string
  /** What `ENTENTE_UPSTREAM_CONNECT_TO` takes: all of them. */
  readonly connectTo: string
  readonly control: Control
  /** Throws for one that was not started. */
  source(name: string): SimulatedSource
  /** Likewise. */
  login(name: string): SimulatedLogin
  stop(): Promise<void>
}

/** Starts all of them; when one cannot start, none is left running. */
export async function openStage(kinds: readonly SourceKind[], options: StageOptions = {}): Promise<Stage> {
  const authority = options.authority ?? (await createAuthority())
  const now = options.now ?? (() => new Date())
  const [startedSources, startedLogins] = await Promise.all([
    Promise.allSettled(kinds.map((kind) => kind.start(optionsOf(kind)))),
    Promise.allSettled((options.logins ?? []).map((kind) => kind.start(optionsOf(kind)))),
  ])
  const sources = startedSources.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []))
  const logins = startedLogins.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []))
  const failed = [...startedSources, ...startedLogins].find((one) => one.status === 'rejected')
  const stop = async () => void (await Promise.all([...sources, ...logins].map((one) => one.stop())))
  if (failed !== undefined) {
    await stop()
    throw failed.reason
  }
  const control = await openControl(commandsOf(sources, logins), options.controlPort).catch(async (error: unknown) => {
    await stop()
    throw error
  })

  function optionsOf({ name }: { readonly name: string }) {
    const port = options.ports?.[name]
    const issuer = options.issuers?.[name]
    return { authority, now, ...(port === undefined ? {} : { port }), ...(issuer === undefined ? {} : { issuer }) }
  }

  return {
    sources,
    logins,
    caPem: authority.caPem,
    connectTo: [...sources, ...logins].map(({ connectTo }) => connectTo).join(','),
    control,
    source: (name) => named(sources, name),
    login: (name) => named(logins, name),
    async stop() {
      await Promise.all([stop(), control.stop()])
    },
  }
}

function named<T extends { readonly name: string }>(all: readonly T[], name: string): T {
  const found = all.find((one) => one.name === name)
  if (found === undefined) throw new Error(`${name} was not started`)
  return found
}

function commandsOf(sources: readonly SimulatedSource[], logins: readonly SimulatedLogin[]): Commands {
  const overview = () => ({
    sources: sources.map(({ name, title, registration, faults }) => ({ name, title, registration, faults })),
    tokenFaults: TOKEN_FAULTS,
    logins: logins.map(loginShown),
  })
  return Object.assign({ 'GET /': overview }, ...sources.map(commandsOfOne), ...logins.map(commandsOfLogin))
}

function commandsOfOne(source: SimulatedSource): Commands {
  const { name } = source
  const own = Object.entries(source.commands).map(([command, run]) => [command.replace(' /', ` /${name}/`), run])
  return {
    // The token alone, so that a shell can take it as it is.
    [`POST /${name}/token`]: (body) => source.mint(parseWish(body)),
    [`POST /${name}/rotate`]: async ({ keepOld, sameKid }) => ({
      kid: await source.rotate({ keepOld: keepOld !== false, sameKid: sameKid === true }),
    }),
    [`PUT /${name}/fault`]: async ({ fault }) => {
      await source.fail(String(fault))
    },
    [`DELETE /${name}/fault`]: () => source.mend(),
    [`GET /${name}/fetches`]: () => source.fetches(),
    ...Object.fromEntries(own),
  }
}

const WISHES = ['audience', 'claims', 'header', 'fault']

function parseWish(body: Readonly<Record<string, unknown>>): TokenWish {
  const { audience, claims, header, fault } = body
  for (const name of Object.keys(body)) {
    if (!WISHES.includes(name)) throw new Error(`${name}: a token takes ${WISHES.join(', ')}`)
  }
  if (audience !== undefined && typeof audience !== 'string') throw new Error('audience: not a text')
  if (fault !== undefined && (typeof fault !== 'string' || !isTokenFault(fault))) {
    throw new Error(`fault: one of ${Object.keys(TOKEN_FAULTS).join(', ')}`)
  }
  return {
    ...(audience === undefined ? {} : { audience }),
    ...(claims === undefined ? {} : { claims: membersOf('claims', claims) }),
    ...(header === undefined ? {} : { header: membersOf('header', header) }),
    ...(fault === undefined ? {} : { fault }),
  }
}

function membersOf(name: string, value: unknown): Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new Error(`${name}: not an object`)
  return { ...value }
}
