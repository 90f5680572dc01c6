/** The typed client as the console uses it: the token of this moment, and a stronger one where the server asks for it. */
import { createEntenteClient, type EntenteClient } from '../../src/client/index.ts'
import { createStepUpFetch, type StepUpFetchOptions, stepUpOf } from '../../src/resource-server/browser.ts'
import { type SessionStore, tokenOf } from './session.ts'

export interface ClientOptions {
  readonly origin: string
  readonly session: SessionStore
  /** Runs when the server asks for a stronger or fresher proof. */
  readonly challenge: StepUpFetchOptions['challenge']
  /** Runs when the token does not count any more. */
  readonly onOver: () => void
  readonly fetch?: typeof fetch
}

export function createConsoleClient({
  origin,
  session,
  challenge,
  onOver,
  fetch: send = fetch,
}: ClientOptions): EntenteClient {
  const withTokenOfNow: typeof fetch = (input, init) => {
    const request = new Request(input, init)
    const token = tokenOf(session.get())
    // A request that is sent again after a step-up still carries the token of before.
    if (token !== null && request.headers.has('authorization')) request.headers.set('authorization', `Bearer ${token}`)
    return send(request)
  }
  const steppingUp = createStepUpFetch({ challenge, fetch: withTokenOfNow })
  return createEntenteClient({
    baseUrl: origin,
    token: () => tokenOf(session.get()) ?? '',
    async fetch(request) {
      const answer = await steppingUp(request)
      if (answer.status === 401 && stepUpOf(answer) === null && session.get().kind !== 'nobody') onOver()
      return answer
    },
  })
}
