/**
 * GitHub Actions on this machine's loopback: the issuer `https://token.actions.githubusercontent.com` under a certificate
 * of its own authority, and the runner's endpoint where a job asks for its ID token.
 *
 * Source: GitHub documentation, "OpenID Connect".
 */
import { claimsOfRun, NOT_BEFORE_SECONDS, type WorkflowRun } from './github-claims.ts'
import { type JobEnvironment, openRunner, parseRun, type Runner } from './github-runner.ts'
import { type IssuerOptions, type IssuerSimulator, startIssuer } from './issuer.ts'

export const GITHUB_ISSUER = 'https://token.actions.githubusercontent.com'

export interface GithubOptions extends Pick<IssuerOptions, 'authority' | 'port' | 'controlPort' | 'now'> {
  /** Where jobs ask for their tokens; default a free one. */
  readonly runnerPort?: number
  /** The run that `idTokenRequestUrl` belongs to. */
  readonly run?: WorkflowRun
}

export interface GithubSimulator extends IssuerSimulator, JobEnvironment, Pick<Runner, 'startRun'> {}

export async function startGithubSimulator(options: GithubOptions = {}): Promise<GithubSimulator> {
  const now = options.now ?? (() => new Date())
  const runner = await openRunner((run, aud) => issuer.mint({ ...claimsOfRun(run), aud }), options.runnerPort)
  const issuer = await startIssuer({
    ...options,
    issuer: GITHUB_ISSUER,
    commands: { 'POST /runs': (body) => runner.startRun(parseRun(body)) },
  })
  const mint: IssuerSimulator['mint'] = (claims, mintOptions = {}) => {
    const issued = Math.floor((mintOptions.issuedAt ?? now()).getTime() / 1000)
    return issuer.mint({ nbf: issued - NOT_BEFORE_SECONDS, ...claimsOfRun(options.run), ...claims }, mintOptions)
  }
  return {
    ...issuer,
    ...runner.startRun(options.run),
    startRun: runner.startRun,
    mint,
    async stop() {
      await Promise.all([issuer.stop(), runner.stop()])
    },
  }
}
