/** Five tokens that get nothing, each wrong in one way, and the rung each of them falls off. */
import type { GithubSimulator } from '../../../simulators/github.ts'
import type { Api } from './api.ts'
import { requestIdToken } from './exchange.ts'
import type { Registration } from './registration.ts'

export interface Refusal {
  readonly title: string
  readonly story: string
  readonly code: string
  /** The last one changes the registry; it has to stay last. */
  readonly token: (scene: Scene) => Promise<string>
}

export interface Scene {
  readonly github: GithubSimulator
  readonly registration: Registration
  readonly operator: Api
  readonly now: () => Date
}

const AN_HOUR_MS = 3_600_000

export const REFUSALS: readonly Refusal[] = [
  {
    title: 'wrong repository',
    story: 'the same workflow, run in a fork',
    code: 'condition.false',
    token: ({ github, registration }) => {
      const job = github.startRun({ repository: 'mallory/payments', actor: 'mallory' })
      return requestIdToken(job.idTokenRequestUrl, job.requestToken, registration.audience)
    },
  },
  {
    title: 'wrong audience',
    story: 'a token that the job got for somebody else',
    code: 'audience.mismatch',
    token: ({ github }) => requestIdToken(github.idTokenRequestUrl, github.requestToken, 'vault.example.com'),
  },
  {
    title: 'expired',
    story: 'a good token, found in a log an hour later',
    code: 'token.expired',
    token: ({ github, registration, now }) =>
      github.mint({ aud: registration.audience }, { issuedAt: new Date(now().getTime() - AN_HOUR_MS) }),
  },
  {
    title: 'forged signature',
    story: "the right claims, signed with a key that is not GitHub's",
    code: 'signature.invalid',
    token: ({ github, registration }) => github.mint({ aud: registration.audience }, { key: 'foreign' }),
  },
  {
    title: 'disabled provider',
    story: 'a good token, after an operator has switched GitHub off',
    code: 'provider.disabled',
    token: async ({ github, registration, operator }) => {
      const answer = await operator.call('PATCH', `/api/v1/workload_federation/providers/${registration.providerId}`, {
        provider: { disabled: true },
        updateMask: 'disabled',
      })
      if (answer.status !== 200) throw new Error(`disabling the provider answered ${answer.status}`)
      return requestIdToken(github.idTokenRequestUrl, github.requestToken, registration.audience)
    },
  },
]
