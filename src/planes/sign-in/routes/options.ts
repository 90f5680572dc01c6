/** What the pages and returns of a sign-in work with. */
import type { IncomingMessage } from 'node:http'
import type { FastifyRequest } from 'fastify'
import type { Recorder } from '../../../decisions/recorder.ts'
import type { RefusalLimit } from '../../../http/refusal-limit.ts'
import type { App } from '../../../registry/app.ts'
import type { Provider } from '../../../registry/provider.ts'
import type { RegistryStores } from '../../../registry/stores.ts'
import type { Attempt } from '../../attempt.ts'
import type { OneTimeStore } from '../../one-time-store.ts'
import type { Accounts, Standing } from '../../openid-provider/accounts.ts'
import type { Consents } from '../../openid-provider/consents.ts'
import type { OpenIdLibrary } from '../../openid-provider/library.ts'
import type { ArriveOptions } from '../arrive.ts'
import type { FormTokens } from '../form-tokens.ts'
import type { SessionStore } from '../session-store.ts'
import type { RevokeSessions } from '../sign-out/revoke.ts'

export interface SignInOptions extends ArriveOptions {
  readonly stores: Pick<RegistryStores, 'providers' | 'apps'>
  /** Our metadata as XML, with our signature or without. */
  readonly samlMetadata: (provider: Provider, isSigned: boolean) => Promise<string>
  /** A SAML answer was signed by a key that the provider is not known by. */
  readonly onKeyUnknown: (organisation: string, provider: string) => void
  readonly library: OpenIdLibrary
  readonly accounts: Accounts
  readonly findApp: (clientId: string) => Promise<App | null>
  readonly sessions: SessionStore
  /** Whose browser it is, everything alive; null where nobody is signed in. */
  readonly signedIn: (request: IncomingMessage) => Promise<Standing | null>
  readonly revokeSessions: RevokeSessions
  readonly consents: Consents
  readonly formTokens: FormTokens
  readonly recorder: Recorder
  readonly oneTime: OneTimeStore
  readonly limit: RefusalLimit
  readonly newUid: () => string
  readonly onDecision: (attempt: Attempt, code: string) => void
  readonly onError: (error: unknown, request: FastifyRequest) => void
}
