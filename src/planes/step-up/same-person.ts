/**
 * The rung `person`: whoever proved themselves is the person of the transaction, because one of the person's links says so
 * at an issuer that is the answer's. Names and addresses decide nothing.
 *
 * Source: CONTRACT.md section 7, "Step-up, same person".
 */
import { isMicrosoftHost } from '../../registry/known/identity/index.ts'
import type { Person } from '../../registry/person.ts'
import type { SignedIn } from '../../registry/protocol.ts'
import type { Provider } from '../../registry/provider.ts'
import type { RegistryStores } from '../../registry/stores.ts'
import { type Attempt, refuse } from '../attempt.ts'

/** `person` is null where the transaction is a test. */
export async function requireSamePerson(
  { providers }: Pick<RegistryStores, 'providers'>,
  attempt: Attempt,
  person: Person | null,
  provider: Provider,
  { subject }: SignedIn,
): Promise<void> {
  if (person === null) {
    attempt.ladder.skip('person', 'a test is nobody’s')
    return
  }
  if (!person.enabled) refuse(attempt, 'person', 'person.disabled')
  for (const link of person.links) {
    if (subject === null || link.subject !== subject) continue
    const linked = await providers.getByUid(link.provider)
    if (linked === null || linked.organisation !== provider.organisation || !isSameIssuer(linked, provider)) continue
    attempt.ladder.check('person', true, 'step_up.person_unknown', undefined, `${person.uid} by ${linked.id}`)
    return
  }
  const actual = subject === null ? 'nobody that lasts' : 'an account that is not linked to the person'
  refuse(attempt, 'person', 'step_up.person_unknown', { expected: person.id, actual })
}

/** Byte for byte; people of Entra have one name, tenant and object, at whichever of its issuers. */
function isSameIssuer(linked: Provider, provider: Provider): boolean {
  if (linked.uid === provider.uid) return true
  if (isMicrosoft(linked) && isMicrosoft(provider)) return true
  return linked.expectedIssuer !== null && linked.expectedIssuer === provider.expectedIssuer
}

function isMicrosoft({ expectedIssuer, known, settings }: Provider): boolean {
  if (settings.microsoft !== undefined || known === 'ENTRA_ID') return true
  const plain = (expectedIssuer ?? '').replace('{tenantid}', 'tenant')
  return URL.canParse(plain) && isMicrosoftHost(new URL(plain).hostname)
}
