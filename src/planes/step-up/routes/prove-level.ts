/**
 * An app asks for more than the session of its person proves: a step-up by the organisation's table. At a step-up provider
 * where one reaches the level, else by signing in again with the words for it.
 *
 * Source: RFC 9470 §5; CONTRACT.md sections 3 and 7.
 */
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Interaction } from 'oidc-provider'
import { clientAddress } from '../../../http/client-address.ts'
import type { App } from '../../../registry/app.ts'
import { sufficient } from '../../../registry/levels.ts'
import { findStepUpProvider } from '../../../registry/step-up-choice.ts'
import { createLevelTransaction } from '../../../registry/step-up-transactions.ts'
import { createAttempt } from '../../attempt.ts'
import { refusedExchange } from '../../oauth-error.ts'
import type { Standing } from '../../openid-provider/accounts.ts'
import { askedAge, askedLevel, LEVEL_UNMET, preferredLevels } from '../../openid-provider/asked-level.ts'
import type { SignInOptions } from '../../sign-in/routes/options.ts'
import { sendOff } from '../../sign-in/routes/send-off.ts'
import { browserOf } from '../browser.ts'
import { demandsOf, fingerprintOf, levelDemands } from '../challenge.ts'
import { sendBackUnmet } from './unmet.ts'

/** Reasons that a stronger, fresh proof answers; any other asks who the person is. */
const ANSWERED: readonly string[] = [LEVEL_UNMET, 'max_age']

export function isOnlyLevel({ prompt: { name, reasons } }: Interaction): boolean {
  return name === 'login' && reasons.includes(LEVEL_UNMET) && reasons.every((reason) => ANSWERED.includes(reason))
}

interface Proving {
  readonly interaction: Interaction
  readonly app: App
  readonly standing: Standing
}

export async function proveLevel(
  at: SignInOptions,
  request: FastifyRequest,
  reply: FastifyReply,
  { interaction, app, standing }: Proving,
): Promise<FastifyReply> {
  const { person, organisation, session, provider: own } = standing
  const { params, uid } = interaction
  const asked = askedLevel(params)
  const preferred = preferredLevels(params)
  const maxAge = askedAge(params)
  const attempt = createAttempt({
    id: at.newUid(),
    at: at.now(),
    address: clientAddress(request),
    plane: 'step-up',
    mode: 'strict',
    refusal: refusedExchange,
  })
  attempt.organisation = organisation.id
  const unmet = () => sendBackUnmet(at, { request, reply, attempt }, uid, { asked, reached: session.acr })
  if (asked === null || asked === 'unknown') return await unmet()
  const provider = await findStepUpProvider(at.registry, organisation, person, asked)
  if (provider === null) {
    if (sufficient(organisation, own, asked).length === 0) return await unmet()
    const demands = {
      ...levelDemands(organisation, own, asked, preferred),
      prompt: 'login',
      ...(maxAge === null ? {} : { maxAge }),
    }
    const identifier = person.email
    return await sendOff(at, request, reply, { provider: own, purpose: 'sign-in', reference: uid, identifier, demands })
  }
  const transaction = await createLevelTransaction(at.registry, provider, {
    person: person.uid,
    reason: `asked for by ${app.displayName ?? app.id}`,
    level: asked,
    maxAgeSeconds: maxAge,
  })
  const demands = demandsOf(organisation, provider, transaction, preferred)
  if (demands === null) return await unmet()
  const left = Math.ceil((transaction.expiresAt.getTime() - at.now().getTime()) / 1000)
  const browser = browserOf(at, transaction.uid, request.headers.cookie, left)
  await at.registry.stores.stepUpTransactions.bind(transaction.uid, browser.hash, at.now())
  if (browser.cookie !== null) reply.header('set-cookie', browser.cookie)
  return await sendOff(at, request, reply, {
    provider,
    purpose: 'step-up',
    reference: transaction.uid,
    identifier: person.email,
    demands,
    remembered: { provider: fingerprintOf(provider), interaction: uid },
  })
}
