/** GitHub Actions among the other sources: issuer and runner as `startGithubSimulator` has them, under one control with the rest. */
import { GITHUB_ISSUER } from '../github.ts'
import { claimsOfRun, NOT_BEFORE_SECONDS, type WorkflowRun } from '../github-claims.ts'
import { type MintForRun, openRunner, parseRun } from '../github-runner.ts'
import { type OidcSource, startOidcSource } from './oidc-source.ts'
import type { Claims, SimulatedSource, SourceKind, SourceOptions } from './source.ts'

const source: OidcSource = {
  name: 'github',
  title: 'GitHub Actions',
  summary: 'ID tokens of workflow runs, and the runner’s endpoint where jobs ask for them',
  wellKnownProvider: 'GITHUB_ACTIONS',
  issuer: GITHUB_ISSUER,
  keysPath: '/.well-known/jwks',
  algorithm: 'RS256',
  lifetimeSeconds: 300,
  notBeforeSeconds: NOT_BEFORE_SECONDS,
  tokenVariable: 'ENTENTE_ID_TOKEN',
  claims: (wish) => claimsOfRun(runOf(wish)),
}

export interface GithubSourceOptions {
  /** Where jobs ask for their tokens; default a free one. */
  readonly runnerPort?: number
  /** The run that the environment belongs to. */
  readonly run?: WorkflowRun
}

export function createGithubSource(own: GithubSourceOptions = {}): SourceKind {
  const { name, title, summary } = source
  return { name, title, summary, start: (options) => startGithub(own, options) }
}

async function startGithub(own: GithubSourceOptions, options: SourceOptions): Promise<SimulatedSource> {
  const issuer = await startOidcSource(source, options)
  const mintForRun: MintForRun = (run, audience) => issuer.mint({ audience, claims: claimsOfRun(run) })
  const runner = await openRunner(mintForRun, own.runnerPort).catch(async (error: unknown) => {
    await issuer.stop()
    throw error
  })
  const { idTokenRequestUrl, requestToken } = runner.startRun(own.run)
  return {
    ...issuer,
    commands: { 'POST /runs': (body) => runner.startRun(parseRun(body)) },
    environment: { ACTIONS_ID_TOKEN_REQUEST_URL: idTokenRequestUrl, ACTIONS_ID_TOKEN_REQUEST_TOKEN: requestToken },
    async stop() {
      await Promise.all([issuer.stop(), runner.stop()])
    },
  }
}

/** The claims from which others follow, as the run that they are of. */
function runOf(wish: Claims): WorkflowRun {
  const { repository, ref, event_name: eventName, environment, actor } = wish
  const given = Object.entries({ repository, ref, eventName, environment, actor })
  return Object.fromEntries(given.filter(([, value]) => typeof value === 'string'))
}
